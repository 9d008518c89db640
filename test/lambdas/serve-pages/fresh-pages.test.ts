import { describe, expect, it } from '@jest/globals';
import { noteMonth } from '../../../lambdas/score-trends/note-month.js';
import { freshPages } from '../../../lambdas/serve-pages/fresh-pages.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { anEdition, aRankedPaper, day, instant } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../../support/fake-month-repository.js';
import { openPages } from './serve-pages-fixture.js';

const date = day('2026-08-07');
const editionWith = (title: string, publishedAt = instant('2026-08-07T05:00')) =>
  anEdition({ date, publishedAt, papers: [aRankedPaper({ title })] });
const remade = editionWith('Wax of the day', instant('2026-08-07T05:30'));

function aHouse() {
  const editions = fakeEditionRepository(editionWith('Lamps of the day'));
  const months = fakeMonthRepository();
  const clock = { now: instant('2026-08-07T12:00') };
  const warned: string[] = [];
  const reads = { finds: 0, looks: 0 };
  let opened = 0;
  const open = () => {
    opened += 1;
    const find: typeof editions.find = (wanted) => {
      reads.finds += 1;
      return editions.find(wanted);
    };
    return openPages([], { editions: { ...editions, find } }).app;
  };
  const before: typeof editions.before = (wanted) => {
    reads.looks += 1;
    return editions.before(wanted);
  };
  const over = { before };
  const pages = freshPages(open, {
    editions: { before: (wanted) => over.before(wanted) },
    months,
    warn: (message) => void warned.push(message),
    now: () => clock.now,
  });
  const remember = { catalogue: [], now: () => clock.now };
  return {
    ...{ editions, months, clock, warned, reads, over, pages },
    opened: () => opened,
    page: async (path: string) => (await pages.request(path)).text(),
    noteMonth: () => noteMonth(date, { editions, months, ...remember }),
  };
}

describe('the pages of a process that goes on', () => {
  it('show an edition that was remade a minute later at most, and read it once', async () => {
    const { page, editions, clock, reads } = aHouse();
    const path = `/editions/${date}`;
    expect(await page(path)).toContain('Lamps of the day');
    await editions.remake(remade);
    clock.now += minuteMs;
    expect(await page(path)).toContain('Wax of the day');
    const { finds } = reads;
    clock.now += minuteMs;
    expect(await page(`${path}?page=1`)).not.toContain('Lamps of the day');
    expect(reads.finds - finds).toBeLessThanOrEqual(1);
  });

  it('look once a minute, and remember what they know while the newest edition stays what it is', async () => {
    const { page, clock, reads, opened } = aHouse();
    for (let time = 0; time < 5; time += 1) {
      await page('/');
      await page('/how');
      clock.now += minuteMs / 2;
    }
    expect([reads.looks, opened()]).toEqual([3, 1]);
  });

  it('forget once more when what is made of an edition is there, and when another edition comes out', async () => {
    const { page, clock, opened, editions, noteMonth: note } = aHouse();
    const openedAfter = async (happens: () => Promise<unknown>) => {
      await happens();
      clock.now += minuteMs;
      await page('/how');
      return opened();
    };
    expect(await openedAfter(async () => {})).toBe(1);
    expect(await openedAfter(note)).toBe(2);
    expect(await openedAfter(() => editions.publish(anEdition({ date: day('2026-08-06') })))).toBe(2);
    clock.now = instant('2026-08-08T05:00');
    expect(await openedAfter(async () => {})).toBe(2);
    expect(await openedAfter(() => editions.publish(anEdition({ date: day('2026-08-08') })))).toBe(3);
  });

  it('answer when that cannot be looked at, and let people go without looking', async () => {
    const { pages, page, clock, over, reads, warned } = aHouse();
    await pages.request('/unsubscribe', { method: 'POST' });
    expect(reads.looks).toBe(0);
    over.before = () => Promise.reject(new Error('throttled'));
    expect(await page(`/editions/${date}`)).toContain('Lamps of the day');
    expect(warned).toEqual(['the newest edition could not be looked at']);
    clock.now += minuteMs;
    await page('/how');
    expect(warned).toHaveLength(2);
  });

  it('have the status, headers and methods of the pages themselves', async () => {
    const { pages } = aHouse();
    const found = await pages.request(`/editions/${date}`);
    expect([found.status, found.headers.get('Cache-Control')]).toEqual([200, 'public, max-age=300']);
    expect((await pages.request('/nowhere')).status).toBe(404);
    expect((await pages.request('/how', { method: 'DELETE' })).status).toBe(405);
    const head = await pages.request('/how', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});
