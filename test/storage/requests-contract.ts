import { beforeEach, expect, it } from '@jest/globals';
import { hourMs } from '../../shared/domain/calendar-date.js';
import { type BudgetShares, sharesOf } from '../../shared/domain/subscriber/sign-up/fair-shares.js';
import type { AskedPlace, RequestRepository } from '../../shared/storage/requests-repository.js';
import { instant } from '../support/builders.js';

const at = instant('2026-08-01T12:30');
const hundred = Array.from({ length: 100 });

const newcomer: AskedPlace = { lane: 'proven', isOneOfMany: false };
const ofMany = (number = 0): AskedPlace => ({
  lane: 'proven',
  isOneOfMany: true,
  network: `network${number}`,
  domain: `domain${number}`,
});

/** How every store of what requests use up counts. */
export function requestsContract(make: () => Promise<RequestRepository>): void {
  let requests: RequestRepository;
  const take = (when: number, total: number, asked = newcomer, shares: Partial<BudgetShares> = {}) =>
    requests.takeFromBudget(when, asked, { ...sharesOf(total), ...shares });
  beforeEach(async () => {
    requests = await make();
  });

  it('lets a stamp serve one of a hundred forms that are sent with it at once', async () => {
    const uses = await Promise.all(hundred.map((_, index) => requests.useStamp('stamp', `form${index}`, at)));
    expect(uses.filter(({ use }) => use === 'granted')).toHaveLength(1);
    expect(uses.filter(({ use }) => use === 'spent')).toHaveLength(99);
    expect(await requests.useStamp('another', 'form1', at)).toEqual({ use: 'granted', firstAt: at, isFirst: true });
  });

  it('lets the same form be sent again, as often as a browser would, and says when it came first', async () => {
    expect(await requests.useStamp('stamp', 'form', at)).toEqual({ use: 'granted', firstAt: at, isFirst: true });
    for (let time = 2; time <= 6; time += 1) {
      const again = await requests.useStamp('stamp', 'form', at + time);
      expect(again).toEqual({ use: 'granted', firstAt: at, isFirst: false });
    }
    expect(await requests.useStamp('stamp', 'form', at + 7)).toEqual({ use: 'enough' });
    expect(await requests.useStamp('stamp', 'other', at + 8)).toEqual({ use: 'spent' });
  });

  it('counts the requests of a network by the day and lately, and those for a domain lately', async () => {
    const origin = { lane: 'proven', network: 'n', domain: 'd' } as const;
    const crowd = (networkToday: number, networkLately: number, domainLately: number) => ({
      networkToday,
      networkLately,
      domainLately,
    });
    expect(await requests.crowdOf(origin, at, at)).toEqual(crowd(0, 0, 0));
    expect(await requests.count(origin, at)).toEqual(crowd(1, 1, 1));
    expect(await requests.count({ ...origin, domain: 'other' }, at + hourMs)).toEqual(crowd(2, 2, 1));
    expect(await requests.count({ lane: 'unproven', network: 'n' }, at + 2 * hourMs)).toEqual(crowd(3, 2, 0));
    expect(await requests.count({ ...origin, network: 'm' }, at + 3 * hourMs)).toEqual(crowd(1, 1, 1));
    expect(await requests.crowdOf(origin, at, at)).toEqual(crowd(3, 1, 1));
    expect(await requests.crowdOf(origin, at, at + 3 * hourMs)).toEqual(crowd(3, 3, 2));
  });

  it('never gives more of an hour than its budget, also to a hundred at once', async () => {
    const taken = await Promise.all(hundred.map((_, index) => take(at + index, 7)));
    expect(taken.filter((result) => result === 'taken')).toHaveLength(7);
    expect(taken.filter((result) => result === 'full')).toHaveLength(93);
    expect(await take(at, 8)).toBe('taken');
    expect(await take(at, 8)).toBe('full');
  });

  it('has a budget for each clock hour', async () => {
    expect(await take(at, 1)).toBe('taken');
    expect(await take(at + hourMs / 2 - 1, 1)).toBe('full');
    expect(await take(at + hourMs / 2, 1)).toBe('taken');
    expect(await take(at + 5 * hourMs, 0)).toBe('full');
  });

  it('leaves most of an hour to newcomers, however many the others are', async () => {
    const crowd = await Promise.all(hundred.map((_, index) => take(at, 40, ofMany(index))));
    expect(crowd.filter((result) => result === 'taken')).toHaveLength(6);
    expect(crowd.filter((result) => result === 'crowded')).toHaveLength(94);
    const newcomers = await Promise.all(hundred.map(() => take(at, 40)));
    expect(newcomers.filter((result) => result === 'taken')).toHaveLength(34);
    expect(await take(at, 40, ofMany(1))).toBe('full');
  });

  it('gives those without proof a share of their own, and less of what is left to the many', async () => {
    const unproven: AskedPlace = { lane: 'unproven', isOneOfMany: false };
    const results = [];
    for (let time = 0; time < 8; time += 1) results.push(await take(at, 40, unproven));
    expect(results).toEqual([...Array(6).fill('taken'), ...Array(2).fill('crowded')]);
    expect(await take(at, 40, { ...ofMany(1), lane: 'unproven' })).toBe('taken');
    expect(await take(at, 40, { ...ofMany(2), lane: 'unproven' })).toBe('crowded');
    expect(await take(at, 40, ofMany(3))).toBe('taken');
  });

  it('gives one network, and one domain, no more than its share, and takes nothing for what it refuses', async () => {
    const shares = { ofMany: 10, perNetwork: 2, perDomain: 3 };
    const from = (network: string, domain?: string) => take(at, 100, { ...ofMany(), network, domain }, shares);
    expect([await from('a', 'x'), await from('a', 'y'), await from('a', 'z')]).toEqual(['taken', 'taken', 'crowded']);
    expect([await from('b', 'x'), await from('c', 'x'), await from('d', 'x')]).toEqual(['taken', 'taken', 'crowded']);
    expect([await from('d'), await from('d'), await from('d')]).toEqual(['taken', 'taken', 'crowded']);
    // Six were taken: four are left of the ten.
    const others = await Promise.all(hundred.map((_, index) => from(`n${index}`)));
    expect(others.filter((result) => result === 'taken')).toHaveLength(4);
  });
}
