import './quiet.js';
import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { planDigestsFunction } from '../house/functions.js';
import { firstAt, firstDay, once, play, secondDay, sending, strike } from './scene.js';

describe('copies that others sent', () => {
  it('knadh/listmonk#2070: going on after a stop mails nobody again', async () => {
    const { copies, findings } = await play({ fate: strike(sending, 'crash-after', [2]) });
    expect(copies(firstDay)).toEqual(once);
    expect(copies(secondDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('knadh/listmonk#2313: an error in the middle does not start the list from its beginning', async () => {
    const quotaOut = { from: firstAt + 60_000, to: firstAt + 3 * hourMs };
    const { copies, findings } = await play({ profile: { quotaOut } });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('TryGhost/Ghost#18940: jobs that are delivered twice mail each reader once', async () => {
    const { copies, findings } = await play({ profile: { duplicated: 1 } });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('mautic/mautic#3669: schedules that start in the same second do not double the mails', async () => {
    const { copies, findings } = await play({
      happen: (world) => {
        for (const name of ['one', 'other']) {
          const tick = () => void world.invoke(planDigestsFunction, `plan-digests ${name}`, '');
          world.scheduler.at(firstAt + 13 * 60_000, tick);
        }
      },
    });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('mautic/mautic#2215: a second process that starts while the first still sends takes nothing twice', async () => {
    const latencyMs = (call: string) => (sending.test(call) ? 20_000 : undefined);
    const { copies, findings } = await play({ profile: { duplicated: 1 }, latencyMs });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('mautic/mautic#9880: what was queued twice is sent once', async () => {
    const { copies, findings } = await play({
      fate: strike(/plan-digests .* SendMessageBatch/, 'lost-after', [1, 2, 3]),
    });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });

  it('discourse/discourse#31202: a reply that was not read is no reason to send again', async () => {
    const { copies, outcomes, findings } = await play({ fate: strike(sending, 'lost-after', [1, 3]) });
    expect(copies(firstDay)).toEqual(once);
    expect(outcomes(0)).toEqual(['sent', 'sent']);
    expect(findings).toEqual([]);
  });

  it('forem/forem#10940: the next days bring nothing that was in an earlier digest', async () => {
    const { mails } = await play({});
    for (const number of [0, 1, 2, 3, 4]) {
      const papers = mails(number).flatMap((mail) => mail.papers);
      expect(papers.length).toBeGreaterThan(9);
      expect(new Set(papers).size).toBe(papers.length);
    }
  });

  it('knadh/listmonk#3229: who types one address many times fills no mailbox', async () => {
    const steps = [0, 1, 2, 3].map((minute) => ({ at: firstAt + minute * 60_000, do: 'subscribe' as const }));
    const { mails } = await play({ strangers: [4], steps: { 4: steps } });
    expect(mails(4, ({ kind }) => kind === 'confirmation')).toHaveLength(1);
  });

  it('mautic/mautic#13070: a message that comes again after its work was done changes nothing', async () => {
    const fate = strike(/send-digest .* Update runs run#2026-08-06 batch/, 'crash-after', [1, 2]);
    const { copies, findings } = await play({ fate });
    expect(copies(firstDay)).toEqual(once);
    expect(findings).toEqual([]);
  });
});
