import { existsSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { calendarDate } from '../../shared/contract/ids.js';
import { type CalendarDate, type Instant, startOf } from '../../shared/domain/calendar-date.js';
import type { Observation, ObservedPaper } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { aPaper } from '../support/builders.js';
import { parseInput, readInput, readJsonInput } from '../support/read-input.js';

const at = z.pipe(
  z.string(),
  z.transform((text) => Date.parse(text)),
);
const upvotesLine = z.object({
  paperId: z.string(),
  observedAt: at,
  upvotes: z.number(),
  comments: z.optional(z.number()),
  githubStars: z.optional(z.number()),
  dailyDate: calendarDate,
  source: z.string(),
});
const starsLine = z.object({
  paperId: z.string(),
  observedAt: at,
  githubStars: z.number(),
  dailyDate: calendarDate,
});
const dayFile = z.array(
  z.object({ paper: z.object({ id: z.string(), publishedAt: at, submittedOnDailyAt: z.optional(at) }) }),
);

/** A paper with what was observed of it until one instant, and what became true later. */
export interface Known {
  readonly observed: ObservedPaper;
  readonly listedOn: CalendarDate;
  /** When the paper came on the list, as far as the list tells; else the day's midnight. */
  readonly submittedAt: Instant;
  /** The instant of ranking. */
  readonly at: Instant;
  /** The counts known at `at`. */
  readonly counts: Omit<Observation, 'at'>;
  readonly truth: number;
}

/** What the recordings have to tell: late upvotes by early counts, and stars gained by first counts. */
export interface Recordings {
  readonly votes: readonly Known[];
  readonly stars: readonly Known[];
}

type UpvotesLine = z.infer<typeof upvotesLine>;
type StarsLine = z.infer<typeof starsLine>;

function readLines<Schema extends z.core.$ZodType>(path: string, schema: Schema): z.output<Schema>[] {
  const lines = readInput(path).split('\n');
  return lines.flatMap((line, index) => (line.trim() === '' ? [] : [parseInput(line, schema, `${path}:${index + 1}`)]));
}

/** Groups in order of their first member. */
export function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group) group.push(item);
    else groups.set(keyOf(item), [item]);
  }
  return groups;
}

function byPaper<Line extends { paperId: string; observedAt: Instant }>(lines: readonly Line[]): Map<string, Line[]> {
  const sorted = [...lines].sort((a, b) => a.observedAt - b.observedAt);
  return groupedBy(sorted, ({ paperId }) => paperId);
}

function observationOf(line: Omit<Partial<UpvotesLine>, 'observedAt'> & { observedAt: Instant }): Observation {
  const { observedAt, upvotes, comments, githubStars } = line;
  return {
    at: observedAt,
    ...(upvotes !== undefined && { upvotes }),
    ...(comments !== undefined && { comments }),
    ...(githubStars !== undefined && { stars: githubStars }),
  };
}

function known(
  first: { paperId: string; observedAt: Instant; dailyDate: CalendarDate },
  past: readonly Observation[],
  days: (day: CalendarDate) => z.infer<typeof dayFile>,
  truth: number,
): Known {
  const { paperId: id, observedAt, dailyDate: listedOn } = first;
  const listed = days(listedOn).find(({ paper }) => paper.id === id)?.paper;
  const submitted = listed?.submittedOnDailyAt;
  const publishedAt = listed?.publishedAt ?? startOf(listedOn);
  const paper = aPaper({ id: id as PaperId, publishedAt, firstSeenAt: observedAt, listedDays: [listedOn] });
  const { at: _, ...counts } = Object.assign({ at: observedAt }, ...past) as Observation;
  const submittedAt = submitted !== undefined && submitted < observedAt ? submitted : startOf(listedOn);
  return { observed: { paper, history: past }, listedOn, submittedAt, at: observedAt, counts, truth };
}

/**
 * Reads `DIR/YYYY-MM-DD.json` for the papers, `hf-upvotes.jsonl` and `hf-github-stars.jsonl` for what was observed.
 * Early is a paper's first line of source `hf-api-daily`, late its line of `hf-api-late`; papers without both are left
 * out, and so are those whose stars were seen only once.
 */
export function readRecordings(daysFolder: string, seriesFolder: string): Recordings {
  if (!existsSync(daysFolder)) throw new Error(`--days ${daysFolder}: there is no such folder`);
  const upvotes = byPaper(readLines(join(seriesFolder, 'hf-upvotes.jsonl'), upvotesLine));
  const stars = byPaper(readLines(join(seriesFolder, 'hf-github-stars.jsonl'), starsLine));
  const files = new Map<CalendarDate, z.infer<typeof dayFile>>();
  const days = (day: CalendarDate) => {
    const path = join(daysFolder, `${day}.json`);
    const file = files.get(day) ?? (existsSync(path) ? readJsonInput(path, dayFile) : []);
    files.set(day, file);
    return file;
  };
  return {
    votes: [...upvotes.values()].flatMap((lines) => earlyAndLate(lines, days)),
    stars: [...stars].flatMap(([id, lines]) => firstAndLast(lines, upvotes.get(id) ?? [], days)),
  };
}

function earlyAndLate(lines: readonly UpvotesLine[], days: (day: CalendarDate) => z.infer<typeof dayFile>): Known[] {
  const early = lines.find(({ source }) => source === 'hf-api-daily');
  const late = lines.findLast(({ source }) => source === 'hf-api-late');
  return early && late ? [known(early, [observationOf(early)], days, late.upvotes)] : [];
}

function firstAndLast(
  lines: readonly StarsLine[],
  votes: readonly UpvotesLine[],
  days: (day: CalendarDate) => z.infer<typeof dayFile>,
): Known[] {
  const [first] = lines;
  const last = lines.at(-1);
  if (!first || !last || first === last) return [];
  const past = votes.filter(({ observedAt }) => observedAt <= first.observedAt);
  const observations = [
    ...past.filter(({ observedAt }) => observedAt < first.observedAt),
    { ...past.at(-1), ...first },
  ];
  return [known(first, observations.map(observationOf), days, Math.max(0, last.githubStars - first.githubStars))];
}
