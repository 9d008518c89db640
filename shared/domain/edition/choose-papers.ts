import { dayMs } from '../calendar-date.js';
import { type EditionIndex, editionIndex, type FoundSets } from '../filter/bitmaps/edition-index.js';
import type { PaperSets, SetNumber } from '../filter/bitmaps/paper-sets.js';
import { sharePlaces } from '../filter/bitmaps/share-places.js';
import type { CompiledFilter } from '../filter/compile-filter.js';
import { type IndexedPaper, indexPaper, type PaperFacts } from '../filter/match/index-paper.js';
import { type EditionLikeness, editionLikeness } from '../likeness/find/edition-likeness.js';
import { likePlaces, likeSet, likestFirst } from '../likeness/find/like-places.js';
import { paperHash } from '../subscriber/seen-papers.js';
import type { Topic } from '../subscriber/topic.js';
import type { Edition, RankedPaper } from './edition.js';
import { type ChosenPaper, explained } from './explain-papers.js';
import { type FindSeen, type KnownSeen, seenFinder } from './seen-places.js';

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
  readonly placesOf: EditionIndex['placesOf'];
  /** What filters match and why, kept for all subscribers. */
  readonly found: EditionIndex['found'];
  /** What learned topics find. */
  readonly likeness: EditionLikeness;
  /** Places in `papers` that digests have shown. */
  readonly findSeen: FindSeen;
}

/** What one subscriber wants. */
interface Choice {
  readonly topics: readonly Topic[];
  readonly seen: KnownSeen;
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
  return inOrder(edition, papers);
}

/** An edition whose papers have been read, in any order; it is indexed when it is first asked. */
export function inOrder(edition: Edition, papers: readonly PlacedPaper[]): IndexedEdition {
  let index: EditionIndex | undefined;
  let seen: FindSeen | undefined;

  function indexed(): EditionIndex {
    index ??= editionIndex(papers.map((paper) => paper.indexed));
    return index;
  }

  return {
    edition,
    papers,
    placesOf: (filter, most) => indexed().placesOf(filter, most),
    found: () => indexed().found(),
    likeness: editionLikeness(papers.map((paper) => paper.indexed)),
    findSeen: (entries, tell) => {
      seen ??= seenFinder(papers.map(({ hash }) => hash));
      seen(entries, tell);
    },
  };
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
 * Chooses what any of the topics matches, no digest has shown yet and the reader does not leave out: best trend first, or
 * first what is most alike where a learned topic wants that, at most `maxPapers`, shared between the topics by `sharePlaces`.
 */
export function choosePapers(edition: IndexedEdition, choice: Choice): ChosenPapers {
  const found = edition.found();
  const { sets, spare } = found;
  const [open, shut, room] = spare;
  const topics = setsOf(choice.topics, edition, found);
  sets.clear(shut);
  edition.findSeen(choice.seen, (place) => {
    sets.put(shut, place);
  });
  for (const filter of choice.never ?? []) sets.join(shut, shut, found.setOf(filter));
  sets.meet(open, joined(sets, open, topics), ~shut);
  const leading = likestFirst(edition.likeness, choice.topics);
  const places = sharePlaces(sets, open, topics, choice.maxPapers, [shut, room], leading);
  const papers = explained(edition, choice.topics, { found, sets: topics }, places);
  return { papers, matched: sets.count(open) };
}

/** What is in any of the topics: the set of a single one, else put into `target`. */
function joined(sets: PaperSets, target: SetNumber, topics: readonly SetNumber[]): SetNumber {
  const [only] = topics;
  if (only !== undefined && topics.length === 1) return only;
  sets.clear(target);
  for (const topic of topics) sets.join(target, target, topic);
  return target;
}

/** Tells whether a digest may show the paper at a place: none has yet, and the reader does not leave it out. */
export function openPlaces(
  edition: IndexedEdition,
  { seen, never = [] }: Pick<Choice, 'seen' | 'never'>,
): (place: number) => boolean {
  const left = new Set(never.flatMap((filter) => edition.placesOf(filter)));
  edition.findSeen(seen, (place) => left.add(place));
  return (place) => !left.has(place);
}

/** How many papers any of the topics matches that a digest may show, or that are among `places`. */
export function countMatches(
  edition: IndexedEdition,
  choice: Pick<Choice, 'topics' | 'seen' | 'never'>,
  places: readonly number[],
): number {
  const matching = choice.topics.flatMap((topic) => topicPlaces(edition, topic));
  return new Set([...matching.filter(openPlaces(edition, choice)), ...places]).size;
}

/** The best papers that a digest may show, whatever they are of. */
export function bestUnseen(edition: IndexedEdition, { topics, maxPapers, ...others }: Choice): readonly ChosenPaper[] {
  const isOpen = openPlaces(edition, others);
  const best: number[] = [];
  for (let place = 0; place < edition.papers.length && best.length < maxPapers; place += 1) {
    if (isOpen(place)) best.push(place);
  }
  return explainPapers(edition, topics, best);
}

/** The places of the papers of a topic, ascending. */
export function topicPlaces(edition: IndexedEdition, topic: Topic): readonly number[] {
  return topic.filter ? edition.placesOf(topic.filter) : likePlaces(edition.likeness, topic);
}

/** The sets of topics; those of learned ones are made for one subscriber. */
function setsOf(topics: readonly Topic[], { likeness }: IndexedEdition, found: FoundSets): readonly SetNumber[] {
  return topics.map((topic, index) =>
    topic.filter ? found.setOf(topic.filter) : likeSet(likeness, topic, found, index),
  );
}

/** Says which of the topics the papers at some places match, and by which words. */
export function explainPapers(
  edition: IndexedEdition,
  topics: readonly Topic[],
  places: readonly number[],
): readonly ChosenPaper[] {
  const found = edition.found();
  return explained(edition, topics, { found, sets: setsOf(topics, edition, found) }, places);
}
