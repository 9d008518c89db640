import { expect, it } from '@jest/globals';
import { rememberedDays } from '../../../../lambdas/serve-pages/day/remembered-days.js';
import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import { anEdition, day } from '../../../support/builders.js';

const [first, second, third] = [day('2026-08-05'), day('2026-08-06'), day('2026-08-07')] as const;

function counted(isThere = true) {
  const found: CalendarDate[] = [];
  const loadDay = rememberedDays(
    {
      find: async (date) => {
        found.push(date);
        return isThere ? anEdition({ date }) : undefined;
      },
      withdrawn: async () => [],
      frequencies: async () => undefined,
    },
    () => {},
  );
  return { found, loadDay };
}

it('reads an edition once for many readers at once, and keeps the last two', async () => {
  const { found, loadDay } = counted();
  await Promise.all([first, first, second, first].map(loadDay));
  expect(found).toEqual([first, second]);
  await loadDay(third);
  await loadDay(first);
  expect(found).toEqual([first, second, third]);
  await loadDay(second);
  expect(found).toEqual([first, second, third, second]);
});

it('makes an edition anew after a thousand readers, so that their filters do not pile up', async () => {
  const { found, loadDay } = counted();
  for (let reader = 0; reader < 1001; reader += 1) await loadDay(first);
  expect(found).toEqual([first, first]);
});

it('asks again for what was not there, and for what could not be read', async () => {
  const { found, loadDay } = counted(false);
  expect(await loadDay(first)).toBeUndefined();
  await loadDay(first);
  expect(found).toEqual([first, first]);
  let isBroken = true;
  const find = async (date: CalendarDate) => (isBroken ? Promise.reject(new Error('throttled')) : anEdition({ date }));
  const broken = rememberedDays({ find, withdrawn: async () => [], frequencies: async () => undefined }, () => {});
  await expect(broken(first)).rejects.toThrow('throttled');
  isBroken = false;
  expect((await broken(first))?.date).toBe(first);
});
