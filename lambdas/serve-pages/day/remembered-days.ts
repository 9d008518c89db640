import { type LoadedEdition, loadedEdition, markWithdrawn } from '../../../shared/delivery/loaded-edition.js';
import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';

/** Gives an edition, ready to be matched and shown; `undefined` when there is none of that date. */
export type LoadDay = (date: CalendarDate) => Promise<LoadedEdition | undefined>;

/** Most links lead to today's edition, some to yesterday's; one of two thousand papers takes up to a second to make. */
const keptDays = 2;

/** An edition remembers what each filter matched, and readers write their own: after this many it is made anew. */
const mostAsked = 1000;

interface Kept {
  readonly loaded: Promise<LoadedEdition | undefined>;
  readonly asked: number;
}

/** Makes an edition ready once for many readers, and keeps the last two that were asked for. */
export function rememberedDays(
  editions: Pick<EditionRepository, 'find' | 'withdrawn' | 'frequencies'>,
  warn: (message: string, what: object) => void,
): LoadDay {
  const kept = new Map<CalendarDate, Kept>();

  async function load(date: CalendarDate): Promise<LoadedEdition | undefined> {
    const edition = await editions.find(date);
    return edition && loadedEdition(await markWithdrawn(edition, editions, warn), editions.frequencies);
  }

  return (date) => {
    const last = kept.get(date);
    const next = last && last.asked < mostAsked ? { ...last, asked: last.asked + 1 } : { loaded: load(date), asked: 1 };
    kept.delete(date);
    const [oldest] = kept.keys();
    if (kept.size >= keptDays && oldest) kept.delete(oldest);
    kept.set(date, next);
    const forget = () => void (kept.get(date) === next && kept.delete(date));
    // What is not there, or could not be read, is asked for again.
    next.loaded.then((loaded) => loaded ?? forget(), forget);
    return next.loaded;
  };
}
