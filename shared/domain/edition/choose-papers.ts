import { dayMs } from '../calendar-date.js';
import { editionIndex } from '../filter/bitmaps/edition-index.js';
import type { CompiledFilter } from '../filter/compile-filter.js';
import { type IndexedPaper, indexPaper, type PaperFacts } from '../filter/match/index-paper.js';
import { matchFilter } from '../filter/match/match-filter.js';
import { everything } from '../subscriber/catalogue.js';
import { paperHash } from '../subscriber/seen-papers.js';
import type { SeenHashes } from '../subscriber/subscriber.js';
import type { Topic } from '../subscriber/topic.js';
import type { Edition, RankedPaper } from './edition.js';

/** A paper of an edition, ready to be matched. */
interface PlacedPaper {
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
  /** Places in `papers` that a filter matches, ascending, at most `most`; equal filters are evaluated once. */
  readonly placesOf: (filter: CompiledFilter, most?: number) => readonly number[];
}

/** Why a paper is in a digest. */
interface Reason {
  /** The topic's name. */
  readonly topic: string;
  /** The words of its filter as written in the paper; none where it asks about no text. */
  readonly words: readonly string[];
}

/** A paper of a digest, with one reason for each of the subscriber's topics that it matches. */
export interface ChosenPaper {
  readonly ranked: RankedPaper;
  readonly reasons: readonly Reason[];
}

/** What one subscriber wants. */
interface Choice {
  readonly topics: readonly Topic[];
  readonly seen: readonly SeenHashes[];
  /** Papers that any of these matches are left out, whatever the topics say. */
  readonly never?: readonly CompiledFilter[];
  readonly maxPapers: number;
}

/** The papers of a digest, and how many unseen ones its subscriber's topics match in all. */
export interface ChosenPapers {
  readonly papers: readonly ChosenPaper[];
  readonly matched: number;
}

/** Reads an edition's papers once, for all subscribers. */
export function indexEdition(edition: Edition): IndexedEdition {
  const papers = edition.papers.map((ranked) => ({
    ranked,
    indexed: indexPaper(ranked.paper, factsOf(ranked, edition)),
    hash: paperHash(ranked.paper.id),
  }));
  return { edition, papers, placesOf: editionIndex(papers.map(({ indexed }) => indexed)) };
}

/** What filters may ask about a ranked paper besides its texts. */
export function factsOf(
  { paper, score, counts }: RankedPaper,
  { publishedAt }: Pick<Edition, 'publishedAt'>,
): PaperFacts {
  const ageDays = Math.max(0, (publishedAt - paper.publishedAt) / dayMs);
  return { score: score.value, upvotes: counts.upvotes ?? 0, stars: counts.stars ?? 0, ageDays };
}

/**
 * Chooses what any of the topics matches, no digest has shown yet and the reader does not leave out: best trend first, at
 * most `maxPapers`. Of papers
 * that match a single topic, at most half (rounded up) may be of the same one, unless places would stay empty. A paper
 * of several topics never counts against one: another has room for it, as two halves fill the digest.
 */
export function choosePapers(edition: IndexedEdition, choice: Choice): ChosenPapers {
  const { topics, maxPapers } = choice;
  const matching = openMatches(edition, choice);
  return { papers: explainPapers(edition, topics, choosePlaces(matching, maxPapers)), matched: matching.length };
}

/** A place that a topic matches, with the topic when it is the only one. */
type MatchedPlace = readonly [place: number, only: Topic | undefined];

/** Tells whether a digest may show the paper at a place: none has yet, and the reader does not leave it out. */
export function openPlaces(
  edition: IndexedEdition,
  { seen, never = [] }: Pick<Choice, 'seen' | 'never'>,
): (place: number) => boolean {
  const shown = new Set(seen.flatMap(({ hashes }) => hashes));
  const left = new Set(never.flatMap((filter) => edition.placesOf(filter)));
  return (place) => !left.has(place) && !shown.has(edition.papers[place]?.hash ?? 0);
}

/** What any of the topics matches and a digest may show, ascending. */
function openMatches(
  edition: IndexedEdition,
  { topics, ...others }: Pick<Choice, 'topics' | 'seen' | 'never'>,
): readonly MatchedPlace[] {
  const isOpen = openPlaces(edition, others);
  return topicsByPlace(edition, topics).filter(([place]) => isOpen(place));
}

/** How many papers any of the topics matches that a digest may show, or that are among `places`. */
export function countMatches(
  edition: IndexedEdition,
  choice: Pick<Choice, 'topics' | 'seen' | 'never'>,
  places: readonly number[],
): number {
  return new Set([...openMatches(edition, choice).map(([place]) => place), ...places]).size;
}

/** The best papers that a digest may show, whatever they are of. */
export function bestUnseen(edition: IndexedEdition, { topics, maxPapers, ...others }: Choice): readonly ChosenPaper[] {
  const unseen = [...edition.papers.keys()].filter(openPlaces(edition, others));
  return explainPapers(edition, topics, unseen.slice(0, maxPapers));
}

function choosePlaces(matching: readonly MatchedPlace[], maxPapers: number): readonly number[] {
  const most = Math.ceil(maxPapers / 2);
  const counts = new Map<Topic, number>();
  const chosen: number[] = [];
  const left: number[] = [];
  for (const [place, only] of matching) {
    if (chosen.length >= maxPapers) break;
    const count = only ? (counts.get(only) ?? 0) : 0;
    (count < most ? chosen : left).push(place);
    if (only) counts.set(only, count + 1);
  }
  const filling = left.slice(0, Math.max(0, maxPapers - chosen.length));
  return [...chosen, ...filling].sort((one, other) => one - other);
}

/** Every place that a topic matches, ascending. */
function topicsByPlace(edition: IndexedEdition, topics: readonly Topic[]): MatchedPlace[] {
  const topicAt = new Map<number, Topic | undefined>();
  for (const topic of topics) {
    for (const place of edition.placesOf(topic.filter)) topicAt.set(place, topicAt.has(place) ? undefined : topic);
  }
  return [...topicAt].sort(([one], [other]) => one - other);
}

/** Says which of the topics the papers at some places match, and by which words. */
export function explainPapers(
  edition: IndexedEdition,
  topics: readonly Topic[],
  places: readonly number[],
): readonly ChosenPaper[] {
  return places.flatMap((place) => {
    const paper = edition.papers[place];
    return paper ? [{ ranked: paper.ranked, reasons: reasonsOf(paper, topics) }] : [];
  });
}

/** That a paper is one of all is no reason. */
function reasonsOf({ indexed }: PlacedPaper, topics: readonly Topic[]): Reason[] {
  return topics.flatMap(({ id, name, filter }) => {
    if (id === everything) return [];
    const words = matchFilter(filter, indexed);
    return words ? [{ topic: name, words: words.map(({ text }) => text) }] : [];
  });
}
