import { describe, expect, it } from '@jest/globals';
import { noteMonth } from '../../../../lambdas/score-trends/note-month.js';
import {
  rememberedArchives,
  rememberedEditions,
} from '../../../../lambdas/serve-pages/editions/remembered-editions.js';
import { addDays, type CalendarDate, daysUpTo, minuteMs } from '../../../../shared/domain/calendar-date.js';
import { compileFilter } from '../../../../shared/domain/filter/compile-filter.js';
import type { MonthHead } from '../../../../shared/storage/months-repository.js';
import type { ReadableArchive } from '../../../../shared/storage/read-archive.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { anEdition, day, instant } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../../../support/fake-month-repository.js';
import { compiledOf, filterOf } from '../../../support/filters.js';

function aStore() {
  const editions = fakeEditionRepository(anEdition(), anEdition({ date: day('2026-08-06') }));
  const read: string[] = [];
  const find: typeof editions.find = (date) => {
    read.push(date);
    return editions.find(date);
  };
  const remembered = rememberedEditions({ find, newestDate: editions.newestDate });
  const newest = async (today: string): Promise<CalendarDate | undefined> => {
    const date = await remembered.newestDate(day(today));
    return date && (await remembered.find(date))?.date;
  };
  return { editions, read, remembered, newest };
}

describe('remembered editions', () => {
  it('read the newest once, however often it is looked at', async () => {
    const { newest, read } = aStore();
    for (let time = 0; time < 3; time += 1) expect(await newest('2026-08-07')).toBe('2026-08-07');
    expect(read).toEqual(['2026-08-07']);
  });

  it('find a newer one as soon as it is published', async () => {
    const { newest, editions } = aStore();
    await newest('2026-08-08');
    await editions.publish(anEdition({ date: day('2026-08-08') }));
    expect(await newest('2026-08-08')).toBe('2026-08-08');
  });

  it('look back as far as the storage does, whatever they remember', async () => {
    const { newest } = aStore();
    expect(await newest('2026-08-14')).toBe('2026-08-07');
    expect(await newest('2026-08-15')).toBeUndefined();
    expect(await aStore().newest('2026-08-15')).toBeUndefined();
  });

  it('find others too, and none where there is none', async () => {
    const { remembered } = aStore();
    expect((await remembered.find(day('2026-08-06')))?.date).toBe('2026-08-06');
    expect(await remembered.find(day('2026-08-05'))).toBeUndefined();
  });
});

const today = day('2026-08-07');

function anArchiveStore(count = 60) {
  const published = daysUpTo(today, count).map((date, index) =>
    editionOf(date, plainPaper(index, { listedDays: [addDays(date, -1)] })),
  );
  const editions = fakeEditionRepository(...published);
  const read: string[] = [];
  const find: typeof editions.find = (date) => {
    read.push(date);
    return editions.find(date);
  };
  const clock = { now: instant('2026-08-07T12:00') };
  const months = fakeMonthRepository();
  const archives = rememberedArchives({ editions: { ...editions, find }, months }, () => clock.now);
  return { editions, read, months, clock, archives };
}

/** What the archive of some days holds, its papers with it. */
const daysIn = async (archive: ReadableArchive | undefined) => {
  const places = Array.from({ length: archive?.index.size ?? 0 }, (_, place) => place);
  return (await archive?.papersAt(places))?.map((paper) => paper.day);
};

describe('remembered archives', () => {
  it('read five editions for the last 30 days, once, however often they are asked for', async () => {
    const { archives, read } = anArchiveStore();
    const first = await archives.lastDays(today);
    expect(first?.index.span).toEqual({ from: '2026-07-09', to: '2026-08-07' });
    expect(first?.index.coveredDays).toBe(30);
    expect(await archives.lastDays(today)).toBe(first);
    expect(await archives.holding({ from: day('2026-08-01'), to: day('2026-08-03') }, today)).toBe(first);
    expect(read).toEqual(['2026-08-07', '2026-08-01', '2026-07-26', '2026-07-20', '2026-07-14']);
  });

  it('read once for many who ask at the same time', async () => {
    const { archives, read } = anArchiveStore();
    await Promise.all([archives.lastDays(today), archives.lastDays(today), archives.lastDays(today)]);
    expect(read).toHaveLength(5);
  });

  it('go on with the next edition', async () => {
    const { archives, editions, clock } = anArchiveStore();
    await archives.lastDays(day('2026-08-08'));
    await editions.publish(anEdition({ date: day('2026-08-08') }));
    clock.now += minuteMs;
    expect((await archives.lastDays(day('2026-08-08')))?.index.span.to).toBe('2026-08-08');
  });

  it('hold an earlier span alone, beside the last days, and forget the one before', async () => {
    const { archives, read } = anArchiveStore();
    await archives.lastDays(today);
    read.length = 0;
    const spans = ['2026-07-01', '2026-06-20'].map((from) => ({ from: day(from), to: addDays(day(from), 2) }));
    const earlier = await archives.holding(spans[0]!, today);
    expect(earlier?.index.span).toEqual(spans[0]);
    expect(await daysIn(earlier)).toEqual(['2026-07-01']);
    await archives.lastDays(today);
    const once = read.length;
    expect(once).toBeGreaterThan(0);
    await archives.holding(spans[1]!, today);
    await archives.lastDays(today);
    expect(read.length).toBe(2 * once);
    await archives.holding(spans[0]!, today);
    expect(read.length).toBe(3 * once);
  });

  it('are none before the first edition, nor for days before it', async () => {
    expect(await anArchiveStore(0).archives.lastDays(today)).toBeUndefined();
    const { archives } = anArchiveStore(3);
    expect(await archives.holding({ from: day('2026-05-01'), to: day('2026-05-03') }, today)).toBeUndefined();
  });

  it('do not remember a failure', async () => {
    const { editions, months } = anArchiveStore();
    let failures = 1;
    const find: typeof editions.find = (date) =>
      failures-- > 0 ? Promise.reject(new Error('throttled')) : editions.find(date);
    const archives = rememberedArchives({ editions: { ...editions, find }, months }, Date.now);
    await expect(archives.lastDays(today)).rejects.toThrow('throttled');
    expect((await archives.lastDays(today))?.index.coveredDays).toBe(30);
  });

  it('are indexed anew after a thousand questions, without being read again: an index grows with every filter', async () => {
    const { archives, read } = anArchiveStore();
    const first = await archives.lastDays(today);
    for (let asked = 1; asked < 1000; asked += 1) await archives.lastDays(today);
    const rebuilt = await archives.lastDays(today, 500);
    expect(rebuilt?.index).not.toBe(first?.index);
    expect((await archives.lastDays(today, 500))?.index).toBe(rebuilt?.index);
    expect((await archives.lastDays(today))?.index).not.toBe(rebuilt?.index);
    expect(read).toHaveLength(5);
  });
});

