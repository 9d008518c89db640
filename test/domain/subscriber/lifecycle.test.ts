import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { inOrder, type LifecycleEvent, lifecycleEvents } from '../../../shared/domain/subscriber/consent.js';
import {
  type KnownStatus,
  nextStatus,
  objectionTo,
  standingAfter,
  standingOf,
} from '../../../shared/domain/subscriber/lifecycle.js';

const events: readonly (LifecycleEvent | 'bounced')[] = [
  'requested',
  'confirmed',
  'changed',
  'paused',
  'resumed',
  'unsubscribed',
  'resubscribed',
  'suppressed',
  'bounced',
  'released',
  'erased',
];

/** Where every event leads from a status; those that are not allowed are left out. */
const waysFrom = (status: KnownStatus) =>
  Object.fromEntries(
    events.flatMap((event) => {
      const next = nextStatus(status, event);
      return next ? [[event, next]] : [];
    }),
  );

describe('the lifecycle', () => {
  it('begins with a request, and with nothing else', () => {
    expect(waysFrom('none')).toEqual({ requested: 'pending' });
  });

  it('makes a pending subscriber active by confirmation alone', () => {
    expect(waysFrom('pending')).toEqual({
      requested: 'pending',
      confirmed: 'active',
      unsubscribed: 'unsubscribed',
      suppressed: 'suppressed',
      bounced: 'bounced',
      erased: 'erased',
    });
  });

  it('lets active and paused subscribers change, change over and leave, and no request touch them', () => {
    const leave = { unsubscribed: 'unsubscribed', suppressed: 'suppressed', bounced: 'bounced', erased: 'erased' };
    expect(waysFrom('active')).toEqual({ ...leave, changed: 'active', paused: 'paused' });
    expect(waysFrom('paused')).toEqual({ ...leave, changed: 'paused', resumed: 'active' });
  });

  it('brings back who left by a new request or by undoing that, and who is suppressed for good by nothing', () => {
    expect(waysFrom('unsubscribed')).toEqual({
      requested: 'pending',
      resubscribed: 'active',
      suppressed: 'suppressed',
      bounced: 'bounced',
      erased: 'erased',
    });
    expect(waysFrom('suppressed')).toEqual({ suppressed: 'suppressed', erased: 'erased' });
  });

  it('keeps who bounced where they are until they have confirmed, and a complaint after that for good', () => {
    expect(waysFrom('bounced')).toEqual({
      requested: 'bounced',
      confirmed: 'active',
      suppressed: 'suppressed',
      bounced: 'bounced',
      erased: 'erased',
    });
  });

  it('is read from a journal, where nothing revives who complained, in whatever order the rest happened', () => {
    const cause = 'form';
    const entry = fc.constantFrom<LifecycleEvent>(
      'requested',
      'confirmed',
      'changed',
      'paused',
      'resumed',
      'resubscribed',
      'erased',
    );
    const others = fc.array(fc.record({ event: entry, cause: fc.constantFrom('form', 'bounce') }), { maxLength: 9 });
    const complaint = { event: 'suppressed', cause: 'complaint' } as const;
    fc.assert(
      fc.property(others, others, (before, after) => {
        expect(standingAfter([...before, complaint, ...after])).toBe('suppressed');
      }),
    );
    const subscribed = [
      { event: 'requested', cause },
      { event: 'confirmed', cause },
    ] as const;
    const bounced = { event: 'suppressed', cause: 'bounce' } as const;
    expect(standingAfter(subscribed)).toBe('active');
    expect(standingAfter([...subscribed, { event: 'erased', cause }])).toBe('none');
    expect(standingAfter([...subscribed, bounced, { event: 'erased', cause }])).toBe('bounced');
    expect(standingAfter([...subscribed, bounced, ...subscribed])).toBe('active');
    expect(standingAfter([])).toBe('none');
  });

  it('is read from a journal, where two events of one instant, in the order that it gives them, revive nobody who left', () => {
    const statuses: readonly KnownStatus[] = [
      ...(['none', 'pending', 'active', 'paused', 'moving', 'unsubscribed', 'bounced', 'suppressed'] as const),
    ];
    const entries = events.flatMap((event) =>
      event === 'bounced' ? [] : ['bounce', 'complaint', 'page'].map((cause) => ({ event, cause })),
    );
    type Entry = (typeof entries)[number];
    const isMailed = (standing: KnownStatus) => standing === 'active' || standing === 'paused';
    /** Whether the journal has the two in another order than the one in which they happened. */
    const isTurned = (first: Entry, second: Entry) =>
      inOrder([first, second].map((entry) => ({ ...entry, at: 0 })))[0]?.event !== first.event;
    const pairs = statuses.flatMap((from) =>
      entries.flatMap((first) =>
        entries
          .filter((second) => first.event !== second.event && isTurned(first, second))
          .map((second) => ({ from, first, second })),
      ),
    );
    const isWritten = (from: KnownStatus, { event, cause }: Entry) =>
      event === 'released'
        ? from === 'bounced'
        : nextStatus(from, event === 'suppressed' && cause === 'bounce' ? 'bounced' : event) !== undefined;
    const written = pairs.filter(
      ({ from, first, second }) => isWritten(from, first) && isWritten(standingAfter([first], from), second),
    );
    expect(written.length).toBeGreaterThan(100);
    const revived = written.filter(
      ({ from, first, second }) =>
        isMailed(standingAfter([second, first], from)) && !isMailed(standingAfter([first, second], from)),
    );
    expect(pairs).toHaveLength(8 * 45 * 9);
    expect(revived).toEqual([]);
    const resumed = written.filter(
      ({ from, first, second }) =>
        standingAfter([second, first], from) === 'active' && standingAfter([first, second], from) === 'paused',
    );
    expect(resumed).toEqual([]);
    const released = { event: 'released', cause: 'admin' } as const;
    const releasedAnew = written.filter(
      ({ from, first, second }) =>
        isMailed(standingAfter([second, first, released], from)) &&
        !isMailed(standingAfter([first, second, released], from)),
    );
    expect(releasedAnew).toEqual([]);
  });

  it('is read from a journal, where nobody confirms before they ask, whatever else happened at that instant', () => {
    const at = 0;
    const requested = { event: 'requested', at, cause: 'form' } as const;
    const confirmed = { event: 'confirmed', at, cause: 'confirmation link' } as const;
    expect(standingAfter(inOrder([confirmed, requested]))).toBe('active');
    const others = lifecycleEvents.filter((event) => event !== 'requested' && event !== 'confirmed');
    for (const event of others) {
      const order = inOrder([confirmed, { event, at, cause: 'page' }, requested]).map((entry) => entry.event);
      expect(order.indexOf('requested')).toBe(order.indexOf('confirmed') - 1);
    }
    expect(standingAfter(inOrder([requested, confirmed, { ...requested, event: 'erased' }]))).toBe('none');
    const later = { ...requested, at: at + 1 };
    expect(inOrder([later, confirmed])).toEqual([confirmed, later]);
  });

  it('is read from a journal, where an admin suppresses for good, and releases to where a bounce found them', () => {
    const [byAdmin, bounced] = [
      { event: 'suppressed', cause: 'admin' } as const,
      { event: 'suppressed', cause: 'bounce' } as const,
    ];
    const released = { event: 'released', cause: 'admin' } as const;
    const entries = (...events: LifecycleEvent[]) => events.map((event) => ({ event, cause: 'form' }));
    const active = entries('requested', 'confirmed');
    expect(standingAfter([byAdmin])).toBe('suppressed');
    expect(standingAfter([...active, byAdmin, released, ...active])).toBe('suppressed');
    expect(standingAfter([...active, bounced, released])).toBe('active');
    expect(standingAfter([...active, ...entries('paused'), bounced, bounced, released])).toBe('paused');
    expect(standingAfter([...active, ...entries('unsubscribed'), bounced, released])).toBe('unsubscribed');
    expect(standingAfter([...active, bounced, ...entries('erased'), released])).toBe('none');
    expect(standingAfter([...active, released])).toBe('active');
  });

  it('holds against a consent from elsewhere whoever left at its instant or later, paused or was suppressed', () => {
    const at = Date.UTC(2026, 7, 7);
    const entry = (event: LifecycleEvent, when: number, cause = 'form') => ({ event, cause, at: when });
    const active = [entry('requested', at - 9), entry('confirmed', at - 8)];
    expect(objectionTo(at, [])).toBeUndefined();
    expect(objectionTo(at, active)).toBeUndefined();
    expect(objectionTo(at, [...active, entry('unsubscribed', at)])).toBe('unsubscribed');
    expect(objectionTo(at, [...active, entry('erased', at + 1)])).toBe('erased');
    expect(objectionTo(at, [...active, entry('erased', at - 1)])).toBeUndefined();
    expect(objectionTo(at, [...active, entry('paused', at - 1)])).toBe('paused');
    expect(objectionTo(at, [entry('suppressed', at - 99, 'complaint'), entry('erased', at - 98)])).toBe('suppressed');
    expect(objectionTo(at, [...active, entry('suppressed', at - 1, 'bounce')])).toBe('bounced');
  });

  it('takes a mark without a cause, as older rows have it, for one that is for good', () => {
    expect(standingOf({ status: 'suppressed' })).toBe('suppressed');
    expect(standingOf({ status: 'suppressed', suppressedBy: 'bounce' })).toBe('bounced');
    expect(standingOf({ status: 'paused' })).toBe('paused');
  });
});
