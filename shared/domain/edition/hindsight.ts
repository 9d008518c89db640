import { type CalendarDate, dayMs, type Instant } from '../calendar-date.js';
import type { Observation } from '../paper/paper.js';
import type { PaperId } from '../paper/paper-id.js';
import type { Edition } from './edition.js';
import { ndcgAt, precisionAt } from './ranking-metrics.js';

/** An edition is judged this many days after its publication. */
export const hindsightDays = 7;

/** Precision and misses look at the first ten places. */
const topPlaces = 10;

/** How well a ranking found what later came out on top: shares of 1, by `precisionAt` and `ndcgAt`. */
export interface RankingFigures {
  readonly p3: number;
  readonly p5: number;
  readonly p10: number;
  readonly ndcg10: number;
}

/** A paper that an edition placed too low. Places count from 1. */
export interface Miss {
  readonly id: PaperId;
  readonly title: string;
  readonly place: number;
  /** One more than the papers that gained more upvotes in the seven days. */
  readonly placeLater: number;
  /** Upvotes gained in the seven days. */
  readonly gained: number;
}

/** How good an edition was, seen seven days later. */
export interface Hindsight {
  readonly date: CalendarDate;
  /** Number of the formula that had scored the edition. */
  readonly formula: number;
  /** How many papers were compared. */
  readonly papers: number;
  /** How many of them had no observed upvotes; they count as a gain of 0. */
  readonly unobserved: number;
  /** Absent when no upvote was seen after publication: then there is no hindsight. */
  readonly ours?: RankingFigures;
  /** The same for ranking by the upvotes at publication. */
  readonly rawUpvotes?: RankingFigures;
  /** The one of the later top ten that ranked lowest in the edition; absent when all of them were in its first ten. */
  readonly biggestMiss?: Miss;
}

interface Compared extends Omit<Miss, 'placeLater'> {
  /** At publication. */
  readonly upvotes: number;
}

/** The instant whose upvotes are the truth about an edition. */
export function hindsightAt({ publishedAt }: Pick<Edition, 'publishedAt'>): Instant {
  return publishedAt + hindsightDays * dayMs;
}

/**
 * Compares an edition with the upvotes that its papers gained in the seven days after it: what was on top already is no
 * find. `observed` holds each paper's newest observation at or before `hindsightAt(edition)`; an observation holds
 * until the next one, so a paper that left the daily lists gains nothing more. The edition is judged by its order, raw
 * upvotes by their number at publication with ties averaged; unknown upvotes count 0.
 */
export function hindsightOf(edition: Edition, observed: ReadonlyMap<PaperId, Observation>): Hindsight {
  const compared = edition.papers.map(({ paper: { id, title }, counts }, index): Compared => {
    const upvotes = counts.upvotes ?? 0;
    return { id, title, place: index + 1, upvotes, gained: Math.max(0, (observed.get(id)?.upvotes ?? 0) - upvotes) };
  });
  const seenAt = edition.papers.flatMap(({ paper }) => {
    const { at, upvotes } = observed.get(paper.id) ?? {};
    return at === undefined || upvotes === undefined ? [] : [at];
  });
  const result = {
    date: edition.date,
    formula: edition.formula,
    papers: compared.length,
    unobserved: compared.length - seenAt.length,
  };
  return seenAt.some((at) => at > edition.publishedAt) ? { ...result, ...judge(compared) } : result;
}

/** The mean of each figure; `undefined` of none. */
export function meanFigures(figures: readonly RankingFigures[]): RankingFigures | undefined {
  if (figures.length === 0) return undefined;
  const meanOf = (name: keyof RankingFigures) =>
    figures.reduce((sum, figure) => sum + figure[name], 0) / figures.length;
  return { p3: meanOf('p3'), p5: meanOf('p5'), p10: meanOf('p10'), ndcg10: meanOf('ndcg10') };
}

function judge(compared: readonly Compared[]): Pick<Hindsight, 'ours' | 'rawUpvotes' | 'biggestMiss'> {
  const ours = figuresOf(compared, ({ place }) => -place);
  const rawUpvotes = figuresOf(compared, ({ upvotes }) => upvotes);
  const biggestMiss = biggestMissOf(compared);
  return { ...(ours && { ours }), ...(rawUpvotes && { rawUpvotes }), ...(biggestMiss && { biggestMiss }) };
}

function figuresOf(compared: readonly Compared[], predict: (paper: Compared) => number): RankingFigures | undefined {
  const pool = compared.map((paper) => ({ predicted: predict(paper), truth: paper.gained }));
  const ndcg10 = ndcgAt(10, pool);
  if (ndcg10 === undefined) return undefined;
  return { p3: precisionAt(3, pool), p5: precisionAt(5, pool), p10: precisionAt(10, pool), ndcg10 };
}

/** Only papers that are in the later top ten whichever way ties are ordered can be missed. */
function biggestMissOf(compared: readonly Compared[]): Miss | undefined {
  const byGain = [...compared].sort((one, other) => other.gained - one.gained);
  const firstOutside = byGain[topPlaces]?.gained ?? 0;
  const [missed] = byGain
    .filter(({ place, gained }) => gained > firstOutside && place > topPlaces)
    .sort((one, other) => other.place - one.place);
  if (!missed) return undefined;
  const { id, title, place, gained } = missed;
  return { id, title, place, placeLater: 1 + byGain.findIndex((paper) => paper.gained === gained), gained };
}
