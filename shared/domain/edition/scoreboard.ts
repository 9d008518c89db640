import { addDays, type CalendarDate, dateOf, daysUpTo, type Instant } from '../calendar-date.js';
import type { Paper } from '../paper/paper.js';
import type { PaperId } from '../paper/paper-id.js';
import type { Edition, RankedPaper } from './edition.js';
import { editionDays } from './rank-edition.js';

/** Where every paper of an edition stood, in little room: what the pages of papers tell of the editions they were in. */
export interface Scoreboard {
  readonly date: CalendarDate;
  readonly publishedAt: Instant;
  /** In rank order, each with a blank before and behind. */
  readonly ids: string;
  /** In the same order; `null` where the count was not known. */
  readonly upvotes: readonly (number | null)[];
  readonly stars: readonly (number | null)[];
  /** The median upvotes of the papers that were first listed on a day, by that day. */
  readonly medians: Readonly<Record<string, number>>;
}

/** How a paper stood in one edition. */
export interface Standing {
  readonly date: CalendarDate;
  readonly publishedAt: Instant;
  /** From 1, … */
  readonly place: number;
  /** … of so many. */
  readonly papers: number;
  readonly upvotes?: number;
  readonly stars?: number;
  /** The median upvotes of the papers that were first listed on the same day as this one. */
  readonly median?: number;
}

/** A median of fewer papers says nothing. */
const fewestPapers = 3;

/** Sums up an edition. */
export function scoreboardOf({ date, publishedAt, papers }: Edition): Scoreboard {
  return {
    date,
    publishedAt,
    ids: ` ${papers.map(({ paper }) => paper.id).join(' ')} `,
    upvotes: papers.map(({ counts }) => counts.upvotes ?? null),
    stars: papers.map(({ counts }) => counts.stars ?? null),
    medians: mediansOf(papers),
  };
}

function mediansOf(papers: readonly RankedPaper[]): Readonly<Record<string, number>> {
  const upvotes = new Map<string, number[]>();
  for (const { paper, counts } of papers) {
    const [listed] = paper.listedDays;
    if (listed === undefined || counts.upvotes === undefined) continue;
    const ofDay = upvotes.get(listed) ?? [];
    ofDay.push(counts.upvotes);
    upvotes.set(listed, ofDay);
  }
  const known = [...upvotes].filter(([, counts]) => counts.length >= fewestPapers);
  return Object.fromEntries(known.map(([listed, counts]) => [listed, medianOf(counts)]));
}

function medianOf(counts: readonly number[]): number {
  const sorted = counts.toSorted((one, other) => one - other);
  const [low = 0, high = 0] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return (low + high) / 2;
}

/** Finds a paper in an edition; `undefined` when it was not in it. */
export function standingIn(
  { date, publishedAt, ...board }: Scoreboard,
  { id, listedDays }: Pick<Paper, 'id' | 'listedDays'>,
): Standing | undefined {
  const place = placeIn(board, id);
  if (place === undefined) return undefined;
  const [upvotes, stars] = [board.upvotes[place] ?? undefined, board.stars[place] ?? undefined];
  const median = board.medians[listedDays[0] ?? ''];
  return {
    date,
    publishedAt,
    place: place + 1,
    papers: board.upvotes.length,
    ...(upvotes !== undefined && { upvotes }),
    ...(stars !== undefined && { stars }),
    ...(median !== undefined && { median }),
  };
}

function placeIn({ ids }: Pick<Scoreboard, 'ids'>, id: PaperId): number | undefined {
  const at = ids.indexOf(` ${id} `);
  return at < 0 ? undefined : ids.slice(0, at).split(' ').length - 1;
}

/** The days whose editions may hold a paper, up to `today`, the newest first, at most `most`. */
export function editionDaysOf(
  { firstSeenAt, listedDays }: Pick<Paper, 'firstSeenAt' | 'listedDays'>,
  today: CalendarDate,
  most: number,
): readonly CalendarDate[] {
  const days = [dateOf(firstSeenAt), ...listedDays].flatMap((day) =>
    daysUpTo(addDays(day, editionDays - 1), editionDays),
  );
  const past = [...new Set(days)].filter((day) => day <= today);
  return past.sort().reverse().slice(0, most);
}
