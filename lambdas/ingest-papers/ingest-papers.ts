import type { PapersIngested } from '../../shared/contract/events.js';
import { type CalendarDate, dateOf, type Instant } from '../../shared/domain/calendar-date.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { judgeSource, type SourceHealth } from '../../shared/domain/paper/source-health.js';
import { type PaperSource, type SourceAnswer, SourceDown } from '../../shared/sources/paper-source.js';
import type { KnownPaper } from '../../shared/storage/papers/paper-changes.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { type CountStarsDeps, countStars } from './count-stars.js';
import { describePapers, newVersions, reportAnswer } from './describe-papers.js';
import { type Changes, joinRecords, keepChanged } from './keep-papers.js';

export interface IngestPapersDeps extends CountStarsDeps {
  readonly sources: readonly PaperSource[];
  readonly describe: (ids: readonly PaperId[]) => Promise<SourceAnswer>;
  readonly papers: Pick<
    PaperRepository,
    | 'find'
    | 'knownBetween'
    | 'keep'
    | 'withdrawn'
    | 'noteWithdrawn'
    | 'noteListedDay'
    | 'listedDays'
    | 'noteHealth'
    | 'health'
  >;
  readonly publish: (event: PapersIngested) => Promise<void>;
  /** Counts the sources that gave nothing new: down, or stale. */
  readonly countDown: (sources: number) => void;
  readonly now: () => Instant;
}

export interface IngestReport extends PapersIngested {
  readonly records: number;
  readonly saved: number;
  readonly rejected: number;
}

/**
 * Asks every source what is new, keeps it, and says how each source did; a source that is down stops no other. A
 * paper's counts are asked for while it is listed or first seen within seven days: 168 hourly observations at most for
 * each time that it is listed.
 */
export async function ingestPapers(deps: IngestPapersDeps): Promise<IngestReport> {
  const at = deps.now();
  const papers = { ...deps.papers, ...papersOfRun(deps.papers) };
  const replies = await Promise.all(deps.sources.map((source) => ask(source, at, deps)));
  const answers = replies.flatMap(({ answer }) => answer ?? []);
  const records = answers.flatMap((answer) => answer.records);
  const versions = answers.flatMap((answer) => answer.versions ?? []);
  const changes = await joinRecords([...records, ...(await newVersions(versions, papers))], at, papers);
  const healths = await judgeSources(replies, changes, at, papers);
  // The stars come before anything is kept: of one instant a paper has one observation.
  const saved = await keepChanged(await countStars(changes, at, deps), at, papers);
  await noteDays(answers, at, papers);
  const described = await describePapers({ records, versions }, at, { ...deps, papers });
  for (const health of healths) await papers.noteHealth(health);
  const event = { at, sources: healths.map(({ source, status }) => ({ name: source, status })) };
  await deps.publish(event);
  deps.countDown(event.sources.filter(({ status }) => status === 'down' || status === 'stale').length);
  const rejected = healths.reduce((sum, health) => sum + health.rejected, 0);
  return { ...event, records: records.length, saved: saved + described, rejected };
}

/** Notes how many papers days listed, as far as that is not what is noted already. */
async function noteDays(
  answers: readonly SourceAnswer[],
  at: Instant,
  papers: Pick<PaperRepository, 'noteListedDay' | 'listedDays'>,
): Promise<void> {
  const days = answers.flatMap((answer) => answer.days);
  const noted = new Map(
    (await papers.listedDays(days.map(({ date }) => date))).map(({ date, listed }) => [date, listed]),
  );
  for (const day of days) if (noted.get(day.date) !== day.listed) await papers.noteListedDay(day, at);
}

/** What came of asking a source: an answer, or why there is none. */
interface Reply {
  readonly source: PaperSource['name'];
  readonly answer?: SourceAnswer;
  readonly failure?: string;
}

async function ask(source: PaperSource, at: Instant, deps: IngestPapersDeps): Promise<Reply> {
  try {
    const answer = await source.latest(dateOf(at));
    reportAnswer(source.name, answer, deps.warn);
    return { source: source.name, answer };
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('a source is down; the others go on', { source: source.name, reason: error.message });
    return { source: source.name, failure: error.message };
  }
}

async function judgeSources(
  replies: readonly Reply[],
  changes: Changes,
  at: Instant,
  papers: Pick<PaperRepository, 'health'>,
): Promise<readonly SourceHealth[]> {
  const before = await papers.health();
  return replies.map(({ source, answer, failure }) => {
    const newestDay = answer && newestDayOf(answer, changes, at);
    const reading = { source, at, rejected: answer?.rejected.length ?? 0, newestDay, failure };
    return judgeSource(
      reading,
      before.find((health) => health.source === source),
    );
  });
}

/**
 * The newest day with a paper that the source had not given before; papers without a listing day count for today.
 */
function newestDayOf({ records }: SourceAnswer, changes: Changes, at: Instant): CalendarDate | undefined {
  const news = records.filter(({ id, source }) => !changes.get(id)?.before?.paper.sources.includes(source));
  return news
    .map(({ listedOn }) => listedOn ?? dateOf(at))
    .sort()
    .at(-1);
}

/** Papers as one run reads and keeps them: each is read once, for nobody else writes them meanwhile. */
function papersOfRun(papers: Pick<PaperRepository, 'find' | 'keep'>): typeof papers {
  const known = new Map<PaperId, KnownPaper | undefined>();
  return {
    async find(ids) {
      const unread = ids.filter((id) => !known.has(id));
      const found = unread.length === 0 ? undefined : await papers.find(unread);
      for (const id of unread) known.set(id, found?.get(id));
      return new Map(ids.flatMap((id) => [[id, known.get(id)] as const]).filter(isKnown));
    },
    async keep(changes, at) {
      await papers.keep(changes, at);
      for (const { after } of changes) known.set(after.paper.id, after);
    },
  };
}

const isKnown = (entry: readonly [PaperId, KnownPaper | undefined]): entry is readonly [PaperId, KnownPaper] =>
  entry[1] !== undefined;
