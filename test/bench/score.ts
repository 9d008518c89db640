import { hourMs } from '../../shared/domain/calendar-date.js';
import { rankEdition } from '../../shared/domain/edition/rank-edition.js';
import type { ObservedPaper } from '../../shared/domain/paper/paper.js';
import { currentFormula } from '../../shared/domain/trend/formulas.js';
import { anObservedPaper, day, instant, paperId } from '../support/builders.js';
import { type BenchReport, round, timed } from './figures.js';
import { heapGrowth, seeded } from './measure.js';
import { interleave, middleOf, ratioOf } from './rounds.js';

const now = instant('2026-08-07T05:00');
const papers = 10_000;
const observations = 90;

function aWindow(observationsEach: number): readonly ObservedPaper[] {
  const random = seeded(1);
  return Array.from({ length: papers }, (_, index) => {
    let upvotes = 0;
    const history = Array.from({ length: observationsEach }, (_, hour) => {
      upvotes += Math.floor(random() * 3);
      return { at: now - (observationsEach - hour) * hourMs, upvotes, comments: upvotes >> 3, stars: upvotes * 2 };
    });
    return anObservedPaper({ id: paperId(index) }, history);
  });
}

const score = (window: readonly ObservedPaper[]) =>
  window.reduce((sum, paper) => sum + currentFormula.score(paper, now).value, 0);

/**
 * Scores 10,000 papers of 90 observations each, beside a bare pass over the same observations, and with twice as many
 * (2 is linear); ranks them into an edition and says by how much the heap grew, garbage included (limit 128 MB), and
 * stays grown.
 */
export async function benchScore(): Promise<BenchReport> {
  const window = aWindow(observations);
  const twice = aWindow(2 * observations);
  const times = await interleave({
    scoring: () => score(window),
    twice: () => score(twice),
    pass: () =>
      window.reduce((sum, { history }) => history.reduce((inner, { upvotes = 0 }) => inner + upvotes, sum), 0),
  });
  const scoring = middleOf(times.scoring.cpuMs);
  const barePass = ratioOf(times.scoring, times.pass);
  const forTwice = ratioOf(times.twice, times.scoring);
  const { grownMB, keptMB } = heapGrowth(() => rankEdition(day('2026-08-07'), window, [], now));
  return {
    json: {
      papersPerSecond: round(papers / (scoring.value / 1000)),
      timesABarePass: round(barePass.value),
      timesForTwiceTheObservations: round(forTwice.value),
      editionGrownMB: round(grownMB),
      editionKeptMB: round(keptMB),
    },
    figures: [
      timed('CPU ms for 10,000 papers of 90 observations', scoring),
      timed('times a bare pass over them', barePass),
      timed('times for twice the observations', forTwice, { atMost: 2.5 }),
      { name: 'MB the heap grows by while ranking', value: grownMB, limit: { atMost: 128 } },
      { name: 'MB an edition keeps', value: keptMB },
    ],
  };
}
