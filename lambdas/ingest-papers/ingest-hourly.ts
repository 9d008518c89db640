import { hourMs, type Instant } from '../../shared/domain/calendar-date.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';
import type { IngestReport } from './ingest-papers.js';

export interface IngestHourlyDeps {
  readonly ingest: () => Promise<IngestReport>;
  readonly papers: Pick<PaperRepository, 'health'>;
  /** Told at every hourly message of the hours since a source last answered, once one has. */
  readonly countHoursSinceIngest: (hours: number) => void;
  readonly now: () => Instant;
}

/**
 * Does the run that an hourly message asks for, unless the message waited for more than an hour: then the next one
 * waits behind it, and asks for the same. However it ends, it says how long ago papers last came.
 */
export async function ingestHourly(
  sentAt: Instant,
  deps: IngestHourlyDeps,
): Promise<IngestReport | { readonly outcome: 'skipped-as-too-old' }> {
  try {
    return deps.now() - sentAt > hourMs ? { outcome: 'skipped-as-too-old' } : await deps.ingest();
  } finally {
    const answers = (await deps.papers.health()).flatMap(({ lastAnswerAt }) => lastAnswerAt ?? []);
    if (answers.length > 0) deps.countHoursSinceIngest((deps.now() - Math.max(...answers)) / hourMs);
  }
}
