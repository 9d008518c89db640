import type { CompiledFilter } from '../filter/compile-filter.js';
import type { Topic } from '../subscriber/topic.js';
import { explainPapers, type IndexedEdition, openPlaces, topicPlaces } from './choose-papers.js';
import type { ChosenPaper } from './explain-papers.js';
import type { KnownSeen } from './seen-places.js';

/** What one edition had for a subscriber, each part in rank order. */
export interface PapersOfDay {
  /** What the mail showed; a paper that no topic matches any more has no reasons. */
  readonly sent: readonly ChosenPaper[];
  /** The best of what matched besides. */
  readonly others: readonly ChosenPaper[];
  /** How many matched besides, `others` among them. */
  readonly otherMatches: number;
}

interface DayChoice {
  readonly topics: readonly Topic[];
  /** What the mail showed, by the places in the edition, from 0, ascending. */
  readonly sentPlaces: readonly number[];
  /** What earlier digests had shown. */
  readonly seen: KnownSeen;
  /** What matches any of these is not among `others`. */
  readonly never?: readonly CompiledFilter[];
  /** Most of `others`. */
  readonly most: number;
}

/** Reads back what an edition had for a subscriber: what was sent, and what matches the topics of today besides. */
export function papersOfDay(edition: IndexedEdition, choice: DayChoice): PapersOfDay {
  const { topics, sentPlaces, most } = choice;
  const isOpen = openPlaces(edition, choice);
  const sent = new Set(sentPlaces);
  const matching = new Set(topics.flatMap((topic) => topicPlaces(edition, topic)));
  const others = [...matching].filter((place) => !sent.has(place) && isOpen(place)).sort((one, other) => one - other);
  return {
    sent: explainPapers(edition, topics, sentPlaces),
    others: explainPapers(edition, topics, others.slice(0, most)),
    otherMatches: others.length,
  };
}
