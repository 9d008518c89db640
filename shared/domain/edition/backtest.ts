import type { ArchiveIndex } from '../archive/archive-index.js';
import type { CalendarDate } from '../calendar-date.js';
import { compileFilter } from '../filter/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import { printFilter, type Spelling } from '../filter/write-filter.js';
import type { FilterTopic } from '../subscriber/topic.js';
import { shortDay } from '../text/day-in-words.js';
import { cutTo } from '../text/shorten.js';
import { shownText } from '../text/shown-text.js';
import type { ArchivedPaper } from './archive.js';

/** What a filter would have found in an archive. */
export interface Backtest {
  /** The days looked back on: those of the archive's span that its editions cover. */
  readonly days: number;
  readonly total: number;
  /** Not rounded. */
  readonly perWeek: number;
  readonly noisiest?: NoisyClause;
  /** Up to five of the papers, taken evenly from the whole ranking, best first. */
  readonly samples: readonly Sample[];
}

/** A branch of an outermost OR, printed, and how many of the papers no other branch finds. */
interface NoisyClause {
  readonly clause: string;
  readonly alone: number;
}

/** A paper as an example: its title as text, and its own day. */
interface Sample {
  readonly id: string;
  readonly title: string;
  readonly date: CalendarDate;
}

const mostSamples = 5;

/** A backtest before its samples are read: their places in the archive instead. */
export interface Tried extends Omit<Backtest, 'samples'> {
  readonly samples: readonly number[];
}

/** Asks an archive what a filter would have found; its clauses are spelled by `spell`. */
export function tryFilter(archive: ArchiveIndex, filter: Filter, spell?: Spelling): Tried {
  const places = archive.placesOf(compileFilter(filter));
  const noisiest = noisiestBranch(archive, filter, places);
  return {
    days: archive.coveredDays,
    total: places.length,
    perWeek: archive.coveredDays === 0 ? 0 : (places.length * 7) / archive.coveredDays,
    ...(noisiest && { noisiest: { clause: printFilter(noisiest.branch, spell), alone: noisiest.alone } }),
    samples: spread(places),
  };
}

/** What a filter would have found, with the papers of its samples. */
export function backtestOf(tried: Tried, samples: readonly ArchivedPaper[]): Backtest {
  return {
    ...tried,
    samples: samples.map(({ paper, day }) => ({ id: paper.id, title: shownText(paper.title), date: day })),
  };
}

/**
 * The branch without which the most papers would be missing. Branches are those of the filter's own OR, or, where it is
 * an AND, of each OR among its clauses; a branch alone finds a paper that matches no other branch of the same OR. Of
 * equal ones the one printed first; none when no branch finds a paper alone.
 */
function noisiestBranch(archive: ArchiveIndex, filter: Filter, places: readonly number[]) {
  const clauses = filter.kind === 'all' ? filter.filters : [filter];
  const noisy = clauses.flatMap((clause) => {
    if (clause.kind !== 'any') return [];
    const found = clause.filters.map((branch) => new Set(archive.placesOf(compileFilter(branch))));
    const only = places.flatMap((place) => {
      const branches = [...found.keys()].filter((branch) => found[branch]?.has(place));
      return branches.length === 1 ? branches : [];
    });
    return clause.filters.map((branch, at) => ({ branch, alone: only.filter((each) => each === at).length }));
  });
  const most = Math.max(0, ...noisy.map(({ alone }) => alone));
  return most === 0 ? undefined : noisy.find(({ alone }) => alone === most);
}

function spread(places: readonly number[]): readonly number[] {
  const count = Math.min(mostSamples, places.length);
  return Array.from({ length: count }, (_, index) => places[Math.floor((index * places.length) / count)] ?? 0);
}

const shownSamples = 2;
const clauseLength = 60;
const titleLength = 80;

/**
 * A backtest in words: `About 12 papers a week: 52 in 30 days. Noisiest: "agents" alone accounts for 31 of the 52. …`.
 */
export function describeBacktest({ days, total, perWeek, noisiest, samples }: Backtest): string {
  if (total === 0) return `No paper in the ${days} days up to the newest edition.`;
  const weekly = Math.round(perWeek);
  const rate =
    perWeek < 1 ? 'Less than one paper a week' : `About ${weekly} ${weekly === 1 ? 'paper' : 'papers'} a week`;
  const examples = samples
    .slice(0, shownSamples)
    .map(({ title, date }) => `${cutTo(title, titleLength)} (${shortDay(date)})`);
  return [
    `${rate}: ${total} in ${days} days.`,
    ...(noisiest ? [`Noisiest: ${describeClause(noisiest)} of the ${total}.`] : []),
    `For example: ${examples.join('; ')}.`,
  ].join(' ');
}

function describeClause({ clause, alone }: NoisyClause): string {
  const short = cutTo(clause, clauseLength);
  return `${short.includes('"') ? short : `"${short}"`} alone accounts for ${alone}`;
}

/** How many papers of an archive each topic matches, by the topic's id. */
export type TopicCounts = Readonly<Record<string, number>>;

/** Counts what each topic would have found in an archive. */
export function countTopics(archive: ArchiveIndex, topics: readonly FilterTopic[]): TopicCounts {
  return Object.fromEntries(topics.map(({ id, filter }) => [id, archive.placesOf(filter).length]));
}
