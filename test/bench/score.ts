import { hourMs } from '../../shared/domain/calendar-date.js';
import { trendScore } from '../../shared/domain/trend-score.js';
import { anObservedPaper, instant, paperId } from '../support/builders.js';
import { medianMs, round, seeded } from './measure.js';

const now = instant('2026-08-07T05:00');

/** Scores 10,000 papers of 90 observations each, beside a bare pass over the same observations. */
export async function benchScore(): Promise<object> {
  const random = seeded(1);
  const window = Array.from({ length: 10_000 }, (_, index) => {
    let upvotes = 0;
    const history = Array.from({ length: 90 }, (_, hour) => {
      upvotes += Math.floor(random() * 3);
      return { at: now - (90 - hour) * hourMs, upvotes, comments: upvotes >> 3, stars: upvotes * 2 };
    });
    return anObservedPaper({ id: paperId(index) }, history);
  });
  const scoringMs = await medianMs(() => window.reduce((sum, paper) => sum + trendScore(paper, now).value, 0));
  const passMs = await medianMs(() =>
    window.reduce((sum, { history }) => history.reduce((inner, { upvotes = 0 }) => inner + upvotes, sum), 0),
  );
  return { papersPerSecond: round(10_000 / (scoringMs / 1000)), timesABarePass: round(scoringMs / passMs) };
}
