import { describe, expect, it } from '@jest/globals';
import { neighboursOf, rememberedCalendar } from '../../../../lambdas/serve-pages/editions/edition-calendar.js';
import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import { anEdition, day, instant } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakePaperRepository } from '../../../support/fake-paper-repository.js';

const now = () => instant('2026-08-20T12:00');
const dates = (...texts: string[]) => texts.map(day);

async function opened(...published: string[]) {
  const stored = fakeEditionRepository(...published.map((date) => anEdition({ date: day(date) })));
  const papers = fakePaperRepository();
  const asked: CalendarDate[] = [];
  const editions = {
    summariesOf: (of: readonly CalendarDate[]) => {
      asked.push(...of);
      return stored.summariesOf(of);
    },
  };
  return { calendar: rememberedCalendar(editions, papers, now), stored, papers, asked };
}

describe('the calendar that pages remember', () => {
  it('asks once for an edition that is more than a week old, and again for what may still come', async () => {
    const { calendar, stored, asked } = await opened('2026-08-01');
    const known = async () => [...(await calendar.editionsOf(dates('2026-08-01', '2026-08-02', '2026-08-20'))).keys()];
    expect(await known()).toEqual(['2026-08-01']);
    asked.length = 0;
    await stored.publish(anEdition({ date: day('2026-08-20') }));
    expect(await known()).toEqual(['2026-08-01', '2026-08-20']);
    expect(asked).toEqual(['2026-08-02', '2026-08-20']);
  });

  it('remembers no days without an edition, of which there are as many as anybody asks for', async () => {
    const { calendar, asked } = await opened();
    for (const _ of [1, 2]) await calendar.editionsOf(dates('2019-01-01'));
    expect(asked).toEqual(['2019-01-01', '2019-01-01']);
  });

  it('knows how many papers were listed, and notices when a list of this week grows', async () => {
    const { calendar, papers } = await opened();
    const note = (date: string, listed: number) => papers.noteListedDay({ date: day(date), listed }, listed);
    await note('2026-08-19', 0);
    await note('2026-08-01', 0);
    const listed = () => calendar.listedOn(dates('2026-08-01', '2026-08-18', '2026-08-19'));
    expect(await listed()).toEqual(
      new Map([
        ['2026-08-01', 0],
        ['2026-08-19', 0],
      ]),
    );
    await note('2026-08-19', 3);
    expect((await listed()).get(day('2026-08-19'))).toBe(3);
  });

  it('finds the editions next to a day within a week, whether or not it has one itself', async () => {
    const { calendar } = await opened('2026-07-31', '2026-08-05', '2026-08-09', '2026-08-10');
    expect(await neighboursOf(day('2026-08-09'), calendar)).toEqual({ previous: '2026-08-05', next: '2026-08-10' });
    expect(await neighboursOf(day('2026-08-07'), calendar)).toEqual({ previous: '2026-08-05', next: '2026-08-09' });
    expect(await neighboursOf(day('2026-07-24'), calendar)).toEqual({ previous: undefined, next: '2026-07-31' });
    expect(await neighboursOf(day('2026-07-23'), calendar)).toEqual({ previous: undefined, next: undefined });
  });
});
