import type { Edition, RankedPaper } from './edition.js';
import { type Filter, printFilter } from './filter/filter.js';
import { type IndexedPaper, indexPaper } from './filter/index-paper.js';
import { isMatch, matchFilter } from './filter/match-filter.js';
import { paperHash } from './seen-papers.js';
import type { SeenPapers } from './subscriber.js';
import type { Topic } from './topic.js';

/** A paper of an edition, ready to be matched. */
export interface PlacedPaper {
  readonly ranked: RankedPaper;
  readonly indexed: IndexedPaper;
  /** `paperHash` of its id. */
  readonly hash: number;
}

/** An edition, ready to be matched by any number of subscribers. */
export interface IndexedEdition {
  readonly edition: Edition;
  /** In rank order. */
  readonly papers: readonly PlacedPaper[];
  /** Places in `papers` that a filter matches, ascending; filters that print alike are evaluated once. */
  readonly placesOf: (filter: Filter) => readonly number[];
}

/** Why a paper is in a digest. */
export interface Reason {
  /** The topic's name. */
  readonly topic: string;
  /** The words of its filter as they stand in the paper, at least one. */
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
  const papers = edition.papers.map((ranked) => ({
    ranked,
    indexed: indexPaper(ranked.paper),
    hash: paperHash(ranked.paper.id),
  }));
  const known = new Map<string, readonly number[]>();
  const placesOf = (filter: Filter) => {
    const key = printFilter(filter);
    const places = known.get(key) ?? papers.flatMap(({ indexed }, place) => (isMatch(filter, indexed) ? [place] : []));
    known.set(key, places);
    return places;
  };
  return { edition, papers, placesOf };
}

/** Chooses what any of the topics matches and no digest has shown yet: best trend first, at most `maxPapers`. */
export function choosePapers(edition: IndexedEdition, { topics, seen, maxPapers }: Choice): readonly ChosenPaper[] {
  const shown = new Set(seen.flatMap(({ hashes }) => hashes));
  const topicsAt = new Map<number, Topic[]>();
  for (const topic of topics) {
    for (const place of edition.placesOf(topic.filter)) topicsAt.set(place, [...(topicsAt.get(place) ?? []), topic]);
  }
  const chosen: ChosenPaper[] = [];
  for (const [place, matching] of [...topicsAt].sort(([one], [other]) => one - other)) {
    const paper = edition.papers[place];
    if (chosen.length >= maxPapers) break;
    if (paper && !shown.has(paper.hash)) chosen.push({ ranked: paper.ranked, reasons: reasonsOf(paper, matching) });
  }
  return chosen;
}

function reasonsOf({ indexed }: PlacedPaper, topics: readonly Topic[]): Reason[] {
  return topics.map(({ name, filter }) => ({
    topic: name,
    words: (matchFilter(filter, indexed) ?? []).map(({ text }) => text),
  }));
}
