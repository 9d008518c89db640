import { describe, expect, it } from '@jest/globals';
import { tallyOutcomes } from '../../../lambdas/send-digest/tally-outcomes.js';
import type { Outcome } from '../../../shared/domain/subscriber/outcome.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aClaim, aSubscriber, day } from '../../support/builders.js';

const subscriber = aSubscriber();
const edition = day('2026-08-07');

function aJob(answer: 'recorded' | 'not-open' = 'recorded') {
  const told: Record<string, number> = {};
  const subscribers: Pick<SubscriberRepository, 'record' | 'close'> = {
    record: async () => answer,
    close: async () => 'recorded',
  };
  const deps = { subscribers };
  const run = (outcomes: readonly Outcome[], end: () => number = () => 0) =>
    tallyOutcomes(
      deps,
      async ({ subscribers }) => {
        for (const outcome of outcomes) {
          await subscribers.record(subscriber, outcome, aClaim());
        }
        await subscribers.close(subscriber, edition, 'expired', 'batch');
        return { open: end() };
      },
      (name, digests) => {
        told[name] = digests;
      },
    );
  return { run, told };
}

describe('the tally of one job', () => {
  it('tells how its digests ended, and how many it leaves open', async () => {
    const { run, told } = aJob();
    expect(await run(['sent', 'quiet-noted', 'sent', 'failed', 'uncertain'], () => 7)).toEqual({ open: 7 });
    expect(told).toEqual({
      digestsSent: 2,
      digestsQuietNoted: 1,
      digestsFailed: 1,
      digestsExpired: 1,
      digestsUncertain: 1,
      digestsOpen: 7,
    });
  });

  it('counts no outcome that another job had recorded before', async () => {
    const { run, told } = aJob('not-open');
    await run(['sent', 'failed']);
    expect(told).toMatchObject({ digestsSent: 0, digestsFailed: 0 });
  });

  it('tells what was recorded even when the job throws', async () => {
    const { run, told } = aJob();
    const dying = () => {
      throw new Error('the table refuses');
    };
    await expect(run(['sent'], dying)).rejects.toThrow('the table refuses');
    expect(told).toEqual({
      digestsSent: 1,
      digestsQuietNoted: 0,
      digestsFailed: 0,
      digestsExpired: 1,
      digestsUncertain: 0,
    });
  });
});
