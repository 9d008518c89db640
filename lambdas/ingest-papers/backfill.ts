import type { Backfill } from '../../shared/contract/messages.js';
import { addDays, type CalendarDate, type Instant, startOf } from '../../shared/domain/calendar-date.js';
import type { Paper, PaperRecord } from '../../shared/domain/paper/paper.js';
import type { SubmittedPage } from '../../shared/sources/arxiv.js';
import { type SourceAnswer, SourceDown } from '../../shared/sources/paper-source.js';
import type { BackfillMark, BackfillMarks } from '../../shared/storage/papers/backfill-mark.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { describePapers, reportAnswer } from './describe-papers.js';
import { joinRecords, keepChanged } from './keep-papers.js';

/** A piece that is not answered is asked for so often, after what else waits in the queue; then the admin has to ask. */
const mostTries = 5;

export interface BackfillDeps {
  readonly listedOn: (date: CalendarDate) => Promise<SourceAnswer>;
  readonly submittedOn: (date: CalendarDate, start: number) => Promise<SubmittedPage>;
  readonly describe: Parameters<typeof describePapers>[2]['describe'];
  readonly papers: Pick<PaperRepository, 'find' | 'keep' | 'withdrawn' | 'noteWithdrawn' | 'noteListedDay'>;
  readonly marks: BackfillMarks;
  /** Puts the next piece on the queue, behind what waits there. */
  readonly requeue: (message: Backfill) => Promise<void>;
  /** Waits as long as arXiv wants between two requests: the next may come from another process. */
  readonly rest: () => Promise<unknown>;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

interface BackfillReport {
  readonly outcome: 'goes-on' | 'done' | 'superseded' | 'tried-in-vain' | 'stopped';
  readonly date?: CalendarDate;
  readonly saved?: number;
}

/**
 * Keeps one piece of past days: a page of what was submitted to arXiv on a day, and before the first page what Hugging Face lists
 * for it. Then it asks for the next piece, behind the hourly run if that waits. Papers and counts as they are now, no edition and no mail;
 * a paper that was not known counts as first seen on its day. A piece that is delivered twice changes nothing the second
 * time, and one of a backfill that another has replaced is dropped.
 */
export async function backfill(message: Backfill, deps: BackfillDeps): Promise<BackfillReport> {
  const mark = await markOf(message, deps);
  if (!mark) return { outcome: 'superseded' };
  if (mark.isDone) return { outcome: 'done' };
  const { place } = mark;
  try {
    const { saved, next } = await keepPiece(place, deps);
    const report = { date: place.date, saved };
    const after = next === undefined ? { date: addDays(place.date, 1), start: 0 } : { date: place.date, start: next };
    const isDone = after.date > mark.to;
    // First: a piece that ends between the two comes again, and finds the mark where it was.
    if (!isDone) await deps.requeue(pieceOf(mark, after));
    await deps.marks.note({ ...mark, place: after, saved: mark.saved + saved, changedAt: deps.now(), isDone });
    return { outcome: isDone ? 'done' : 'goes-on', ...report };
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    return inVain(message, mark, error, deps);
  } finally {
    await deps.rest();
  }
}

const pieceOf = ({ id, from, to }: BackfillMark, place: BackfillMark['place']): Backfill => ({
  kind: 'backfill',
  id,
  from,
  to,
  place,
});

/** The mark that the message works on; `undefined` when it is no piece of the present backfill, or not the next one. */
async function markOf(message: Backfill, { marks, now }: BackfillDeps): Promise<BackfillMark | undefined> {
  const { id, from, to, place } = message;
  const last = await marks.last();
  if (place) {
    const isNext = last?.id === id && last.place.date === place.date && last.place.start === place.start;
    return isNext ? last : undefined;
  }
  if (last?.id === id) return last;
  const isContinued = last !== undefined && last.from === from && last.to === to && !last.isDone;
  const at = now();
  const { stoppedBy: _, ...begun } = isContinued
    ? { ...last, id, changedAt: at }
    : { id, from, to, place: { date: from, start: 0 }, saved: 0, startedAt: at, changedAt: at, isDone: false };
  await marks.note(begun);
  return begun;
}

async function inVain(
  message: Backfill,
  mark: BackfillMark,
  error: SourceDown,
  deps: BackfillDeps,
): Promise<BackfillReport> {
  const tries = (message.tries ?? 0) + 1;
  const what = { date: mark.place.date, reason: error.message, tries };
  if (tries < mostTries) {
    deps.warn('a piece of a backfill was not answered; it is asked for again', what);
    await deps.requeue({ ...pieceOf(mark, mark.place), tries });
    return { outcome: 'tried-in-vain', date: mark.place.date };
  }
  deps.warn('a backfill has stopped; the admin can let it go on', what);
  await deps.marks.note({ ...mark, changedAt: deps.now(), stoppedBy: error.message });
  return { outcome: 'stopped', date: mark.place.date };
}

async function keepPiece(
  { date, start }: BackfillMark['place'],
  deps: BackfillDeps,
): Promise<{ readonly saved: number; readonly next?: number }> {
  const at = deps.now();
  const listed = start === 0 ? await keepListed(date, at, deps) : 0;
  const page = await deps.submittedOn(date, start);
  reportAnswer('arxiv', page, deps.warn);
  const saved = listed + (await keep(page.records, date, at, deps, true));
  return page.next === undefined ? { saved } : { saved, next: page.next };
}

async function keepListed(date: CalendarDate, at: Instant, deps: BackfillDeps): Promise<number> {
  const answer = await deps.listedOn(date);
  reportAnswer('hugging-face', answer, deps.warn);
  const saved = await keep(answer.records, date, at, deps);
  for (const day of answer.days) await deps.papers.noteListedDay(day, at);
  return saved + (await describePapers({ records: answer.records, versions: [] }, at, deps));
}

async function keep(
  records: readonly PaperRecord[],
  date: CalendarDate,
  at: Instant,
  { papers }: BackfillDeps,
  isDescribed = false,
): Promise<number> {
  // One that is first heard of now is no news: it would be a candidate of today's edition.
  const ofItsDay = (paper: Paper): Paper => ({
    ...paper,
    ...(paper.firstSeenAt === at && { firstSeenAt: startOf(date) }),
    ...(isDescribed && { describedAt: at }),
  });
  return keepChanged(await joinRecords(records, at, papers, ofItsDay), at, papers);
}
