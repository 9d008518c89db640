import { type CompiledFilter, compileFilter, treeOf } from '../filter/compile-filter.js';
import type { Filter, NearFilter, PhraseFilter } from '../filter/filter.js';
import { loosenFilter } from '../filter/loosen-filter.js';
import { allOf } from '../filter/write-filter.js';
import { nearestPlaces } from '../likeness/find/like-places.js';
import type { Topic } from '../subscriber/topic.js';
import { type IndexedEdition, openPlaces, topicPlaces } from './choose-papers.js';
import type { RankedPaper } from './edition.js';
import type { KnownSeen } from './seen-places.js';

/** A paper that matches part of a topic's filter. */
export interface ClosePaper {
  readonly ranked: RankedPaper;
  /** The topic's name. */
  readonly topic: string;
  /** The words of that part as written in the paper; none where it asks about no text. */
  readonly words: readonly string[];
}

/** What an edition without anything new in somebody's topics has for them all the same. */
export interface Surroundings {
  /** How many of its papers each topic matches that were sent before, and that are left out where there are any. */
  readonly topics: readonly { readonly name: string; readonly sentBefore: number; readonly leftOut?: number }[];
  /** Unseen papers that are not left out, best first. */
  readonly closest: readonly ClosePaper[];
  /** The best unseen papers of the edition that are not left out, whatever they are of. */
  readonly best: readonly RankedPaper[];
}

const mostClose = 5;
const mostBest = 3;

/**
 * Looks for what came closest to some topics, of which no unseen paper of the edition matches any but those that are left
 * out by `never`.
 */
export function lookAround(
  edition: IndexedEdition,
  topics: readonly Topic[],
  seen: KnownSeen,
  never: readonly CompiledFilter[] = [],
): Surroundings {
  const isUnseen = openPlaces(edition, { seen });
  const isOpen = openPlaces(edition, { seen, never });
  const topicOf = (topic: Topic) => {
    const places = topicPlaces(edition, topic);
    const unseen = places.filter(isUnseen);
    const leftOut = unseen.filter((place) => !isOpen(place)).length;
    const sentBefore = places.length - unseen.length;
    return { name: topic.name, sentBefore, ...(leftOut > 0 && { leftOut }) };
  };
  const open = [...edition.papers.keys()].filter(isOpen);
  return {
    topics: topics.map(topicOf),
    closest: closestOf(edition, topics, new Set(open)),
    best: open.slice(0, mostBest).flatMap((place) => edition.papers[place]?.ranked ?? []),
  };
}

/** Whatever one clause less, or a lower threshold, of the first topic and clause that find it, the best first. */
function closestOf(edition: IndexedEdition, topics: readonly Topic[], open: ReadonlySet<number>): ClosePaper[] {
  const { setOf, wordsAt } = edition.found();
  const foundBy = new Map<number, { readonly topic: string; readonly words: () => readonly string[] }>();
  const put = (place: number, topic: string, words: () => readonly string[]) => {
    if (open.has(place) && !foundBy.has(place)) foundBy.set(place, { topic, words });
  };
  for (const topic of topics) {
    for (const looser of topic.filter ? looserOf(topic.filter) : []) {
      for (const place of edition.placesOf(looser)) {
        put(place, topic.name, () => wordsAt(looser, setOf(looser), place));
      }
    }
    if (topic.filter) continue;
    const near = nearestPlaces(edition.likeness, topic, (place) => open.has(place), mostClose);
    for (const { place, words } of near) put(place, topic.name, () => words);
  }
  return [...foundBy]
    .sort(([one], [other]) => one - other)
    .slice(0, mostClose)
    .flatMap(([place, { topic, words }]) => {
      const ranked = edition.papers[place]?.ranked;
      return ranked ? [{ ranked, topic, words: words() }] : [];
    });
}

/** Looser filters by filter: taking one apart costs more than matching it. */
const looserKnown = new WeakMap<CompiledFilter, readonly CompiledFilter[]>();

function looserOf(filter: CompiledFilter): readonly CompiledFilter[] {
  const known = looserKnown.get(filter);
  if (known) return known;
  const whole = treeOf(filter);
  const looser = whole ? looserFilters(whole).map(compileFilter) : [];
  looserKnown.set(filter, looser);
  return looser;
}

/** What is left of a filter without one of its clauses; of a phrase, its words wherever they are. */
function looserFilters(filter: Filter): readonly Filter[] {
  switch (filter.kind) {
    case 'all':
      return loosenFilter(filter).flatMap(({ rest }) => (isOfSubject(rest) ? [rest] : []));
    case 'any':
      return filter.filters.flatMap(looserFilters);
    case 'phrase':
    case 'near':
      return [wordsOf(filter)];
    default:
      return [];
  }
}

function wordsOf(filter: PhraseFilter | NearFilter): Filter {
  const field = filter.field === undefined ? {} : { field: filter.field };
  const words = filter.terms.map(
    (term, at): Filter => ({
      kind: 'word',
      word: filter.words[at] ?? term,
      term,
      ...field,
    }),
  );
  const ends = filter.kind === 'phrase' && filter.prefix !== undefined ? [filter.prefix] : [];
  const [first, ...others] = [...words, ...ends.map((prefix): Filter => ({ kind: 'prefix', prefix, ...field }))];
  return first ? allOf([first, ...others]) : filter;
}

/** Whether a filter says what a paper is about: an exclusion, or a number, lets nearly every paper pass. */
function isOfSubject(filter: Filter): boolean {
  switch (filter.kind) {
    case 'all':
      return filter.filters.some(isOfSubject);
    case 'any':
      return filter.filters.every(isOfSubject);
    case 'not':
    case 'has':
    case 'source':
    case 'limit':
      return false;
    default:
      return true;
  }
}
