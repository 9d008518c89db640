import type { CalendarDate, Instant } from '../calendar-date.js';
import type { Observation, Paper, PaperRecord, SourceName } from './paper.js';

function together<Item extends string>(known: readonly Item[], more: Item | undefined): readonly Item[] {
  return more === undefined || known.includes(more) ? known : [...known, more].sort();
}

/** arXiv's own texts of a paper take precedence over any other source's. */
function wordsOf(known: Paper | undefined, record: PaperRecord) {
  const from = known?.sources.includes('arxiv') && record.source !== 'arxiv' ? known : record;
  return { title: from.title, abstract: from.abstract, authors: from.authors };
}

/** Whether a record tells of a later version than is known. */
export function isNewVersion(known: Paper | undefined, { version }: PaperRecord): boolean {
  return known !== undefined && version !== undefined && version > (known.version ?? 0);
}

function optional(known: Paper | undefined, record: PaperRecord, at: Instant) {
  const codeUrl = record.codeUrl ?? known?.codeUrl ?? record.mentionedCodeUrl;
  const newest = {
    aiSummary: record.aiSummary ?? known?.aiSummary,
    organisation: record.organisation ?? known?.organisation,
    submitter: known?.submitter ?? record.submitter,
    codeUrl,
    codeSince: known !== undefined && codeUrl !== known.codeUrl ? at : known?.codeSince,
    projectUrl: record.projectUrl ?? known?.projectUrl,
    version: Math.max(record.version ?? 0, known?.version ?? 0) || undefined,
    describedAt: isNewVersion(known, record) ? undefined : known?.describedAt,
    isLookedUp: isListed(known, record) ? undefined : true,
    starsFrom: record.counts?.stars === undefined ? known?.starsFrom : record.source,
  };
  return Object.fromEntries(Object.entries(newest).filter(([, value]) => value !== undefined));
}

/** Whether a source has listed the paper: one that was looked up counts as seen from its first listing on. */
function isListed(known: Paper | undefined, { isListing }: PaperRecord): boolean {
  return isListing !== false || (known !== undefined && !known.isLookedUp);
}

/**
 * Merges what a source says now with what is known: the same paper from two sources is one. What the source does not
 * say stays as it was; the earliest publication, the first sight and the first submitter are kept. A repository that a
 * text only mentions never replaces another. A new version has yet to be described.
 */
export function mergeRecord(known: Paper | undefined, record: PaperRecord, at: Instant): Paper {
  return {
    ...optional(known, record, at),
    ...wordsOf(known, record),
    id: record.id,
    categories: record.categories?.length ? record.categories : (known?.categories ?? []),
    keywords: record.keywords?.length ? record.keywords : (known?.keywords ?? []),
    publishedAt: Math.min(known?.publishedAt ?? record.publishedAt, record.publishedAt),
    firstSeenAt: known && !(known.isLookedUp && isListed(known, record)) ? known.firstSeenAt : at,
    listedDays: together<CalendarDate>(known?.listedDays ?? [], record.listedOn),
    isWithdrawn: record.isWithdrawn ?? known?.isWithdrawn ?? false,
    sources: together<SourceName>(known?.sources ?? [], record.source),
  };
}

/**
 * The observation to store when a source's counts differ from the latest ones; counts it does not give are carried
 * over.
 */
export function changedObservation(
  latest: Observation | undefined,
  counts: PaperRecord['counts'],
  at: Instant,
): Observation | undefined {
  if (!counts) return undefined;
  const next = { ...latest, ...counts, at };
  const isSame = next.upvotes === latest?.upvotes && next.comments === latest?.comments && next.stars === latest?.stars;
  return isSame ? undefined : next;
}
