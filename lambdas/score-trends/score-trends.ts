import { isDeepStrictEqual } from 'node:util';
import type { EditionPublished, PapersIngested } from '../../shared/contract/events.js';
import {
  type CalendarDate,
  dateOf,
  daysUpTo,
  hourMs,
  type Instant,
  startOf,
} from '../../shared/domain/calendar-date.js';
import { daysBefore, indexArchive } from '../../shared/domain/edition/archive.js';
import { countTopics } from '../../shared/domain/edition/backtest.js';
import { editionDays, firstEditionDay, rankEdition } from '../../shared/domain/edition/rank-edition.js';
import { highlightEdition } from '../../shared/domain/highlights/choose-highlights.js';
import type { Topic } from '../../shared/domain/subscriber/topic.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { HighlightRepository } from '../../shared/storage/highlights-repository.js';
import type { PaperRepository } from '../../shared/storage/papers-repository.js';
import { type ArchiveEditions, datesOfArchive, readArchive } from '../../shared/storage/read-archive.js';
import { preparedHighlights, prepareHighlights } from './prepare-highlights.js';

interface ScoreTrendsDeps {
  readonly papers: Pick<
    PaperRepository,
    'activeBetween' | 'idsActiveOn' | 'find' | 'listedDays' | 'withdrawn' | 'health'
  >;
  readonly highlights: HighlightRepository;
  readonly editions: ArchiveEditions &
    Pick<
      EditionRepository,
      'isPublished' | 'before' | 'publish' | 'withdrawn' | 'noteWithdrawn' | 'topicCounts' | 'noteTopicCounts'
    >;
  readonly catalogue: readonly Topic[];
  readonly announce: (event: EditionPublished) => Promise<void>;
  readonly publishHour: number;
  readonly now: () => Instant;
}

type ScoreTrendsOutcome =
  | { readonly outcome: 'no-source-answered' | 'too-early' | 'already-published' | 'no-papers' }
  | { readonly outcome: 'published'; readonly edition: string; readonly papers: number };

/**
 * Publishes the edition of the ingest's day after the first ingest at or after the publish hour in which a source
 * answered. A window without any paper is not frozen into an empty edition: the next ingest tries again. Topic counts
 * follow the announcement, or a later ingest, so that no digest waits for them. Every ingest brings the list of
 * withdrawn papers up to date, and chooses the highlights of new papers ahead.
 */
export async function scoreTrends(ingest: PapersIngested, deps: ScoreTrendsDeps): Promise<ScoreTrendsOutcome> {
  const outcome = await publishEdition(ingest, deps);
  await noteWithdrawn(deps);
  await prepareHighlights(dateOf(ingest.at), deps);
  return outcome;
}

/** The editions are frozen: what was withdrawn since is noted beside them. */
async function noteWithdrawn({ papers, editions }: ScoreTrendsDeps): Promise<void> {
  const withdrawn = await papers.withdrawn();
  if (!isDeepStrictEqual(withdrawn, await editions.withdrawn())) await editions.noteWithdrawn(withdrawn);
}

async function publishEdition(ingest: PapersIngested, deps: ScoreTrendsDeps): Promise<ScoreTrendsOutcome> {
  const date = dateOf(ingest.at);
  if (ingest.sources.every(({ status }) => status === 'down')) return { outcome: 'no-source-answered' };
  if (ingest.at < startOf(date) + deps.publishHour * hourMs) return { outcome: 'too-early' };
  if (await deps.editions.isPublished(date)) {
    await noteTopicCounts(date, deps);
    return { outcome: 'already-published' };
  }

  const observed = await deps.papers.activeBetween(firstEditionDay(date), date);
  const days = await deps.papers.listedDays(daysUpTo(date, editionDays));
  const chosen = await preparedHighlights(date, deps.highlights);
  const ranked = highlightEdition(rankEdition(date, observed, days, deps.now()), chosen);
  if (ranked.papers.length === 0) return { outcome: 'no-papers' };
  const edition = { ...ranked, ...(await circumstances(date, deps)) };

  if ((await deps.editions.publish(edition)) === 'already-published') return { outcome: 'already-published' };
  await deps.announce({ date });
  await noteTopicCounts(date, deps);
  return { outcome: 'published', edition: date, papers: edition.papers.length };
}

/** What readers are told beside the papers: the edition since which they are new, and how the sources did. */
async function circumstances(date: CalendarDate, { editions, papers }: ScoreTrendsDeps) {
  const previous = await editions.before(date);
  const sources = (await papers.health()).map(({ source, status, newestDay }) => ({
    source,
    status,
    ...(newestDay === undefined ? {} : { newestDay }),
  }));
  return { ...(previous && { previous }), sources };
}

/** Counts once per edition what each catalogue topic matched in the 30 days up to it, for the form to show at once. */
async function noteTopicCounts(date: CalendarDate, { editions, catalogue }: ScoreTrendsDeps): Promise<void> {
  if (await editions.topicCounts(date)) return;
  const span = daysBefore(date);
  const archive = await readArchive(editions, await datesOfArchive(editions, span), span);
  if (archive) await editions.noteTopicCounts(date, countTopics(indexArchive(archive), catalogue));
}
