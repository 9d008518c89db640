import { parseArgs } from 'node:util';
import { dayMs, startOf } from '../../shared/domain/calendar-date.js';
import { type Judged, ndcgAt, precisionAt } from '../../shared/domain/edition/ranking-metrics.js';
import { currentFormula } from '../../shared/domain/trend/formulas.js';
import { spearman } from './spearman.js';
import { baselines, ours, type Ranking } from './trend-rankings.js';
import { groupedBy, type Known, type Recordings, readRecordings } from './trend-recordings.js';

/** A day with fewer papers is not judged. */
const fewestPapersOfDay = 12;

const figureNames = ['p3', 'p5', 'p10', 'ndcg10', 'weekNdcg20', 'weekP20', 'spearman', 'starsNdcg20'] as const;

/** A ranking's figures; null where the recordings have nothing to judge. */
export type Figures = Readonly<Record<(typeof figureNames)[number], number | null>>;

/** The Monday that begins a paper's ISO week, in days since 1970. */
function weekOf({ listedOn }: Known): number {
  const day = startOf(listedOn) / dayMs;
  return day - ((day + 3) % 7);
}

const poolsBy = <Key>(papers: readonly Known[], key: (paper: Known) => Key): (readonly Known[])[] => [
  ...groupedBy(papers, key).values(),
];

function mean(values: readonly (number | undefined)[]): number | null {
  const present = values.filter((value) => value !== undefined);
  if (present.length === 0) return null;
  return Number((present.reduce((sum, value) => sum + value, 0) / present.length).toFixed(4));
}

/**
 * Judges one ranking: means over days of 12 papers or more, over ISO weeks of 2 or more, and one pooled correlation.
 */
export function figuresOf(ranking: Ranking, { votes, stars }: Recordings): Figures {
  const judged = (papers: readonly Known[]): Judged[] =>
    papers.map((paper) => ({ predicted: ranking(paper), truth: paper.truth }));
  const days = poolsBy(votes, ({ listedOn }) => listedOn).filter(({ length }) => length >= fewestPapersOfDay);
  const weeks = poolsBy(votes, weekOf).filter(({ length }) => length > 1);
  const starWeeks = poolsBy(stars, weekOf).filter(({ length }) => length > 1);
  const over = (pools: readonly (readonly Known[])[], figure: (pool: readonly Judged[]) => number | undefined) =>
    mean(pools.map((pool) => figure(judged(pool))));
  return {
    p3: over(days, (pool) => precisionAt(3, pool)),
    p5: over(days, (pool) => precisionAt(5, pool)),
    p10: over(days, (pool) => precisionAt(10, pool)),
    ndcg10: over(days, (pool) => ndcgAt(10, pool)),
    weekNdcg20: over(weeks, (pool) => ndcgAt(20, pool)),
    weekP20: over(weeks, (pool) => precisionAt(20, pool)),
    spearman: mean([spearman(judged(votes))]),
    starsNdcg20: over(starWeeks, (pool) => ndcgAt(20, pool)),
  };
}

/** The recordings of every other week: constants are set on the first, third, … (0) and checked on the others (1). */
export function halfOf({ votes, stars }: Recordings, half: 0 | 1): Recordings {
  const weeks = [...new Set([...votes, ...stars].map(weekOf))].sort((a, b) => a - b);
  const isIn = (paper: Known) => weeks.indexOf(weekOf(paper)) % 2 === half;
  return { votes: votes.filter(isIn), stars: stars.filter(isIn) };
}

function printTable(title: string, recordings: Recordings): void {
  const { votes, stars } = recordings;
  console.log(`${title}: ${votes.length} papers with late upvotes, ${stars.length} with later stars`);
  console.log(['', ...figureNames].map((name) => name.padEnd(11)).join(' '));
  const rows: readonly (readonly [string, Ranking])[] = [['ours', ours], ...Object.entries(baselines)];
  for (const [name, ranking] of rows) {
    const figures = figuresOf(ranking, recordings);
    const cells = figureNames.map((figure) => figures[figure]?.toFixed(3) ?? '-');
    console.log([name, ...cells].map((cell) => cell.padEnd(11)).join(' '));
  }
  console.log('');
}

/** Judges the current formula on recordings, beside what others rank by: `--days DIR --series DIR`. */
export function evaluateTrend(args: readonly string[]): object {
  const { values } = parseArgs({ args: [...args], options: { days: { type: 'string' }, series: { type: 'string' } } });
  if (!values.days || !values.series) throw new Error('--days DIR --series DIR: name both folders');
  const recordings = readRecordings(values.days, values.series);
  printTable(`Formula ${currentFormula.number}, all weeks`, recordings);
  printTable('The weeks that set the constants', halfOf(recordings, 0));
  printTable('The other weeks', halfOf(recordings, 1));
  return {
    ours: figuresOf(ours, recordings),
    baselines: Object.fromEntries(
      Object.entries(baselines).map(([name, ranking]) => [name, figuresOf(ranking, recordings)]),
    ),
  };
}
