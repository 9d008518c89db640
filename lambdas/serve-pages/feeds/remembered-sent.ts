import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { Paper } from '../../../shared/domain/paper/paper.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import type { SeenPlaces } from '../../../shared/domain/subscriber/subscriber.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { PaperRepository } from '../../../shared/storage/papers/papers-repository.js';

/** What one edition's digest brought, best first; papers that are not known any more are left out. */
interface SentPapers {
  readonly edition: CalendarDate;
  readonly papers: readonly Paper[];
}

/** Gives the papers at some places of editions, in the order of what was asked. */
export type LoadSent = (sent: readonly SeenPlaces[]) => Promise<readonly SentPapers[]>;

/** Two megabytes of ids. */
const keptEditions = 45;
/** Some five megabytes; what a subscriber was sent in 14 days is 350 at most. */
const keptPapers = 2000;

interface SentTables {
  readonly editions: Pick<EditionRepository, 'papersOf'>;
  readonly papers: Pick<PaperRepository, 'descriptions'>;
}

/**
 * Reads what was sent without reading whole editions. Programs ask for the same feed every hour: the ids of editions, which
 * are frozen, and the papers that were asked for last are kept.
 */
export function rememberedSent({ editions, papers }: SentTables): LoadSent {
  const ids = new Map<CalendarDate, readonly PaperId[]>();
  const known = new Map<PaperId, Paper>();

  async function idsOf(date: CalendarDate): Promise<readonly PaperId[]> {
    const found = ids.get(date) ?? (await editions.papersOf(date)) ?? [];
    if (found.length > 0) keep(ids, [[date, found]], keptEditions);
    return found;
  }

  return async (sent) => {
    const wanted: { readonly edition: CalendarDate; readonly ids: readonly PaperId[] }[] = [];
    for (const { edition, places } of sent) {
      const all = await idsOf(edition);
      wanted.push({ edition, ids: places.flatMap((place) => all[place] ?? []) });
    }
    const asked = [...new Set(wanted.flatMap((each) => each.ids))];
    const missing = asked.filter((id) => !known.has(id));
    const read = new Map(
      missing.length > 0 ? (await papers.descriptions(missing)).map((paper) => [paper.id, paper]) : [],
    );
    const found = new Map(
      asked.flatMap((id) => {
        const paper = known.get(id) ?? read.get(id);
        return paper ? [[id, paper] as const] : [];
      }),
    );
    keep(known, found, keptPapers);
    return wanted.map(({ edition, ids }) => ({ edition, papers: ids.flatMap((id) => found.get(id) ?? []) }));
  };
}

/** Puts entries last, and drops the first of those that are too many. */
function keep<Key, Value>(kept: Map<Key, Value>, entries: Iterable<readonly [Key, Value]>, most: number): void {
  for (const [key, value] of entries) {
    kept.delete(key);
    kept.set(key, value);
  }
  for (const oldest of [...kept.keys()].slice(0, Math.max(0, kept.size - most))) kept.delete(oldest);
}
