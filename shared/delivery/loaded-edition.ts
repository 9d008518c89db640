import { type CalendarDate, dateOf, type Instant } from '../domain/calendar-date.js';
import { type IndexedEdition, indexEdition } from '../domain/edition/choose-papers.js';
import type { Edition, RankedPaper } from '../domain/edition/edition.js';
import { inWeekOrder } from '../domain/edition/week-order.js';
import type { Frequencies } from '../domain/likeness/likeness-profile.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import type { Topic } from '../domain/subscriber/topic.js';
import { type DigestParts, digestParts } from '../mail/digest/digest-parts.js';
import { describeFault } from '../runtime/describe-fault.js';

/** An edition as a function that mails keeps it between messages: indexed once, each part of its mails made once. */
export interface LoadedEdition {
  readonly date: CalendarDate;
  readonly indexed: IndexedEdition;
  /** The same as the week's best. */
  readonly week: IndexedEdition;
  /** The places of its papers, from 0. */
  readonly placeOf: ReadonlyMap<PaperId, number>;
  readonly parts: DigestParts;
  /** Makes it ready for topics that are learned, which takes a moment the first time; `undefined` where nothing is to be done. */
  readonly readyFor: (topics: readonly Topic[]) => Promise<void> | undefined;
}

/** Gives the edition of a date; throws when there is none. */
export type LoadEdition = (date: CalendarDate) => Promise<LoadedEdition>;

/** How frequent the words of an edition are; `undefined` where that was not noted. */
type FrequenciesOf = (edition: Edition) => Promise<Frequencies | undefined>;

/** Makes an edition ready to be matched and mailed. */
export function loadedEdition(edition: Edition, frequenciesOf: FrequenciesOf = async () => undefined): LoadedEdition {
  const placeOf = new Map(edition.papers.map(({ paper }, place) => [paper.id, place]));
  const indexed = indexEdition(edition);
  const week = inWeekOrder(indexed);
  const prepare = async () => {
    const frequencies = await frequenciesOf(edition);
    if (indexed.likeness.isPrepared()) return;
    for (const order of [indexed, week]) order.likeness.prepare(frequencies);
  };
  const isReadyFor = (topics: readonly Topic[]) =>
    indexed.likeness.isPrepared() || topics.every(({ filter }) => filter);
  const readyFor: LoadedEdition['readyFor'] = (topics) => (isReadyFor(topics) ? undefined : prepare());
  return { date: edition.date, indexed, week, placeOf, parts: digestParts(edition.date), readyFor };
}

interface EditionsRead {
  find(date: CalendarDate): Promise<Edition | undefined>;
  withdrawn(): Promise<readonly PaperId[]>;
  frequencies(edition: Edition): Promise<Frequencies | undefined>;
}

type Warn = (message: string, what: object) => void;

/**
 * Marks the papers of an edition that have been withdrawn since it came out; the same edition where nothing changes. A
 * note that cannot be read stops nobody: that is warned of, and the marks stay as they are.
 */
export async function markWithdrawn(
  edition: Edition,
  editions: Pick<EditionsRead, 'withdrawn'>,
  warn: Warn,
): Promise<Edition> {
  try {
    const withdrawn = new Set(await editions.withdrawn());
    const isRight = ({ paper }: RankedPaper) => paper.isWithdrawn === withdrawn.has(paper.id);
    if (edition.papers.every(isRight)) return edition;
    const papers = edition.papers.map((ranked) =>
      isRight(ranked) ? ranked : { ...ranked, paper: { ...ranked.paper, isWithdrawn: !ranked.paper.isWithdrawn } },
    );
    return { ...edition, papers };
  } catch (error) {
    const what = { edition: edition.date, reason: describeFault(error) };
    warn('which papers are withdrawn cannot be read; they may be shown unmarked', what);
    return edition;
  }
}

/**
 * Loads and indexes an edition once for all messages of this process, anew when a paper of it has been withdrawn; keeps
 * only the last one.
 */
export function editionCache(editions: EditionsRead, warn: Warn): LoadEdition {
  let last: LoadedEdition | undefined;
  async function load(date: CalendarDate): Promise<LoadedEdition> {
    const known = last?.date === date ? last : undefined;
    const found = known?.indexed.edition ?? (await editions.find(date));
    if (!found) throw new Error(`edition ${date} is not published`);
    const edition = await markWithdrawn(found, editions, warn);
    const loaded = known?.indexed.edition === edition ? known : loadedEdition(edition, editions.frequencies);
    last = loaded;
    return loaded;
  }

  const loading = new Map<CalendarDate, Promise<LoadedEdition>>();
  return (date) => {
    // Jobs that begin together share it: each of its cards is made once for all of them.
    const asked = loading.get(date) ?? load(date).finally(() => loading.delete(date));
    loading.set(date, asked);
    return asked;
  };
}

/**
 * Gives the newest edition that still counts at an instant, if there is one: the storage says which, and `load` makes it
 * ready. It is sealed before it is loaded, so that what is claimed by it is never remade.
 */
export function newestEdition(
  editions: {
    newestDate(today: CalendarDate): Promise<CalendarDate | undefined>;
    seal(date: CalendarDate, at: Instant): Promise<unknown>;
  },
  load: LoadEdition,
) {
  return async (now: Instant): Promise<LoadedEdition | undefined> => {
    const date = await editions.newestDate(dateOf(now));
    if (date === undefined) return undefined;
    await editions.seal(date, now);
    return load(date);
  };
}
