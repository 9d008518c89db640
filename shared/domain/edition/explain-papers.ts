import type { FoundSets } from '../filter/bitmaps/edition-index.js';
import type { Told } from '../filter/bitmaps/kept-words.js';
import type { SetNumber } from '../filter/bitmaps/paper-sets.js';
import { everything, type Topic } from '../subscriber/topic.js';
import type { RankedPaper } from './edition.js';

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

/** What the topics say of the places of one digest, filled anew for each. */
const told: Told[] = [];

/** Says which of the topics the papers at some places match, and by which words, given the sets of the topics. */
export function explained(
  papers: readonly { readonly ranked: RankedPaper }[],
  topics: readonly Topic[],
  { found, sets }: TopicSets,
  places: readonly number[],
): readonly ChosenPaper[] {
  for (let index = 0; index < topics.length; index += 1) {
    const topic = topics[index];
    const words = told[index] ?? [];
    told[index] = words;
    // That a paper is one of all is no reason.
    if (!topic?.filter || topic.id === everything) words.length = 0;
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

function reasonsAt(place: number, topics: readonly Topic[]): readonly Reason[] {
  let reasons: Reason[] | undefined;
  for (let index = 0; index < topics.length; index += 1) {
    const words = told[index]?.[place];
    const topic = topics[index];
    if (!words || !topic) continue;
    const reason = { topic: topic.name, words };
    if (reasons) reasons.push(reason);
    else reasons = [reason];
  }
  return reasons ?? [];
}
