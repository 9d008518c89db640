import { isDeepStrictEqual } from 'node:util';
import type { EditionPublished, PapersIngested } from '../../shared/contract/events.js';
import { dateOf, hourMs, startOf } from '../../shared/domain/calendar-date.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { HighlightRepository } from '../../shared/storage/highlights-repository.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import { type MakeEditionDeps, makeEdition } from './make-edition.js';
import { type NoteFrequenciesDeps, noteFrequencies } from './note-frequencies.js';
import { type NoteMonthDeps, noteMonth } from './note-month.js';
import { prepareHighlights } from './prepare-highlights.js';

interface ScoreTrendsDeps extends NoteMonthDeps {
  readonly papers: MakeEditionDeps['papers'] & Pick<PaperRepository, 'idsActiveOn' | 'find' | 'withdrawn'>;
  readonly highlights: HighlightRepository;
  readonly editions: NoteMonthDeps['editions'] &
    NoteFrequenciesDeps['editions'] &
    Pick<EditionRepository, 'isPublished' | 'before' | 'publish' | 'withdrawn' | 'noteWithdrawn'>;
  readonly announce: (event: EditionPublished) => Promise<void>;
  readonly publishHour: number;
}

type ScoreTrendsOutcome =
  | { readonly outcome: 'no-source-answered' | 'too-early' | 'already-published' | 'no-papers' }
  | { readonly outcome: 'published'; readonly edition: string; readonly papers: number };

/**
 * Publishes the edition of the ingest's day after the first ingest at or after the publish hour in which a source
 * answered. A window without any paper is not frozen into an empty edition: the next ingest tries again. The month's index and
 * topic counts follow the announcement, or a later ingest, so that no digest waits for them. Every ingest brings the list of
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
    await noteMonth(date, deps);
    return { outcome: 'already-published' };
  }

  const edition = await makeEdition(date, deps);
  if (!edition) return { outcome: 'no-papers' };
  if ((await deps.editions.publish(edition)) === 'already-published') return { outcome: 'already-published' };
  // By these the first digest is chosen. Where they fail, the edition's own will do, and nobody waits for them.
  await noteFrequencies(edition, deps).finally(() => deps.announce({ date }));
  await noteMonth(date, deps);
  return { outcome: 'published', edition: date, papers: edition.papers.length };
}
