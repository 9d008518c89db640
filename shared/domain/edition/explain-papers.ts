import type { FoundSets } from '../filter/bitmaps/edition-index.js';
import type { Told } from '../filter/bitmaps/kept-words.js';
import type { SetNumber } from '../filter/bitmaps/paper-sets.js';
import type { EditionLikeness } from '../likeness/find/edition-likeness.js';
import type { LikenessReason } from '../likeness/find/likeness-reasons.js';
import { everything, type LikenessTopic, type Topic } from '../subscriber/topic.js';
import type { RankedPaper } from './edition.js';

/** Why a paper is in a digest. */
interface Reason {
  /** The topic's name. */
  readonly topic: string;
  /** The words of its filter, or of its examples, as written in the paper; none where it asks about no text. */
  readonly words: readonly string[];
  /** Of a learned topic: title of the example that the paper is most like, empty where none is known. */
  readonly like?: string;
}

/** A paper of a digest, with one reason for each of the subscriber's topics that it matches. */
export interface ChosenPaper {
  readonly ranked: RankedPaper;
  readonly reasons: readonly Reason[];
}

/** What the topics say of the places of one digest, filled anew for each. */
const told: Told[] = [];
/** The same of those that are learned. */
const likenesses: (readonly (LikenessReason | undefined)[])[] = [];

interface ExplainedEdition {
  readonly papers: readonly { readonly ranked: RankedPaper }[];
  readonly likeness: Pick<EditionLikeness, 'index'>;
}

/** Says which of the topics the papers at some places match, and by which words, given the sets of the topics. */
export function explained(
  { papers, likeness }: ExplainedEdition,
  topics: readonly Topic[],
  { found, sets }: TopicSets,
  places: readonly number[],
): readonly ChosenPaper[] {
  for (let index = 0; index < topics.length; index += 1) {
    const topic = topics[index];
    const words = told[index] ?? [];
    told[index] = words;
    // That a paper is one of all is no reason.
    if (!topic || topic.id === everything) words.length = 0;
    else if (!topic.filter) likenesses[index] = likenessAt(places, sets[index] ?? 0, topic, { found, likeness });
    else found.tellWords(topic.filter, sets[index] ?? 0, places, words);
  }
  const chosen: ChosenPaper[] = [];
  for (let index = 0; index < places.length; index += 1) {
    const paper = papers[places[index] ?? -1];
    if (paper) chosen.push({ ranked: paper.ranked, reasons: reasonsAt(index, topics) });
  }
  return chosen;
}

interface TopicSets {
  readonly found: FoundSets;
  /** Of each topic. */
  readonly sets: readonly SetNumber[];
}

/** Why the papers at some places are like the examples of a topic, `undefined` for those that are not in its set. */
function likenessAt(
  places: readonly number[],
  set: SetNumber,
  { like }: LikenessTopic,
  { found, likeness }: Pick<ExplainedEdition, 'likeness'> & Pick<TopicSets, 'found'>,
): readonly (LikenessReason | undefined)[] {
  return places.map((place) => (found.sets.has(set, place) ? likeness.index().reasonAt(like, place) : undefined));
}

function reasonsAt(place: number, topics: readonly Topic[]): readonly Reason[] {
  let reasons: Reason[] | undefined;
  for (let index = 0; index < topics.length; index += 1) {
    const topic = topics[index];
    const why = topic && (topic.filter ? told[index]?.[place] : likenesses[index]?.[place]);
    if (!why || !topic) continue;
    const reason: Reason =
      'words' in why
        ? { topic: topic.name, words: why.words, like: why.like ?? '' }
        : { topic: topic.name, words: why };
    if (reasons) reasons.push(reason);
    else reasons = [reason];
  }
  return reasons ?? [];
}
