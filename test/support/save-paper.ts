import type { Observation, Paper } from '../../shared/domain/paper/paper.js';
import type { PaperRepository } from '../../shared/storage/papers/papers-repository.js';

/**
 * Keeps a paper as a run does that observes `latest` and finds nothing else; without it the newest observation stays.
 */
export async function savePaper(
  papers: Pick<PaperRepository, 'find' | 'keep'>,
  paper: Paper,
  latest?: Observation,
  at = latest?.at ?? paper.firstSeenAt,
): Promise<void> {
  const before = (await papers.find([paper.id])).get(paper.id);
  const newest = latest ?? before?.latest;
  await papers.keep([{ before, after: { paper, ...(newest && { latest: newest }) } }], at);
}
