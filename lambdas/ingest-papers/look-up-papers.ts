import type { PapersFound } from '../../shared/contract/events.js';
import type { IngestPapers } from '../../shared/contract/messages.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { type SourceAnswer, SourceDown } from '../../shared/sources/paper-source.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { keepDescribed, reportAnswer } from './describe-papers.js';

export interface LookUpPapersDeps {
  readonly describe: (ids: readonly PaperId[]) => Promise<SourceAnswer>;
  readonly papers: Pick<PaperRepository, 'find' | 'keep' | 'withdrawn' | 'noteWithdrawn'>;
  readonly publish: (event: PapersFound) => Promise<void>;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

interface LookUpReport {
  readonly outcome: 'looked-up' | 'unanswered';
  readonly asked: number;
  readonly found: number;
  readonly missing: number;
}

/**
 * Finds papers that a subscriber named: those that are not known here are asked of arXiv and kept, in no list and so in no
 * edition. What arXiv leaves unanswered is neither found nor missing; whoever waits for it asks again.
 */
export async function lookUpPapers(
  { subscriber, ids }: Extract<IngestPapers, { kind: 'look-up' }>,
  deps: LookUpPapersDeps,
): Promise<LookUpReport> {
  const at = deps.now();
  const known = await deps.papers.find(ids);
  const unknown = [...new Set(ids.filter((id) => !known.has(id)))];
  const answer = unknown.length === 0 ? nothing : await ask(unknown, deps);
  await keepDescribed(answer.records, at, deps.papers);
  const given = new Set(answer.records.map(({ id }) => id));
  const isWhole = answer.unanswered.length === 0;
  const found = ids.filter((id) => known.has(id) || given.has(id));
  const missing = isWhole ? unknown.filter((id) => !given.has(id)) : [];
  await deps.publish({ subscriber, ids: found, missing });
  const outcome = isWhole ? 'looked-up' : 'unanswered';
  return { outcome, asked: unknown.length, found: found.length, missing: missing.length };
}

const nothing: SourceAnswer = { records: [], days: [], rejected: [], unanswered: [] };

async function ask(ids: readonly PaperId[], deps: LookUpPapersDeps): Promise<SourceAnswer> {
  try {
    const answer = await deps.describe(ids);
    reportAnswer('arxiv', answer, deps.warn);
    return answer;
  } catch (error) {
    if (!(error instanceof SourceDown)) throw error;
    deps.warn('arXiv gave none of the papers that a subscriber named', { note: error.message });
    return { ...nothing, unanswered: [error.message] };
  }
}
