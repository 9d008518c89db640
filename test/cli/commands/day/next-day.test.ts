import { describe, expect, it } from '@jest/globals';
import { runTick } from '../../../../cli/commands/day/next-day.js';
import type { PaperboyHouse } from '../../../../cli/house/paperboy-house.js';
import { virtualClock } from '../../../../cli/local/clock.js';
import { instant } from '../../../support/builders.js';

/** What is said of a day without an edition, at an hour at which the sources have answered. */
async function whyNoDigest(at: string): Promise<string | undefined> {
  const paperboy = {
    house: { mails: () => [], failures: () => [], fire: async () => undefined, settle: async () => undefined },
    hindsights: { newest: async () => [] },
    editions: { isPublished: async () => false },
    papers: { health: async () => [{ status: 'fresh' }] },
  } as unknown as PaperboyHouse;
  return (await runTick({ paperboy, clock: virtualClock(instant(at)) })).whyNoDigest;
}

/** What is said of a day whose run has one digest that waits. */
async function whyItWaits(sending: object): Promise<string | undefined> {
  const open = { candidates: 1, open: 1, sent: 0, unmatched: 0, 'quiet-noted': 0 };
  const paperboy = {
    house: { mails: () => [], failures: () => [], fire: async () => undefined, settle: async () => undefined },
    hindsights: { newest: async () => [] },
    editions: { isPublished: async () => true },
    runs: { balance: async () => open },
    traffic: { sending: async () => sending },
  } as unknown as PaperboyHouse;
  return (await runTick({ paperboy, clock: virtualClock(instant('2026-08-07T09:00')) })).whyNoDigest;
}

describe('a day without a digest', () => {
  it('says before the publish hour when the edition comes, and after it what kept it away', async () => {
    expect(await whyNoDigest('2026-08-07T00:30')).toBe('the edition of 2026-08-07 comes out at 5:00 UTC');
    expect(await whyNoDigest('2026-08-07T05:00')).toContain('no paper was listed in the last seven days');
  });
  it('says of a digest that waits what it waits for', async () => {
    const waits = 'the digest of 2026-08-07 is not sent yet; ';
    expect(await whyItWaits({})).toBe(`${waits}a tick looks again within 15 minutes`);
    expect(await whyItWaits({ haltedAt: 1, haltedBy: 'admin' })).toBe(`${waits}it waits for \`resume sending\``);
  });
});
