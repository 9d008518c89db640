import { isDeepStrictEqual } from 'node:util';
import type { PapersIngested } from '../../shared/contract/events.js';
import { type CalendarDate, dateOf, dayMs, type Instant } from '../../shared/domain/calendar-date.js';
import { judgeSource } from '../../shared/domain/judge-source.js';
import { changedObservation, mergeRecord } from '../../shared/domain/merge-record.js';
import type { Paper, PaperRecord } from '../../shared/domain/paper.js';
import type { PaperId } from '../../shared/domain/paper-id.js';
import { type PaperSource, type SourceAnswer, SourceDown } from '../../shared/sources/paper-source.js';
import type { KnownPaper, PaperRepository } from '../../shared/storage/papers-repository.js';

/** What arXiv said of a paper is asked again after this: versions and withdrawals come late. */
const descriptionLastsMs = dayMs;

export interface IngestPapersDeps {
  readonly sources: readonly PaperSource[];
  readonly describe: (ids: readonly PaperId[]) => Promise<SourceAnswer>;
  readonly papers: Pick<PaperRepository, 'find' | 'save' | 'noteListedDay' | 'noteHealth' | 'health'>;
  readonly publish: (event: PapersIngested) => Promise<void>;
  readonly warn: (message: string, what: object) => void;
  /** Counts the sources that did not answer. */
  readonly countDown: (sources: number) => void;
  readonly now: () => Instant;
}

export interface IngestReport extends PapersIngested {
  readonly records: number;
  readonly saved: number;
  readonly rejected: number;
}

/** Asks every source what is new, keeps it, and says how each source did; a source that is down stops no other. */
export async function ingestPapers(deps: IngestPapersDeps): Promise<IngestReport> {
  const at = deps.now();
  const answers = await Promise.all(deps.sources.map((source) => ask(source, at, deps)));
  const records = answers.flatMap(({ answer }) => answer?.records ?? []);
  const saved = await keep(records, at, deps);
  for (const day of answers.flatMap(({ answer }) => answer?.days ?? [])) await deps.papers.noteListedDay(day, at);
  const described = await describeListed(records, at, deps);
  for (const { health } of answers) await deps.papers.noteHealth(health);
  const event = { at, sources: answers.map(({ health }) => ({ name: health.source, status: health.status })) };
  await deps.publish(event);
  deps.countDown(event.sources.filter(({ status }) => status === 'down').length);
  const rejected = answers.reduce((sum, { health }) => sum + health.rejected, 0);
  return { ...event, records: records.length, saved: saved + described, rejected };
}

async function ask(source: PaperSource, at: Instant, deps: IngestPapersDeps) {
  const previous = (await deps.papers.health()).find((health) => health.source === source.name);
  const judge = (reading: { rejected: number; newestDay?: CalendarDate | undefined; failure?: string }) =>
    judgeSource({ source: source.name, at, ...reading }, previous);
  try {
    const answer = await source.latest(dateOf(at));
    report(source.name, answer, deps);
    return { answer, health: judge({ rejected: answer.rejected.length, newestDay: newestDayOf(answer, at) }) };
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('a source is down; the others go on', { source: source.name, reason: error.message });
    return { answer: undefined, health: judge({ rejected: 0, failure: error.message }) };
  }
}

/** The newest day with papers; a source without daily lists has them today or not at all. */
function newestDayOf(answer: SourceAnswer, at: Instant): CalendarDate | undefined {
  if (answer.days.length === 0) return answer.records.length > 0 ? dateOf(at) : undefined;
  return answer.days
    .filter(({ listed }) => listed > 0)
    .map(({ date }) => date)
    .sort()
    .at(-1);
}

function report(source: string, answer: SourceAnswer, deps: IngestPapersDeps): void {
  for (const rejected of answer.rejected) deps.warn('a record was left out', { source, ...rejected });
  for (const request of answer.unanswered) deps.warn('a request had no answer', { source, request });
}

/** Saves the papers that the records make new or change; returns how many. */
async function keep(
  records: readonly PaperRecord[],
  at: Instant,
  deps: IngestPapersDeps,
  finish: (paper: Paper) => Paper = (paper) => paper,
): Promise<number> {
  const known = await deps.papers.find([...new Set(records.map((record) => record.id))]);
  const merged = new Map<PaperId, KnownPaper>();
  for (const record of records) {
    const before = merged.get(record.id) ?? known.get(record.id);
    const latest = changedObservation(before?.latest, record.counts, at) ?? before?.latest;
    const paper = finish(mergeRecord(before?.paper, record, at));
    merged.set(record.id, latest ? { paper, latest } : { paper });
  }
  const changed = [...merged].filter(([id, after]) => !isDeepStrictEqual(after, known.get(id)));
  for (const [id, { paper, latest }] of changed) {
    await deps.papers.save(paper, latest === known.get(id)?.latest ? undefined : latest);
  }
  return changed.length;
}

/** Asks arXiv about papers that only other sources know, and daily again about those it described. */
async function describeListed(records: readonly PaperRecord[], at: Instant, deps: IngestPapersDeps): Promise<number> {
  const listed = [...new Set(records.filter(({ source }) => source !== 'arxiv').map(({ id }) => id))];
  const known = await deps.papers.find(listed);
  const isDue = (id: PaperId) =>
    (known.get(id)?.paper.describedAt ?? Number.NEGATIVE_INFINITY) <= at - descriptionLastsMs;
  const due = listed.filter(isDue);
  if (due.length === 0) return 0;
  try {
    const answer = await deps.describe(due);
    report('arxiv', answer, deps);
    const saved = await keep(answer.records, at, deps, (paper) => ({ ...paper, describedAt: at }));
    return saved;
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('arXiv described no paper; it is asked again in the next run', { note: error.message });
    return 0;
  }
}
