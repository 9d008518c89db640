import type { Edition, RankedPaper } from './edition.js';
import { type Filter, printFilter } from './filter/filter.js';
import { type IndexedPaper, indexPaper } from './filter/index-paper.js';
import { isMatch, matchFilter } from './filter/match-filter.js';
import { paperHash } from './seen-papers.js';
import type { SeenPapers } from './subscriber.js';
import type { Topic } from './topic.js';

/** An edition, ready to be matched by any number of subscribers. */
export interface IndexedEdition {
  readonly edition: Edition;
  /** In rank order, like the edition's. */
  readonly papers: readonly IndexedPaper[];
  /** Places of the papers that a filter matches, ascending; each distinct filter is evaluated once. */
  readonly placesOf: (filter: Filter) => readonly number[];
}

/** Why a paper is in a digest. */
export interface Reason {
  /** The topic's name. */
  readonly topic: string;
  /** Words of its filter as they stand in the paper; none when it matched by category or author of a paper that lost them. */
  readonly words: readonly string[];
}

/** A paper of a digest, with one reason for each of the subscriber's topics that it matches. */
export interface ChosenPaper {
  readonly ranked: RankedPaper;
  readonly reasons: readonly Reason[];
}

/** What one subscriber wants. */
export interface Choice {
  readonly topics: readonly Topic[];
  readonly seen: readonly SeenPapers[];
  readonly maxPapers: number;
}

/** Reads an edition's papers once, for all subscribers. */
export function indexEdition(edition: Edition): IndexedEdition {
  const papers = edition.papers.map(({ paper }) => indexPaper(paper));
  const known = new Map<string, readonly number[]>();
  const placesOf = (filter: Filter) => {
    const key = printFilter(filter);
    let places = known.get(key);
    if (!places) {
      places = papers.flatMap((paper, place) => (isMatch(filter, paper) ? [place] : []));
      known.set(key, places);
    }
    return places;
  };
  return { edition, papers, placesOf };
}

/** Chooses what any of the topics matches and no digest has shown yet: best trend first, at most `maxPapers`. */
export function choosePapers(indexed: IndexedEdition, { topics, seen, maxPapers }: Choice): readonly ChosenPaper[] {
  const shown = new Set(seen.flatMap(({ hashes }) => hashes));
  const topicsAt = new Map<number, Topic[]>();
  for (const topic of topics) {
    for (const place of indexed.placesOf(topic.filter)) topicsAt.set(place, [...(topicsAt.get(place) ?? []), topic]);
  }
  return [...topicsAt.keys()]
    .sort((one, other) => one - other)
    .filter((place) => !shown.has(hashAt(indexed, place)))
    .slice(0, maxPapers)
    .flatMap((place) => choose(indexed, place, topicsAt.get(place) ?? []));
}

function hashAt(indexed: IndexedEdition, place: number): number | undefined {
  const paper = indexed.papers[place]?.paper;
  return paper && paperHash(paper.id);
}

function choose(indexed: IndexedEdition, place: number, topics: readonly Topic[]): ChosenPaper[] {
  const ranked = indexed.edition.papers[place];
  const paper = indexed.papers[place];
  if (!ranked || !paper) return [];
  const reasons = topics.map(({ name, filter }) => ({
    topic: name,
    words: (matchFilter(filter, paper) ?? []).map(({ text }) => text),
  }));
  return [{ ranked, reasons }];
}
