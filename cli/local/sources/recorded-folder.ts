import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';

/** A folder of recordings that cannot be played; the message is one clear line. */
export class RecordingError extends Error {
  override readonly name = 'RecordingError';
}

/** An arXiv answer as it was recorded. */
export interface ArxivRecording {
  /** Path and query that were asked for. */
  readonly asked: string;
  readonly status: number;
  readonly recordedAt: string;
  readonly file: string;
}

/** The days that `dir/hf-daily-papers` holds. */
export async function recordedDays(dir: string): Promise<ReadonlySet<string>> {
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
export async function readRecordedDay(dir: string, date: CalendarDate): Promise<readonly unknown[]> {
  const file = join(dir, 'hf-daily-papers', `${date}.json`);
  const list = await readJson(file);
  if (!Array.isArray(list)) throw new RecordingError(`${file} holds no JSON list`);
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

/** The queries and feeds that `dir/arxiv/index.json` names; none when there is no such file. */
export async function readArxivIndex(dir: string): Promise<readonly ArxivRecording[]> {
  const file = join(dir, 'arxiv', 'index.json');
  const index = await readJson(file).catch((error: Error) => {
    if (error.cause === 'ENOENT') return [];
    throw error;
  });
  const entries = arxivIndex.safeParse(index);
  if (!entries.success) throw new RecordingError(`${file} is no index of recordings`);
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
    throw new RecordingError(`${file} is no JSON`);
  }
}
