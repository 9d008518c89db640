import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { KnownPaper } from '../../shared/storage/paper-changes.js';
import type { PaperRepository } from '../../shared/storage/papers-repository.js';

/** Papers as one run reads and keeps them: each is read once, for nobody else writes them meanwhile. */
export function papersOfRun(papers: Pick<PaperRepository, 'find' | 'keep'>): typeof papers {
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
