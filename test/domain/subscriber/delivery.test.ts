import { describe, expect, it } from '@jest/globals';
import { hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import { balanceBatch, nextStep } from '../../../shared/domain/subscriber/delivery.js';
import { minuteOf } from '../../../shared/domain/subscriber/reputation/mail-traffic.js';
import { aClaim, aState, aSubscriber, day, instant, subscriberId } from '../../support/builders.js';

const edition = day('2026-08-07');
const dueAt = instant('2026-08-07T05:00');
const claim = aClaim();
const moment = { edition, dueAt, now: dueAt + 15 * minuteMs };
const inDoubt = { ...moment, now: claim.at + 30 * minuteMs };
/** Five mails of that instant were accepted, and their events came. */
const seenAt = (at: Instant) => ({ traffic: [{ minute: minuteOf(at), accepted: 5, seen: 5 }] });
const younger = seenAt(claim.at + 10 * minuteMs);
const expired = { ...moment, now: dueAt + 20 * hourMs };
const step = (state: Parameters<typeof aState>[0], when: Parameters<typeof nextStep>[1] = moment) =>
  nextStep(aSubscriber({ state: aState(state) }), when);

describe('the next step of a digest', () => {
  it('is to send it to an active subscriber whom no one has claimed', () => {
    expect(step({})).toEqual({ do: 'send' });
    expect(step({ edition: day('2026-08-06') })).toEqual({ do: 'send' });
  });

  it('is nothing for one who left, who has the outcome, or whom a newer edition reached', () => {
    expect(step({ status: 'unsubscribed' })).toEqual({ do: 'nothing' });
    expect(step({ edition, outcomes: [{ edition, outcome: 'sent', batch: 'b' }] })).toEqual({ do: 'nothing' });
    expect(step({ edition: day('2026-08-08') })).toEqual({ do: 'nothing' });
  });

  it('is to end a pause whose time has come, before anything else is decided', () => {
    const paused = { status: 'paused', pausedUntil: moment.now } as const;
    expect(step(paused)).toEqual({ do: 'end-pause', pausedUntil: moment.now });
    expect(step(paused, expired)).toEqual({ do: 'end-pause', pausedUntil: moment.now });
    expect(step({ ...paused, pausedUntil: moment.now + 1 })).toEqual({ do: 'nothing' });
    expect(step({ status: 'paused' })).toEqual({ do: 'nothing' });
    expect(step({ ...paused, edition })).toEqual({ do: 'nothing' });
    expect(step({ ...paused, status: 'unsubscribed' })).toEqual({ do: 'nothing' });
  });

  it('is to let it expire 20 hours after its due time', () => {
    expect(step({}, expired)).toEqual({ do: 'expire' });
    expect(step({}, { ...expired, now: expired.now - 1 })).toEqual({ do: 'send' });
  });

  it('is to wait while a claim may still be settled by its event', () => {
    expect(step({ edition, claim }, { ...inDoubt, now: inDoubt.now - 1 })).toEqual({ do: 'nothing' });
  });

  it('is to repeat a claim in doubt once, when events of mails accepted after it came through', () => {
    expect(step({ edition, claim }, { ...inDoubt, ...younger })).toEqual({ do: 'send-again', claim });
    const second = { ...claim, attempt: 2 };
    expect(step({ edition, claim: second }, { ...inDoubt, ...younger })).toEqual({
      do: 'record',
      claim: second,
      outcome: 'uncertain',
    });
  });

  it('is to keep a claim in doubt open while nothing is known of later mails, however long', () => {
    const nothing = { do: 'nothing' };
    const late = { ...moment, now: expired.now - 1 };
    for (const when of [inDoubt, late]) {
      for (const attempt of [1, 2]) {
        expect(step({ edition, claim: { ...claim, attempt } }, when)).toEqual(nothing);
        expect(step({ edition, claim, status: 'suppressed' }, when)).toEqual(nothing);
      }
    }
    expect(step({ edition, claim }, { ...late, ...seenAt(claim.at - minuteMs) })).toEqual(nothing);
  });

  it('is to call a claim in doubt suppressed when its owner left, given evidence', () => {
    const left = step({ edition, claim, status: 'suppressed' }, { ...inDoubt, ...younger });
    expect(left).toEqual({ do: 'record', claim, outcome: 'suppressed' });
    const second = { ...claim, attempt: 2 };
    expect(step({ edition, claim: second, status: 'suppressed' }, { ...inDoubt, ...younger })).toEqual({
      do: 'record',
      claim: second,
      outcome: 'uncertain',
    });
  });

  it('is to give up a claim in doubt when it is too late', () => {
    const uncertain = { do: 'record', claim, outcome: 'uncertain' };
    expect(step({ edition, claim }, { ...expired, ...younger })).toEqual(uncertain);
    expect(step({ edition, claim }, expired)).toEqual(uncertain);
  });

  it('is to go on with a claim that was surely not sent, unless its owner left or it expired', () => {
    const unsent = { ...claim, isUnsent: true };
    expect(step({ edition, claim: unsent })).toEqual({ do: 'resume', claim: unsent });
    expect(step({ edition, claim: unsent, status: 'unsubscribed' })).toMatchObject({ outcome: 'suppressed' });
    expect(step({ edition, claim: unsent }, expired)).toMatchObject({ outcome: 'expired' });
  });
});

describe('a batch', () => {
  const batch = claim.batch;
  const [a, b, c, d, e] = [1, 2, 3, 4, 5].map(subscriberId) as [
    ReturnType<typeof subscriberId>,
    ...ReturnType<typeof subscriberId>[],
  ];
  const ended = (outcome: 'sent' | 'uncertain', by = batch) =>
    aState({ edition, outcomes: [{ edition, outcome, batch: by }] });

  it('balances: every candidate has one outcome or is open', () => {
    const subscribers = [
      aSubscriber({ id: a, state: ended('sent') }),
      aSubscriber({ id: b!, state: ended('uncertain') }),
      aSubscriber({ id: c!, state: aState({ edition, claim }) }),
      aSubscriber({ id: d!, state: aState({ status: 'unsubscribed' }) }),
    ];
    const { balance, uncertain } = balanceBatch([a, b!, c!, d!, e!], subscribers, edition, batch, dueAt);
    expect(balance).toMatchObject({ candidates: 5, sent: 1, uncertain: 1, open: 1, suppressed: 2 });
    expect(uncertain).toEqual([b]);
  });

  it('counts a pause as suppressed until its time has come', () => {
    const paused = [aSubscriber({ id: a, state: aState({ status: 'paused', pausedUntil: dueAt }) })];
    expect(balanceBatch([a], paused, edition, batch, dueAt - 1).balance).toMatchObject({ suppressed: 1, open: 0 });
    expect(balanceBatch([a], paused, edition, batch, dueAt).balance).toMatchObject({ suppressed: 0, open: 1 });
  });

  it('leaves a subscriber who changed slots to the batch that reached them first', () => {
    const moved = [aSubscriber({ id: a, state: ended('sent', 'UTC@09#0000') })];
    expect(balanceBatch([a], moved, edition, batch, dueAt).balance).toMatchObject({ candidates: 0, sent: 0, open: 0 });
  });

  it('waits for a welcome’s open claim, and leaves its outcome to the welcome', () => {
    const claimed = [aSubscriber({ id: a, state: aState({ edition, claim: aClaim({ batch: 'welcome' }) }) })];
    expect(balanceBatch([a], claimed, edition, batch, moment.now).balance).toMatchObject({ candidates: 1, open: 1 });
    expect(
      balanceBatch([a], [aSubscriber({ id: a, state: ended('sent', 'welcome') })], edition, batch, moment.now).balance,
    ).toMatchObject({ candidates: 0 });
  });

  it('counts one whom the next edition overtook as expired', () => {
    const overtaken = [aSubscriber({ id: a, state: aState({ edition: day('2026-08-08') }) })];
    expect(balanceBatch([a], overtaken, edition, batch, dueAt).balance).toMatchObject({
      candidates: 1,
      expired: 1,
      open: 0,
    });
  });
});
