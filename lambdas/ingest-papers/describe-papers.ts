import { dayMs, type Instant } from '../../shared/domain/calendar-date.js';
import { isNewVersion } from '../../shared/domain/paper/merge-record.js';
import type { PaperRecord } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { type SourceAnswer, SourceDown } from '../../shared/sources/paper-source.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { joinRecords, keepChanged } from './keep-papers.js';

/** A listed paper's description is asked for again after this: versions and withdrawals come late. */
const descriptionLastsMs = dayMs;

interface DescribePapersDeps {
  readonly describe: (ids: readonly PaperId[]) => Promise<SourceAnswer>;
  readonly papers: Pick<PaperRepository, 'find' | 'keep' | 'withdrawn' | 'noteWithdrawn'>;
  readonly warn: (message: string, what: object) => void;
}

/** Logs which records of an answer could not be read, and which requests had no answer. */
export function reportAnswer(source: string, answer: SourceAnswer, warn: DescribePapersDeps['warn']): void {
  for (const rejected of answer.rejected) warn('a record was left out', { source, ...rejected });
  for (const request of answer.unanswered) warn('a request had no answer', { source, request });
}

/** What the sources announced in one run. */
interface Announced {
  readonly records: readonly PaperRecord[];
  readonly versions: readonly PaperRecord[];
}

/**
 * The versions that are new for a known paper, as the latest word on it: one that does not mention a withdrawal revokes
 * an earlier one, until arXiv's description, which has the comment too, says otherwise.
 */
export async function newVersions(
  versions: readonly PaperRecord[],
  papers: Pick<PaperRepository, 'find'>,
): Promise<readonly PaperRecord[]> {
  const known = await papers.find([...new Set(versions.map(({ id }) => id))]);
  const news = versions.filter((version) => isNewVersion(known.get(version.id)?.paper, version));
  return news.map((version) => ({ ...version, isWithdrawn: version.isWithdrawn ?? false, isListing: false }));
}

/**
 * Asks arXiv about papers that only other sources list, once a day, and about every known paper whose new version is
 * announced and not described yet; returns how many papers changed.
 */
export async function describePapers(announced: Announced, at: Instant, deps: DescribePapersDeps): Promise<number> {
  const due = await dueFor(announced, at, deps.papers);
  if (due.length === 0) return 0;
  try {
    const answer = await deps.describe(due);
    reportAnswer('arxiv', answer, deps.warn);
    return await keepDescribed(answer.records, at, deps.papers);
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('arXiv described no paper; it is asked again in the next run', { note: error.message });
    return 0;
  }
}

/** Keeps what arXiv answered about papers; returns how many changed. */
export async function keepDescribed(
  records: readonly PaperRecord[],
  at: Instant,
  papers: DescribePapersDeps['papers'],
): Promise<number> {
  const descriptions = records.map((record) => ({ ...record, isListing: false as const }));
  const described = await joinRecords(descriptions, at, papers, (paper) => ({ ...paper, describedAt: at }));
  return keepChanged(described, at, papers);
}

async function dueFor(
  { records, versions }: Announced,
  at: Instant,
  papers: Pick<PaperRepository, 'find'>,
): Promise<readonly PaperId[]> {
  const listed = new Set(records.filter(({ source }) => source !== 'arxiv').map(({ id }) => id));
  const all = [...new Set([...listed, ...versions.map(({ id }) => id)])];
  const known = await papers.find(all);
  return all.filter((id) => {
    const paper = known.get(id)?.paper;
    const describedAt = paper?.describedAt ?? Number.NEGATIVE_INFINITY;
    if (listed.has(id)) return describedAt <= at - descriptionLastsMs;
    return paper !== undefined && paper.describedAt === undefined;
  });
}
