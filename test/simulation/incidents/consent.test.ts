import './quiet.js';
import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { firstAt, firstDay, outAt, play, secondDay, sending, strike } from './scene.js';

const leave = (at: number) => [{ at, do: 'unsubscribe' as const, how: 'one-click' }];
const isAny = () => true;

describe('mail that others sent to those who had left', () => {
  it('stopstalk/stopstalk-deployment#177: a mail that waits in the queue is not sent to who leaves meanwhile', async () => {
    const quotaOut = { from: firstAt, to: firstAt + 4 * hourMs };
    const { copies, findings } = await play({ profile: { quotaOut }, steps: { 2: leave(firstAt + 2 * hourMs) } });
    expect(copies(firstDay)).toEqual([1, 1, 0, 1, 1]);
    expect(findings).toEqual([]);
  });

  it('AI-Shipping-Labs/website#1421: who leaves after the fan-out and before their turn is not mailed', async () => {
    // One batch has read its readers, and waits so long for SES's quota that everybody can leave before their turn.
    const latencyMs = (call: string) => (/send-digest .*#0000#.* GetSendQuota/.test(call) ? 120_000 : undefined);
    const steps = Object.fromEntries([0, 1, 2, 3, 4].map((number) => [number, leave(outAt + 60_000)]));
    const { world, copies, findings } = await play({ latencyMs, steps });
    const left = world.ledger.acknowledgements.filter(({ action }) => action === 'unsubscribe');
    expect(left.every(({ endedAt }) => endedAt !== undefined)).toBe(true);
    expect(copies(firstDay).reduce((sum, count) => sum + count)).toBeLessThan(5);
    expect(copies(secondDay)).toEqual([0, 0, 0, 0, 0]);
    expect(findings).toEqual([]);
  });

  it('weMail/wemail#228: who leaves before the welcome is not welcomed', async () => {
    // The welcome's first delivery dies; by the second the reader has left.
    const fate = strike(/send-notice notices welcome/, 'crash-before');
    const steps = [{ at: firstAt - 58 * 60_000, do: 'subscribe' as const }, ...leave(firstAt - 47.5 * 60_000)];
    const { mails, status } = await play({ strangers: [3], steps: { 3: steps }, fate });
    expect(mails(3, isAny).map(({ kind }) => kind)).toEqual(['confirmation']);
    expect(status(3)).toBe('unsubscribed');
  });

  it('weMail/wemail#235: who leaves after one edition gets none of the next', async () => {
    const { copies, findings } = await play({ steps: { 1: leave(firstAt + 5 * hourMs) } });
    expect([copies(firstDay)[1], copies(secondDay)[1]]).toEqual([1, 0]);
    expect(findings).toEqual([]);
  });

  it('mozmeao/basket#1190: events that come late bring nobody back who has left', async () => {
    const stalled = { from: firstAt, to: firstAt + 10 * hourMs };
    const { copies, status, findings } = await play({
      profile: { stalled },
      steps: { 1: leave(firstAt + 2 * hourMs) },
    });
    expect([copies(firstDay)[1], copies(secondDay)[1], status(1)]).toEqual([1, 0, 'unsubscribed']);
    expect(findings).toEqual([]);
  });

  it('buttondown/roadmap#2236: an open claim of somebody who left is not tried again', async () => {
    // Three are on their way together; every one of them is offered in vain until the batch gives up.
    const fate = strike(
      sending,
      'refused',
      Array.from({ length: 20 }, (_, at) => at + 1),
    );
    const { mails, outcomes } = await play({
      fate,
      steps: Object.fromEntries([0, 1, 2, 3, 4].map((number) => [number, leave(outAt + 60_000)])),
    });
    const isLeft = [0, 1, 2, 3, 4].filter((number) => outcomes(number)[0] === 'suppressed');
    expect(isLeft).toEqual([0, 1, 2, 3, 4]);
    for (const number of isLeft) expect(mails(number)).toEqual([]);
  });

  it('silent-suite/silentsuite#74: whose address bounced gets one confirmation, and more only once it was opened', async () => {
    const steps = [{ at: firstAt + 3 * hourMs, do: 'subscribe' as const }];
    const { mails, status } = await play({ addresses: { 2: 'bounces2@example.org' }, steps: { 2: steps } });
    expect(mails(2, isAny).map(({ edition, kind }) => edition ?? kind)).toEqual([
      firstDay,
      'confirmation',
      'welcome',
      secondDay,
    ]);
    expect(status(2)).toBe('suppressed');
  });

  it('sendgrid/docs#2176: what was planned before somebody paused is not sent in the pause', async () => {
    const outage = { from: firstAt, to: firstAt + hourMs, kind: 'unreachable' as const, isQuotaAnswered: true };
    const pause = [{ at: firstAt + hourMs / 2, do: 'pause' as const, how: 'open-end' }];
    const { copies, status } = await play({ profile: { outage }, steps: { 0: pause } });
    expect([copies(firstDay)[0], copies(secondDay)[0], status(0)]).toEqual([0, 0, 'paused']);
  });
});
