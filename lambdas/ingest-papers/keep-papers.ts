import { isDeepStrictEqual } from 'node:util';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { changedObservation, mergeRecord } from '../../shared/domain/paper/merge-record.js';
import type { Counts, Observation, Paper, PaperRecord } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { KnownPaper, PaperChange } from '../../shared/storage/papers/paper-changes.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';

export type Changes = ReadonlyMap<PaperId, PaperChange>;

/** Joins the records with what is known of their papers; nothing is kept yet. */
export async function joinRecords(
  records: readonly PaperRecord[],
  at: Instant,
  papers: Pick<PaperRepository, 'find'>,
  finish: (paper: Paper) => Paper = (paper) => paper,
): Promise<Changes> {
  const known = await papers.find([...new Set(records.map((record) => record.id))]);
  const changes = new Map<PaperId, PaperChange>();
  for (const record of records) {
    const before = known.get(record.id);
    const merged = changes.get(record.id)?.after ?? before;
    const paper = finish(mergeRecord(merged?.paper, record, at));
    changes.set(record.id, { before, after: observed(paper, merged, record.counts, at) });
  }
  return changes;
}

/**
 * The paper with a new observation where the counts changed; else with the newest that is known. The stars of a
 * repository that another has taken the place of are not carried on: the new one's would look like a rise.
 */
export function observed(
  paper: Paper,
  known: KnownPaper | undefined,
  counts: Counts | undefined,
  at: Instant,
): KnownPaper {
  const before = known && paper.codeUrl !== known.paper.codeUrl ? withoutStars(known.latest) : known?.latest;
  const latest = changedObservation(before, counts, at) ?? before;
  return latest ? { paper, latest } : { paper };
}

function withoutStars(latest: Observation | undefined): Observation | undefined {
  if (!latest) return undefined;
  const { stars: _, ...rest } = latest;
  return rest;
}

/** Keeps the papers that are new or changed; returns how many. Of one run a paper has at most one observation. */
export async function keepChanged(
  changes: Changes,
  at: Instant,
  papers: Pick<PaperRepository, 'keep' | 'withdrawn' | 'noteWithdrawn'>,
): Promise<number> {
  const changed = [...changes.values()].filter(({ before, after }) => !isDeepStrictEqual(after, before));
  // First, because a run that ends early would later find no change to note.
  await noteWithdrawals(changes, papers);
  await papers.keep(changed, at);
  return changed.length;
}

async function noteWithdrawals(
  changes: Changes,
  papers: Pick<PaperRepository, 'withdrawn' | 'noteWithdrawn'>,
): Promise<void> {
  if (changes.size === 0) return;
  const noted = await papers.withdrawn();
  const others = noted.filter((id) => !changes.has(id));
  const withdrawn = [...changes.values()].filter(({ after }) => after.paper.isWithdrawn);
  const ids = [...others, ...withdrawn.map(({ after }) => after.paper.id)].sort();
  if (!isDeepStrictEqual(ids, noted)) await papers.noteWithdrawn(ids);
}
