import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import {
  addDays,
  type CalendarDate,
  dateOf,
  daysUpTo,
  type Instant,
  parseCalendarDate,
} from '../../../shared/domain/calendar-date.js';
import { atom, type PlayedAnswer, type PlayedApis, playApis } from './played-apis.js';
import { readFinalVotes, withRisenVotes } from './rising-votes.js';
import { bundledSample, sampleDays } from './sample-papers.js';

export interface RecordedSources {
  /** A folder with `hf-daily-papers/YYYY-MM-DD.json` and, if there is one, `arxiv/index.json`. */
  readonly dir: string;
  /** The recorded day to play; it and the six days before are all that is listed. */
  readonly date: CalendarDate;
  /** With it, lists of later days are refused, as Hugging Face does; without it they are empty. */
  readonly today?: () => CalendarDate;
}

/** Plays a recorded day and the six before it; throws `RecordingError` for a day that is missing or unreadable. */
export async function serveRecorded({ dir, date, today }: RecordedSources): Promise<PlayedApis> {
  const recorded = await checkRecorded(dir, date);
  const lists = new Map<CalendarDate, readonly unknown[]>();
  for (const day of daysUpTo(date, 7)) if (recorded.has(day)) lists.set(day, await readRecordedDay(dir, day));
  const arxiv = await readArxivIndex(dir);
  return playApis({
    listOf: (day) => lists.get(day) ?? [],
    arxivAnswer: (asked) => findAnswer(asked, arxiv, date),
    ...(today ? { today } : {}),
  });
}

/** Played sources that go on from day to day. */
export interface PlayedDays extends PlayedApis {
  /** The last day that has a list; what comes after it brings no new paper. */
  readonly last: CalendarDate;
}

/**
 * Plays every recorded day from six days before `from` on, each once it has come by the clock; the votes go on rising after
 * what was recorded. Throws `RecordingError` when the folder cannot be read, or one of these recordings is no JSON.
 */
export async function serveRecordedDays({ dir, from, now }: DaysFrom): Promise<PlayedDays> {
  const recorded = [...(await recordedDays(dir))].sort().flatMap((name) => parseCalendarDate(name) ?? []);
  const days = recorded.filter((day) => day >= addDays(from, -6));
  const lists = new Map<CalendarDate, readonly unknown[]>();
  for (const day of days) lists.set(day, await readRecordedDay(dir, day));
  const [arxiv, finalVotes] = await Promise.all([readArxivIndex(dir), readFinalVotes(dir)]);
  const apis = await playApis({
    listOf: (day) =>
      (lists.get(day) ?? []).map((item) => withRisenVotes(item, { listedOn: day, now: now(), finalVotes })),
    arxivAnswer: (asked) => findAnswer(asked, arxiv, dateOf(now())),
    today: () => dateOf(now()),
  });
  return { ...apis, last: days.at(-1) ?? from };
}

interface DaysFrom {
  /** A folder as `serveRecorded` reads it; with `trend-series/hf-upvotes.jsonl`, votes rise to what that recorded. */
  readonly dir: string;
  readonly from: CalendarDate;
  readonly now: () => Instant;
}

/** The days that are recorded; throws `RecordingError` when this one is not among them. */
export async function checkRecorded(dir: string, date: CalendarDate): Promise<ReadonlySet<string>> {
  const recorded = await recordedDays(dir);
  if (!recorded.has(date)) throw new RecordingError(`${dir} has no recording of ${date}${neighbours(recorded, date)}`);
  return recorded;
}

/** Plays the bundled sample: its first papers are listed on `first` and the two days before, with votes as of `now`. */
export async function serveSample(first: CalendarDate, now: () => Instant): Promise<PlayedDays> {
  const apis = await playApis({
    listOf: (day) => bundledSample(first, now()).get(day) ?? [],
    arxivAnswer: async () => undefined,
  });
  return { ...apis, last: addDays(first, sampleDays - 1) };
}

function neighbours(recorded: ReadonlySet<string>, date: CalendarDate): string {
  const days = [...recorded].sort();
  const near = [days.findLast((day) => day < date), days.find((day) => day > date)].filter((day) => day !== undefined);
  return near.length === 0 ? '' : ` (nearest: ${near.join(', ')})`;
}

async function findAnswer(
  asked: URL,
  recordings: readonly ArxivRecording[],
  date: CalendarDate,
): Promise<PlayedAnswer | undefined> {
  const found = recordings.find(({ asked: url, recordedAt }) => {
    if (!URL.canParse(url) || questionIn(new URL(url)) !== questionIn(asked)) return false;
    // The daily feed has no date in its address: another day's would pass for today's.
    return asked.pathname === '/api/query' || recordedAt.startsWith(date);
  });
  return found && atom(await readFile(found.file, 'utf8'), found.status);
}

/** What an address asks for, regardless of the order of parameters and of defaults that are spelled out. */
function questionIn({ pathname, searchParams }: URL): string {
  const parameter = (name: string, usual = '') => searchParams.get(name) || usual;
  return [decodeURIComponent(pathname), parameter('search_query'), parameter('id_list'), parameter('start', '0')].join(
    ' ',
  );
}

/** A folder of recordings that cannot be played; the message is one clear line. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

interface ArxivRecording {
  /** Path and query that were asked for. */
  readonly asked: string;
  readonly status: number;
  readonly recordedAt: string;
  readonly file: string;
}

async function recordedDays(dir: string): Promise<ReadonlySet<string>> {
  const names = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    throw new RecordingError(`${dir} cannot be read as a folder (${error.code})`);
  });
  if (!names.includes('hf-daily-papers')) throw new RecordingError(`${dir} has no folder hf-daily-papers`);
  const files = await readdir(join(dir, 'hf-daily-papers')).catch((error: NodeJS.ErrnoException) => {
    throw new RecordingError(`${join(dir, 'hf-daily-papers')} cannot be read as a folder (${error.code})`);
  });
  return new Set(files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length)));
}

/** The daily list of a day, as it was recorded. */
async function readRecordedDay(dir: string, date: CalendarDate): Promise<readonly unknown[]> {
  const file = join(dir, 'hf-daily-papers', `${date}.json`);
  const list = await readJson(file);
  if (!Array.isArray(list)) throw new RecordingError(`${file} is not a JSON list`);
  return list;
}

const arxivIndex = z.array(
  z.object({
    file: z.string().check(z.regex(/^[\w.-]+$/)),
    kind: z.string(),
    url: z.optional(z.string()),
    query: z.optional(z.string()),
    httpStatus: z.optional(z.int()),
    recordedAt: z.optional(z.string()),
  }),
);

/** The queries and feeds listed in `dir/arxiv/index.json`; none without that file. */
async function readArxivIndex(dir: string): Promise<readonly ArxivRecording[]> {
  const file = join(dir, 'arxiv', 'index.json');
  const index = await readJson(file).catch((error: Error) => {
    if (error.cause === 'ENOENT') return [];
    throw error;
  });
  const entries = arxivIndex.safeParse(index);
  if (!entries.success) throw new RecordingError(`${file} is not an index of recordings`);
  return entries.data.flatMap(({ file: name, url, query, httpStatus = 200, recordedAt = '' }) => {
    const asked = url ?? (query === undefined ? undefined : `http://export.arxiv.org/api/query?${query}`);
    return asked ? [{ asked, status: httpStatus, recordedAt, file: join(dir, 'arxiv', name) }] : [];
  });
}

async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new RecordingError(`${file} cannot be read (${error.code})`, { cause: error.code });
  });
  try {
    return JSON.parse(text);
  } catch {
    throw new RecordingError(`${file} is not JSON`);
  }
}
