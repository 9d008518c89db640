import { describe, expect, it } from '@jest/globals';
import { noteMonth } from '../../../lambdas/score-trends/note-month.js';
import { daysUpTo } from '../../../shared/domain/calendar-date.js';
import { editionOf, plainPaper } from '../../domain/edition/archive-builder.js';
import { day, instant } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../../support/fake-month-repository.js';
import { aTopic } from '../../support/filters.js';

const today = day('2026-08-07');

function aStore(days = 60) {
  const editions = fakeEditionRepository(
    ...daysUpTo(today, days).map((date, index) =>
      editionOf(date, plainPaper(index, { title: 'Lamps', listedDays: [date] })),
    ),
  );
  const read: string[] = [];
  const find: typeof editions.find = (date) => {
    read.push(date);
    return editions.find(date);
  };
  const months = fakeMonthRepository();
  const catalogue = [aTopic('lamps', 'lamp'), aTopic('wax', 'wax')];
  const deps = { editions: { ...editions, find }, months, catalogue, now: () => instant('2026-08-07T05:05') };
  return { editions, months, read, deps };
}

describe('noting a month', () => {
  it('makes the index of five editions, knows ten days more, and counts the topics', async () => {
    const { deps, months, editions, read } = aStore();
    await noteMonth(today, deps);
    const five = ['2026-08-07', '2026-08-01', '2026-07-26', '2026-07-20', '2026-07-14'];
    expect(read).toEqual(five);
    const head = await months.headOf(today);
    expect(head?.sources.map(({ date }) => date)).toEqual(five);
    expect(head?.editions).toEqual([...five, '2026-07-08', '2026-07-02']);
    expect(await editions.topicCounts(today)).toEqual({ lamps: 5, wax: 0 });
  });

  it('happens once, and is made good where one of the two is missing', async () => {
    const { deps, months, editions, read } = aStore();
    await editions.noteTopicCounts(today, { lamps: 1 });
    await noteMonth(today, deps);
    expect(await editions.topicCounts(today)).toEqual({ lamps: 1 });
    expect(await months.headOf(today)).toBeDefined();
    read.length = 0;
    await noteMonth(today, deps);
    expect(read).toEqual([]);
  });

  it('does nothing without an edition', async () => {
    const { deps, months } = aStore(0);
    await noteMonth(today, deps);
    expect(await months.headOf(today)).toBeUndefined();
  });
});
