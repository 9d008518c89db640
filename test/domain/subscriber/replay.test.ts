import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import type { Consent, LifecycleEvent } from '../../../shared/domain/subscriber/consent.js';
import type { KnownStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import { replayOf } from '../../../shared/domain/subscriber/replay.js';
import { instant, subscriberId } from '../../support/builders.js';

const backup = instant('2026-08-06T12:00');
const entry = (event: LifecycleEvent, days: number, over: Partial<Consent> = {}): Consent => ({
  subscriber: subscriberId(1),
  event,
  at: backup + days * dayMs,
  cause: 'form',
  ...over,
});
const subscribed = [entry('requested', -9), entry('confirmed', -8)];
const backedUp = (standing: KnownStatus, begun = -8) => ({
  standing,
  begunAt: backup + begun * dayMs,
  changedAt: backup + begun * dayMs,
  isToTakeOver: false,
});
const replayed = (standing: KnownStatus, ...entries: readonly Consent[]) => replayOf(entries, backedUp(standing));

describe('replaying a journal onto a backup', () => {
  it('leaves whoever did nothing since where they were, whatever the journal says of before', () => {
    expect(replayed('active', ...subscribed)).toEqual({ do: 'nothing' });
    expect(replayed('active')).toEqual({ do: 'nothing' });
    expect(replayed('unsubscribed', ...subscribed, entry('unsubscribed', -1))).toEqual({ do: 'nothing' });
    expect(replayed('paused', ...subscribed, entry('paused', -9))).toEqual({ do: 'nothing' });
    expect(replayed('pending', entry('requested', -1))).toEqual({ do: 'nothing' });
  });

  it('takes away who left, complained or bounced since, also one whom only an admin added', () => {
    const complaint = entry('suppressed', 1, { cause: 'complaint' });
    expect(replayed('active', ...subscribed, entry('unsubscribed', 1))).toMatchObject({ standing: 'unsubscribed' });
    expect(replayed('active', entry('unsubscribed', 1))).toMatchObject({ standing: 'unsubscribed' });
    expect(replayed('paused', ...subscribed, complaint)).toMatchObject({ standing: 'suppressed' });
    expect(replayed('active', ...subscribed, entry('suppressed', 1, { cause: 'bounce' }))).toMatchObject({
      standing: 'bounced',
    });
    expect(replayed('active', ...subscribed, entry('unsubscribed', 1), entry('requested', 2))).toMatchObject({
      do: 'stand',
      standing: 'unsubscribed',
    });
  });

  it('brings back who confirmed or came back since, with the time of the confirmation', () => {
    const confirmed = entry('confirmed', 1);
    expect(replayed('pending', entry('requested', -1), confirmed)).toEqual({
      do: 'stand',
      standing: 'active',
      confirmedAt: confirmed.at,
    });
    const left = [...subscribed, entry('unsubscribed', -1)];
    expect(replayed('unsubscribed', ...left, entry('resubscribed', 1))).toMatchObject({ standing: 'active' });
    expect(replayed('paused', ...subscribed, entry('paused', -1), entry('resumed', 1))).toMatchObject({
      standing: 'active',
    });
  });

  it('pauses for as long as the journal says, and without an end where it does not say', () => {
    const until = backup + 8 * dayMs;
    expect(replayed('active', ...subscribed, entry('paused', 1, { until }))).toMatchObject({ pausedUntil: until });
    expect(replayed('active', ...subscribed, entry('paused', 1))).not.toHaveProperty('pausedUntil');
    expect(replayed('active', ...subscribed, entry('paused', 1, { cause: 'soft bounces' }))).toMatchObject({
      pausedUntil: until,
    });
    const twice = [entry('paused', -1), entry('resumed', 1), entry('paused', 2, { until })];
    expect(replayed('paused', ...subscribed, ...twice)).toMatchObject({ standing: 'paused', pausedUntil: until });
  });

  it('erases who was erased since, keeps the mark of a complaint, and lists who came back by another confirmation', () => {
    const erased = entry('erased', 1);
    expect(replayed('active', ...subscribed, erased)).toEqual({ do: 'erase', isListed: false });
    const complaint = entry('suppressed', 0.5, { cause: 'complaint' });
    expect(replayed('active', ...subscribed, complaint, erased)).toEqual({
      do: 'erase',
      mark: 'suppressed',
      isListed: false,
    });
    const back = [entry('requested', 2), entry('confirmed', 3)];
    expect(replayed('active', ...subscribed, erased, ...back)).toEqual({ do: 'erase', isListed: true });
    const before = [entry('requested', -20), entry('confirmed', -19), entry('erased', -18)];
    expect(replayed('active', ...before, ...subscribed)).toEqual({ do: 'nothing' });
  });

  it('lists newcomers, and marks those of them who may not be mailed', () => {
    expect(replayOf([entry('requested', 1), entry('confirmed', 2)], undefined)).toEqual({ do: 'list' });
    expect(replayOf([entry('requested', 1)], undefined)).toEqual({ do: 'nothing' });
    expect(replayOf([entry('suppressed', 1, { cause: 'complaint' })], undefined)).toEqual({
      do: 'mark',
      mark: 'suppressed',
    });
  });

  it('never lets anybody be mailed who has complained, wherever the backup has them', () => {
    const event = fc.constantFrom<LifecycleEvent>('requested', 'confirmed', 'resumed', 'resubscribed', 'erased');
    const others = fc.array(
      fc.tuple(event, fc.integer({ min: -9, max: 9 })).map(([name, days]) => entry(name, days)),
      { maxLength: 8 },
    );
    const standings = fc.constantFrom<KnownStatus>('active', 'paused', 'pending', 'unsubscribed', 'bounced', 'moving');
    const complaint = entry('suppressed', 0.5, { cause: 'complaint' });
    fc.assert(
      fc.property(standings, others, others, (standing, before, later) => {
        const replay = replayOf([...before, complaint, ...later], backedUp(standing));
        const [mark] = 'mark' in replay ? [replay.mark] : 'standing' in replay ? [replay.standing] : [];
        expect(mark).toBe('suppressed');
      }),
    );
  });
});
