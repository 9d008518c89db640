import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { type CalendarDate, dayMs, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import { parseJson } from '../../../shared/sources/source-text.js';

/** Lists are recorded in the morning (UTC) of their day; later than this all is played. */
const recordedAtHour = 8;

/** After so many hours a paper has half of what it is still to gain. */
const halfHours = 18;

/** Upvotes weeks later to those in the morning: the median of 264 papers of January and April 2026 that were recorded twice. */
const usualRise = 2.5;

/** A count that was recorded this long after the list tells where a paper's votes end. */
const endsAfterMs = 7 * dayMs;

const listed = z.looseObject({ paper: z.looseObject({ id: z.string(), upvotes: z.number() }) });

/** Upvotes that papers ended with, by id, where they were recorded. */
export type FinalVotes = ReadonlyMap<string, number>;

/**
 * An item of a daily list as it would be answered `now`: the recorded upvotes until 08:00 UTC of the list's day, then more, towards the
 * count that was recorded weeks later or, without one, two and a half times as many. Everything else is as recorded.
 */
export function withRisenVotes(
  item: unknown,
  { listedOn, now, finalVotes }: { listedOn: CalendarDate; now: Instant; finalVotes: FinalVotes },
): unknown {
  const read = listed.safeParse(item);
  if (!read.success) return item;
  const { paper, ...rest } = read.data;
  const hours = Math.max(0, (now - startOf(listedOn)) / hourMs - recordedAtHour);
  const still = Math.max(0, (finalVotes.get(paper.id) ?? paper.upvotes * usualRise) - paper.upvotes);
  const gained = Math.round(still * (1 - 2 ** (-hours / halfHours)));
  return { ...rest, paper: { ...paper, upvotes: paper.upvotes + gained } };
}

const observation = z.object({
  paperId: z.string(),
  observedAt: z.string(),
  dailyDate: z.optional(z.string()),
  upvotes: z.number(),
});

/** Reads `dir/trend-series/hf-upvotes.jsonl`, where there is one: lines that are no observation tell nothing. */
export async function readFinalVotes(dir: string): Promise<FinalVotes> {
  const text = await readFile(join(dir, 'trend-series', 'hf-upvotes.jsonl'), 'utf8').catch(() => '');
  const votes = new Map<string, number>();
  for (const line of text.split('\n')) {
    const read = observation.safeParse(parseJson(line));
    if (!read.success) continue;
    const { paperId, observedAt, dailyDate, upvotes } = read.data;
    const isLate = Date.parse(observedAt) - Date.parse(dailyDate ?? '') >= endsAfterMs;
    if (isLate) votes.set(paperId, Math.max(upvotes, votes.get(paperId) ?? 0));
  }
  return votes;
}
