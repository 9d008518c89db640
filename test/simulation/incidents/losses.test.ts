import './quiet.js';
import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { runRepository } from '../../../shared/storage/runs-repository.js';
import { env } from '../house/functions.js';
import { firstAt, firstDay, once, play, secondDay, sending, strike } from './scene.js';

describe('readers whom others forgot', () => {
  it('knadh/listmonk#2168: a run that was stopped while it was planned is not over before all are in it', async () => {
    const { copies, findings } = await play({ fate: strike(/plan-digests .* Put runs .*#0000/, 'crash-after') });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('knadh/listmonk#2278: a machine that restarts in the middle skips nobody', async () => {
    const { copies, findings } = await play({
      fate: strike(/send-digest .* Update subscribers/, 'crash-before', [2, 5]),
    });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('knadh/listmonk#2591: what is counted as sent is what was sent', async () => {
    const { world, findings } = await play({ fate: strike(sending, 'refused', [2, 3, 4, 5, 6]) });
    const { sent, open, candidates } = await runRepository(world.dynamo.client(), env.RUNS_TABLE).balance(firstDay);
    expect([sent, open, candidates]).toEqual([5, 0, 5]);
    expect(world.ledger.mails.filter(({ edition }) => edition === firstDay)).toHaveLength(5);
    expect(findings).toEqual([]);
  });

  it('TryGhost/Ghost#30230: batches that were not built yet are built by the next tick', async () => {
    const { copies, findings } = await play({ fate: strike(/plan-digests .* Query subscribers/, 'crash-before', [3]) });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('TryGhost/Ghost#29987: a batch that was written and not yet asked for is asked for', async () => {
    const { copies, findings } = await play({
      fate: strike(/plan-digests .* SendMessageBatch/, 'crash-before', [1, 2]),
    });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('knadh/listmonk#992: a mail that was throttled is not marked as sent', async () => {
    const { mails, outcomes, findings } = await play({ fate: strike(sending, 'refused', [1, 2, 3, 4]) });
    const [first] = mails(0);
    expect(first?.at).toBeGreaterThan(firstAt);
    expect(outcomes(0)).toEqual(['sent', 'sent']);
    expect(findings).toEqual([]);
  });

  it('knadh/listmonk#2273: throttling costs time, and nobody their mail', async () => {
    const odd = Array.from({ length: 40 }, (_, index) => 2 * index + 1);
    const { copies, findings } = await play({ fate: strike(sending, 'refused', odd) });
    expect(copies(firstDay)).toEqual(once);
    expect(copies(secondDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('jdavidbakr/mail-tracker#139: nothing is recorded as sent while the quota is used up', async () => {
    const quotaOut = { from: firstAt - hourMs, to: firstAt + 40 * hourMs };
    const { copies, outcomes } = await play({ profile: { quotaOut } });
    expect(copies(firstDay)).toEqual([0, 0, 0, 0, 0]);
    for (const number of [0, 1, 2, 3, 4]) expect(outcomes(number)[0]).toBe('expired');
  });

  it('knadh/listmonk#1801: what is long past its time is not sent when the machine is back', async () => {
    const down = (_: string, call: string) => {
      const isDown = /^plan-digests (after 2026-08-06|08-06|08-07T0[0-2])/.test(call);
      return isDown ? ('crash-before' as const) : undefined;
    };
    const { copies } = await play({ fate: down });
    expect(copies(firstDay)).toEqual([0, 0, 0, 0, 0]);
    expect(copies(secondDay)).toEqual(once);
  });

  it('knadh/listmonk#266: who lost the confirmation mail can ask for another one the next day', async () => {
    const steps = [0, 25].map((hours) => ({ at: firstAt - hourMs / 2 + hours * hourMs, do: 'subscribe' as const }));
    // The link of the first mail is not followed in time: its page does not answer.
    const fate = strike(/serve-pages confirm by 4 #1/, 'crash-before', [1, 2, 3, 4]);
    const { mails, status } = await play({ strangers: [4], steps: { 4: steps }, fate });
    expect(mails(4, ({ kind }) => kind === 'confirmation')).toHaveLength(2);
    expect(status(4)).toBe('active');
  });
});
