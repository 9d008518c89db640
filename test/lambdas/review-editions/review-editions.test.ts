import { describe, expect, it } from '@jest/globals';
import { reviewEditions } from '../../../lambdas/review-editions/review-editions.js';
import { addDays, type CalendarDate, dayMs, daysUpTo } from '../../../shared/domain/calendar-date.js';
import { anEdition, anObservation, aPaper, aRankedPaper, day, instant, paperId } from '../../support/builders.js';
import { fakeEditionRepository } from '../../support/fake-edition-repository.js';
import { fakeHindsightRepository } from '../../support/fake-hindsight-repository.js';
import { fakePaperRepository } from '../../support/fake-paper-repository.js';
import { savePaper } from '../../support/save-paper.js';

const first = day('2026-08-07');
const editionOf = (date: CalendarDate) =>
  anEdition({
    date,
    publishedAt: instant(`${date}T05:02`),
    papers: [1, 2].map((number) => ({ ...aRankedPaper({ id: paperId(number) }), counts: { upvotes: number } })),
  });

/**
 * Editions of these dates, whose first paper has risen an hour before the first is reviewed, and the second too late.
 */
async function aHouse(dates: readonly CalendarDate[] = [first]) {
  const papers = fakePaperRepository();
  const editions = fakeEditionRepository(...dates.map(editionOf));
  const hindsights = fakeHindsightRepository();
  const clock = { now: instant('2026-08-14T17:30') };
  const seen: readonly [number, string, number][] = [
    [1, '2026-08-07T03:00', 1],
    [2, '2026-08-07T03:00', 2],
    [1, '2026-08-14T04:02', 30],
    [2, '2026-08-14T05:03', 900],
  ];
  for (const [number, at, upvotes] of seen)
    await savePaper(papers, aPaper({ id: paperId(number) }), anObservation({ at: instant(at), upvotes }));
  const deps = { papers, editions, hindsights, now: () => clock.now };
  const kept = async () => (await hindsights.newest(99)).map(({ date }) => date);
  return { clock, deps, kept, hindsights, review: () => reviewEditions(deps) };
}

describe('reviewing editions', () => {
  it('compares an edition with the upvotes of seven days after its publication, not with later ones', async () => {
    const { review, hindsights } = await aHouse();
    const outcome = await review();
    const [hindsight] = await hindsights.newest(1);
    expect(outcome).toEqual({ outcome: 'reviewed', hindsights: [hindsight] });
    expect(hindsight).toMatchObject({ date: first, papers: 2, unobserved: 0, ours: { ndcg10: 1 } });
    expect(hindsight?.rawUpvotes?.ndcg10).toBeLessThan(1);
  });

  it('waits until the seven days are over', async () => {
    const { review, clock, kept } = await aHouse();
    clock.now = instant('2026-08-14T05:01');
    expect(await review()).toEqual({ outcome: 'nothing-due' });
    expect(await kept()).toEqual([]);
    clock.now = instant('2026-08-14T05:02');
    expect(await review()).toMatchObject({ outcome: 'reviewed' });
  });

  it('changes nothing when it runs again', async () => {
    const { review, hindsights, deps } = await aHouse();
    await review();
    const before = await hindsights.newest(99);
    await savePaper(deps.papers, aPaper(), anObservation({ at: instant('2026-08-13T00:00'), upvotes: 5000 }));
    expect(await review()).toEqual({ outcome: 'nothing-due' });
    expect(await hindsights.newest(99)).toEqual(before);
  });

  it('catches up the editions of thirty days, the oldest first, and leaves out days without one', async () => {
    const dates = daysUpTo(first, 40).filter((date) => date !== addDays(first, -3));
    const { review, kept } = await aHouse(dates);
    const outcome = await review();
    const wanted = daysUpTo(first, 30).filter((date) => date !== addDays(first, -3));
    expect(outcome).toMatchObject({ hindsights: wanted.map((date) => ({ date })) });
    expect(await kept()).toEqual([...wanted].reverse());
  });

  it('goes on after an edition that cannot be read, and then says which one it was', async () => {
    const broken = addDays(first, -2);
    const { deps, kept } = await aHouse(daysUpTo(first, 4));
    const find: typeof deps.editions.find = (date) =>
      date === broken ? Promise.reject(new Error('a part is missing')) : deps.editions.find(date);
    await expect(reviewEditions({ ...deps, editions: { find } })).rejects.toThrow(
      `edition ${broken}: a part is missing`,
    );
    expect(await kept()).toEqual([first, addDays(first, -1), addDays(first, -3)]);
  });

  it('asks for no observation before an edition is due', async () => {
    const { deps, clock } = await aHouse();
    clock.now = instant('2026-08-07T05:02') + 7 * dayMs - 1;
    const newestUntil = () => Promise.reject(new Error('asked too early'));
    expect(await reviewEditions({ ...deps, papers: { newestUntil } })).toEqual({ outcome: 'nothing-due' });
  });
});
