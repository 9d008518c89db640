import { describe, expect, it } from '@jest/globals';
import { rememberedArchives } from '../../../lambdas/serve-pages/search/remembered-archives.js';
import { addDays, daysUpTo } from '../../../shared/domain/calendar-date.js';
import { editionOf, plainPaper } from '../../domain/edition/archive-builder.js';
import { anEdition, day } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';

const today = day('2026-08-07');

function aStore(count = 60) {
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
    const { archives, read } = aStore();
    const first = await archives.lastDays(today);
    expect(first?.archive.span).toEqual({ from: '2026-07-09', to: '2026-08-07' });
    expect(first?.archive.coveredDays).toBe(30);
    expect(await archives.lastDays(today)).toBe(first);
    expect(await archives.holding({ from: day('2026-08-01'), to: day('2026-08-03') }, today)).toBe(first);
    expect(read).toEqual(['2026-08-07', '2026-08-01', '2026-07-26', '2026-07-20', '2026-07-14']);
  });

  it('read once for many who ask at the same time', async () => {
    const { archives, read } = aStore();
    await Promise.all([archives.lastDays(today), archives.lastDays(today), archives.lastDays(today)]);
    expect(read).toHaveLength(5);
  });

  it('go on with the next edition', async () => {
    const { archives, editions } = aStore();
    await archives.lastDays(day('2026-08-08'));
    await editions.publish(anEdition({ date: day('2026-08-08') }));
    expect((await archives.lastDays(day('2026-08-08')))?.archive.date).toBe('2026-08-08');
  });

  it('hold an earlier span alone, beside the last days, and forget the one before', async () => {
    const { archives, read } = aStore();
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
    const { archives } = aStore(3);
    expect(await archives.holding({ from: day('2026-05-01'), to: day('2026-05-03') }, today)).toBeUndefined();
  });

  it('do not remember a failure', async () => {
    const { editions } = aStore();
    let failures = 1;
    const find: typeof editions.find = (date) =>
      failures-- > 0 ? Promise.reject(new Error('throttled')) : editions.find(date);
    const archives = rememberedArchives({ ...editions, find });
    await expect(archives.lastDays(today)).rejects.toThrow('throttled');
    expect((await archives.lastDays(today))?.archive.coveredDays).toBe(30);
  });

  it('are indexed anew after a thousand questions, without being read again: an index grows with every filter', async () => {
    const { archives, read } = aStore();
    const first = await archives.lastDays(today);
    for (let asked = 1; asked < 1000; asked += 1) await archives.lastDays(today);
    expect((await archives.lastDays(today))?.indexed).not.toBe(first?.indexed);
    expect(read).toHaveLength(5);
  });
});