describe('remembered archives of a month that has its index', () => {
  async function anIndexedStore() {
    const store = anArchiveStore();
    const deps = { ...store, catalogue: [], now: () => store.clock.now };
    await noteMonth(today, deps);
    store.read.length = 0;
    const asked: string[] = [];
    const months = {
      ...store.months,
      headOf: (date: CalendarDate) => {
        asked.push(`head of ${date}`);
        return store.months.headOf(date);
      },
      readNames: (head: MonthHead) => {
        asked.push(`names of ${head.date}`);
        return store.months.readNames(head);
      },
    };
    const editions = {
      ...store.editions,
      find: async (date: CalendarDate) => {
        store.read.push(date);
        return store.editions.find(date);
      },
      newestDate: (date: CalendarDate) => {
        asked.push('newest');
        return store.editions.newestDate(date);
      },
    };
    return { ...store, asked, deps, archives: rememberedArchives({ editions, months }, () => store.clock.now) };
  }

  it('read no edition, and ask which is the newest once a minute', async () => {
    const { archives, read, asked, clock } = await anIndexedStore();
    const first = await archives.lastDays(today);
    clock.now += minuteMs - 1;
    expect(await archives.lastDays(today)).toBe(first);
    expect(asked).toEqual(['newest', 'head of 2026-08-07']);
    clock.now += 1;
    expect(await archives.lastDays(today)).toBe(first);
    expect(asked).toEqual(['newest', 'head of 2026-08-07', 'newest']);
    expect(first?.index.coveredDays).toBe(30);
    expect(await archives.coveredDays(today)).toBe(30);
    expect(read).toEqual([]);
  });

  it('hold what the editions themselves would give', async () => {
    const { archives } = await anIndexedStore();
    const made = await anArchiveStore().archives.lastDays(today);
    expect(await daysIn(await archives.lastDays(today))).toEqual(await daysIn(made));
  });

  it('hold an earlier span by the indexes of the months around it, as the editions would give it', async () => {
    const { archives, deps, read } = await anIndexedStore();
    const span = { from: day('2026-07-01'), to: day('2026-07-28') };
    for (const date of ['2026-08-02', '2026-07-03']) await noteMonth(day(date), deps);
    read.length = 0;
    const earlier = await archives.holding(span, today);
    expect(earlier?.isMakeshift).toBe(false);
    expect(read).toEqual([]);
    expect(await daysIn(earlier)).toEqual(await daysIn(await anArchiveStore().archives.holding(span, today)));
    expect(await daysIn(earlier)).toHaveLength(5);
  });

  it('read the names of authors for a filter that asks for one, once', async () => {
    const { archives, asked } = await anIndexedStore();
    const archive = (await archives.lastDays(today))!;
    const places = (text: string) => archive.index.placesOf(compiledOf(text));
    await archive.prepareFor(compileFilter(filterOf('untitled')));
    expect(() => places('-author:quill untitled')).toThrow('names');
    for (const text of ['-author:quill untitled', 'author:quill', 'lamp OR (wax author:reed)'])
      await archive.prepareFor(compileFilter(filterOf(text)));
    expect(places('author:quill')).toEqual([]);
    expect(asked.filter((each) => each.startsWith('names'))).toEqual(['names of 2026-08-07']);
  });

  it('make do with the editions until a newer one has its index, and look for that after a minute', async () => {
    const { archives, deps, clock, read, editions } = await anIndexedStore();
    const tomorrow = day('2026-08-08');
    await editions.publish(editionOf(tomorrow, plainPaper(99, { listedDays: [tomorrow] })));
    const makeshift = await archives.lastDays(tomorrow);
    expect(makeshift?.isMakeshift).toBe(true);
    expect(read).toContain('2026-08-08');
    await noteMonth(tomorrow, deps);
    expect(await archives.lastDays(tomorrow)).toBe(makeshift);
    clock.now += minuteMs;
    const ready = await archives.lastDays(tomorrow);
    expect(ready?.isMakeshift).toBe(false);
    expect(await daysIn(ready)).toEqual(await daysIn(makeshift));
  });
});
