import type { PapersIngested } from '../../shared/contract/events.js';
import { type CalendarDate, dateOf, dayMs, type Instant } from '../../shared/domain/calendar-date.js';
import type { PaperRecord } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { judgeSource } from '../../shared/domain/paper/source-health.js';
import { type PaperSource, type SourceAnswer, SourceDown } from '../../shared/sources/paper-source.js';
import type { PaperRepository } from '../../shared/storage/papers-repository.js';
import { type CountStarsDeps, countStars } from './count-stars.js';
import { joinRecords, keepChanged } from './keep-papers.js';

/** What arXiv said of a paper is asked again after this: versions and withdrawals come late. */
const descriptionLastsMs = dayMs;

export interface IngestPapersDeps extends CountStarsDeps {
  readonly sources: readonly PaperSource[];
  readonly describe: (ids: readonly PaperId[]) => Promise<SourceAnswer>;
  readonly papers: Pick<PaperRepository, 'find' | 'knownBetween' | 'save' | 'noteListedDay' | 'noteHealth' | 'health'>;
  readonly publish: (event: PapersIngested) => Promise<void>;
  /** Counts the sources that did not answer. */
  readonly countDown: (sources: number) => void;
  readonly now: () => Instant;
}

export interface IngestReport extends PapersIngested {
  readonly records: number;
  readonly saved: number;
  readonly rejected: number;
}

/**
 * Asks every source what is new, keeps it, and says how each source did; a source that is down stops no other. A paper's
 * counts are asked for while it is listed or first seen within seven days: 168 hourly observations at most for each time
 * that it is listed.
 */
export async function ingestPapers(deps: IngestPapersDeps): Promise<IngestReport> {
  const at = deps.now();
  const answers = await Promise.all(deps.sources.map((source) => ask(source, at, deps)));
  const records = answers.flatMap(({ answer }) => answer?.records ?? []);
  const changes = await joinRecords(records, at, deps.papers);
  // The stars come before anything is kept: of one instant a paper has one observation.
  const saved = await keepChanged(await countStars(changes, at, deps), deps.papers);
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
    const described = await joinRecords(answer.records, at, deps.papers, (paper) => ({ ...paper, describedAt: at }));
    return await keepChanged(described, deps.papers);
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('arXiv described no paper; it is asked again in the next run', { note: error.message });
    return 0;
  }
}
