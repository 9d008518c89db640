import { beforeEach, expect, it } from '@jest/globals';
import { dayMs, hourMs, minuteMs } from '../../shared/domain/calendar-date.js';
import type { NoticeKind, SignupRepository } from '../../shared/storage/signups-repository.js';
import { instant, subscriberId } from '../support/builders.js';

const at = instant('2026-08-01T12:30');
const id = subscriberId(1);
const hundred = Array.from({ length: 100 });

/** How every store of limits counts. */
export function signupsContract(make: () => Promise<SignupRepository>): void {
  let signups: SignupRepository;
  const confirmation = (when: number) => signups.takeNotice(id, when, 'confirmation');
  const reminder = (when: number) => signups.takeNotice(id, when, 'reminder');
  beforeEach(async () => {
    signups = await make();
  });

  it('allows one of a hundred notices at the same time', async () => {
    const results = await Promise.all(hundred.map(() => confirmation(at)));
    expect(results.filter((result) => result === 'allowed')).toHaveLength(1);
    expect(results.filter((result) => result === 'too-soon')).toHaveLength(99);
  });

  it('allows one notice of any kind in 24 hours, for each subscriber', async () => {
    expect(await confirmation(at)).toBe('allowed');
    expect(await confirmation(at + dayMs - 1)).toBe('too-soon');
    expect(await reminder(at + dayMs - 1)).toBe('too-soon');
    expect(await confirmation(at - dayMs)).toBe('too-soon');
    expect(await signups.takeNotice(subscriberId(2), at, 'confirmation')).toBe('allowed');
    expect(await reminder(at + dayMs)).toBe('allowed');
    expect(await confirmation(at + dayMs + 1)).toBe('too-soon');
  });

  it('takes a right back that was not used, once, and only the newest', async () => {
    await confirmation(at);
    await signups.giveBack(id, at - 1, 'confirmation');
    expect(await confirmation(at + 1)).toBe('too-soon');
    await signups.giveBack(id, at, 'confirmation');
    await signups.giveBack(id, at, 'confirmation');
    const results = [];
    for (let days = 0; days < 4; days += 1) results.push(await confirmation(at + 1 + days * dayMs));
    expect(results).toEqual(['allowed', 'allowed', 'allowed', 'too-many']);
  });

  it('allows three confirmations ever, and three reminders', async () => {
    const results = [];
    for (let days = 0; days < 5; days += 1) results.push(await confirmation(at + days * dayMs));
    expect(results).toEqual(['allowed', 'allowed', 'allowed', 'too-many', 'too-many']);
    expect(await confirmation(at + 4000 * dayMs)).toBe('too-many');
    for (let days = 10; days < 13; days += 1) expect(await reminder(at + days * dayMs)).toBe('allowed');
    for (const days of [13, 4000]) expect(await reminder(at + days * dayMs)).toBe('too-many');
    expect(await confirmation(at + 99 * dayMs)).toBe('too-many');
  });

  it('lets a message that died before it offered anything take its right again after ten minutes, and no other', async () => {
    const take = (minutes: number, message: string, kind: NoticeKind = 'confirmation') =>
      signups.takeNotice(id, at + minutes * minuteMs, kind, message);
    for (const kind of ['confirmation', 'welcome'] as const) {
      expect(await take(0, 'mine', kind)).toBe('allowed');
      expect(await take(9, 'mine', kind)).toBe('in-hand');
      expect(await take(12, 'another', kind)).toBe('too-soon');
      expect(await signups.takeNotice(id, at + 12 * minuteMs, kind)).toBe('too-soon');
      const rights = await Promise.all([1, 2, 3].map(() => take(12, 'mine', kind)));
      expect(rights.filter((right) => right === 'allowed')).toHaveLength(1);
      expect(rights.filter((right) => right === 'in-hand')).toHaveLength(2);
      expect(await signups.useRight(id, at, kind)).toBe(false);
      expect(await signups.useRight(id, at + 12 * minuteMs, kind)).toBe(true);
      expect(await signups.useRight(id, at + 12 * minuteMs, kind)).toBe(false);
      expect(await take(60, 'mine', kind)).toBe('too-soon');
      await signups.giveBack(id, at + 12 * minuteMs, kind);
      expect(await take(61, 'another', kind)).toBe('allowed');
      await signups.giveBack(id, at + 61 * minuteMs, kind);
    }
    for (let days = 1; days < 4; days += 1) expect(await confirmation(at + days * dayMs)).toBe('allowed');
  });

  it('allows a comeback 30 days after the last notice, and counts it as a confirmation', async () => {
    const comeback = (days: number) => signups.takeNotice(id, at + days * dayMs, 'comeback');
    expect(await comeback(0)).toBe('allowed');
    expect(await comeback(29)).toBe('too-soon');
    await signups.giveBack(id, at, 'comeback');
    expect(await comeback(29)).toBe('allowed');
    expect(await comeback(58)).toBe('too-soon');
    expect([await comeback(59), await comeback(89), await comeback(119)]).toEqual(['allowed', 'allowed', 'too-many']);
    await signups.forget(id);
    expect(await comeback(120)).toBe('allowed');
  });

  it('allows no other comeback within 30 days, even to whoever confirmed the one before', async () => {
    const comeback = (days: number) => signups.takeNotice(id, at + days * dayMs, 'comeback');
    expect(await comeback(0)).toBe('allowed');
    await signups.forget(id);
    await signups.forget(id);
    expect(await comeback(29)).toBe('too-soon');
    expect(await confirmation(at + 1)).toBe('allowed');
    await signups.giveBack(id, at + 1, 'confirmation');
    expect(await comeback(30)).toBe('allowed');
    await signups.giveBack(id, at + 30 * dayMs, 'comeback');
    for (const days of [30, 60, 90]) expect(await comeback(days)).toBe('allowed');
    expect(await comeback(120)).toBe('too-many');
  });

  it('does not answer a message again that was answered before the address was confirmed', async () => {
    const take = (hours: number, message: string) =>
      signups.takeNotice(id, at + hours * hourMs, 'confirmation', message);
    expect(await take(0, 'mine')).toBe('allowed');
    expect(await signups.useRight(id, at, 'confirmation')).toBe(true);
    await signups.forget(id);
    expect(await take(1, 'mine')).toBe('too-soon');
    expect(await signups.takeNotice(id, at + hourMs, 'reminder', 'mine')).toBe('too-soon');
    expect(await take(30, 'mine')).toBe('too-soon');
    expect(await take(1, 'another')).toBe('allowed');
  });

  it('does not count reminders as confirmations', async () => {
    for (let days = 0; days < 5; days += 1) await reminder(at + days * dayMs);
    expect(await confirmation(at + 5 * dayMs)).toBe('allowed');
  });

  it('counts welcomes and goodbyes each on their own, until the subscriber asks anew', async () => {
    for (const kind of ['confirmation', 'welcome', 'goodbye'] as const) {
      expect(await signups.takeNotice(id, at, kind)).toBe('allowed');
      expect(await signups.takeNotice(id, at + dayMs - 1, kind)).toBe('too-soon');
    }
    await signups.giveBack(id, at, 'goodbye');
    expect(await signups.takeNotice(id, at + 1, 'goodbye')).toBe('allowed');
    await signups.allowOwn(id);
    await signups.allowOwn(subscriberId(2));
    expect(await confirmation(at + 2)).toBe('too-soon');
    for (const kind of ['welcome', 'goodbye'] as const) {
      expect(await signups.takeNotice(id, at + 2, kind)).toBe('allowed');
      expect(await signups.takeNotice(id, at + 3, kind)).toBe('too-soon');
    }
  });

  it('starts anew once the address is confirmed', async () => {
    for (let days = 0; days < 3; days += 1) await confirmation(at + days * dayMs);
    await signups.forget(id);
    await signups.forget(subscriberId(2));
    expect(await confirmation(at + 3 * dayMs)).toBe('allowed');
    expect(await confirmation(at + 4 * dayMs)).toBe('allowed');
  });

  it('knows nothing more of an address whose right was given back than before', async () => {
    for (const kind of ['confirmation', 'comeback', 'reminder'] as const) {
      await signups.takeNotice(id, at, kind, 'mine');
      await signups.giveBack(id, at, kind);
      expect(await signups.takeNotice(id, at + 1, 'confirmation', 'mine')).toBe('allowed');
      await signups.giveBack(id, at + 1, 'confirmation');
    }
  });
}
