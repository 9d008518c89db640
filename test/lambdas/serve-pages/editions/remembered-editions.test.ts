import { describe, expect, it } from '@jest/globals';
import {
  rememberedArchives,
  rememberedEditions,
} from '../../../../lambdas/serve-pages/editions/remembered-editions.js';
import { addDays, type CalendarDate, daysUpTo } from '../../../../shared/domain/calendar-date.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { anEdition, day } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';

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
  return { editions, read, archives: rememberedArchives({ ...editions, find }) };
}

describe('remembered archives', () => {
  it('read five editions for the last 30 days, once, however often they are asked for', async () => {
    const { archives, read } = anArchiveStore();
    const first = await archives.lastDays(today);
    expect(first?.archive.span).toEqual({ from: '2026-07-09', to: '2026-08-07' });
    expect(first?.archive.coveredDays).toBe(30);
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
    const { archives, editions } = anArchiveStore();
    await archives.lastDays(day('2026-08-08'));
    await editions.publish(anEdition({ date: day('2026-08-08') }));
    expect((await archives.lastDays(day('2026-08-08')))?.archive.date).toBe('2026-08-08');
  });

  it('hold an earlier span alone, beside the last days, and forget the one before', async () => {
    const { archives, read } = anArchiveStore();
    await archives.lastDays(today);
    read.length = 0;
    const spans = ['2026-07-01', '2026-06-20'].map((from) => ({ from: day(from), to: addDays(day(from), 2) }));
    const earlier = await archives.holding(spans[0]!, today);
    expect(earlier?.archive.span).toEqual(spans[0]);
    expect(earlier?.archive.papers.map((paper) => paper.day)).toEqual(['2026-07-01']);
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
    expect(await rememberedArchives(fakeEditionRepository()).lastDays(today)).toBeUndefined();
    const { archives } = anArchiveStore(3);
    expect(await archives.holding({ from: day('2026-05-01'), to: day('2026-05-03') }, today)).toBeUndefined();
  });

  it('do not remember a failure', async () => {
    const { editions } = anArchiveStore();
    let failures = 1;
    const find: typeof editions.find = (date) =>
      failures-- > 0 ? Promise.reject(new Error('throttled')) : editions.find(date);
    const archives = rememberedArchives({ ...editions, find });
    await expect(archives.lastDays(today)).rejects.toThrow('throttled');
    expect((await archives.lastDays(today))?.archive.coveredDays).toBe(30);
  });

  it('are indexed anew after a thousand questions, without being read again: an index grows with every filter', async () => {
    const { archives, read } = anArchiveStore();
    const first = await archives.lastDays(today);
    for (let asked = 1; asked < 1000; asked += 1) await archives.lastDays(today);
    const rebuilt = await archives.lastDays(today, 500);
    expect(rebuilt?.indexed).not.toBe(first?.indexed);
    expect((await archives.lastDays(today, 500))?.indexed).toBe(rebuilt?.indexed);
    expect((await archives.lastDays(today))?.indexed).not.toBe(rebuilt?.indexed);
    expect(read).toHaveLength(5);
  });
});
