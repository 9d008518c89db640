import type { FoundSets } from '../../filter/bitmaps/edition-index.js';
import type { SetNumber } from '../../filter/bitmaps/paper-sets.js';
import type { LikenessTopic, Topic } from '../../subscriber/topic.js';
import { isLikenessFirst, layout, thresholdOf } from '../packed-profile.js';
import type { EditionLikeness } from './edition-likeness.js';

/** The places of the papers of a learned topic, ascending. */
export function likePlaces(likeness: EditionLikeness, { like }: LikenessTopic): readonly number[] {
  const { places, count } = likeness.index().matchesOf(like);
  return [...places.subarray(0, count)];
}

/** The same as a set, the one with a number that is filled anew for each subscriber. */
export function likeSet(
  likeness: EditionLikeness,
  { like }: LikenessTopic,
  { sets, ownSet }: Pick<FoundSets, 'sets' | 'ownSet'>,
  number: number,
): SetNumber {
  const set = ownSet(number);
  const { places, count } = likeness.index().matchesOf(like);
  sets.clear(set);
  for (let index = 0; index < count; index += 1) sets.put(set, places[index] ?? 0);
  return set;
}

/** A paper that is below a topic's threshold, and the words that it has all the same. */
interface NearPaper {
  readonly place: number;
  readonly words: readonly string[];
}

/** The papers at some open places that come closest to a topic's examples, at least half as close as its threshold asks. */
export function nearestPlaces(
  likeness: EditionLikeness,
  { like }: LikenessTopic,
  isOpen: (place: number) => boolean,
  most: number,
): readonly NearPaper[] {
  const looser = like.slice();
  new DataView(looser.buffer).setFloat32(layout.threshold, thresholdOf(like) / 2, true);
  const { places, count, scores } = likeness.index().matchesOf(looser);
  const scored = [...places.subarray(0, count)].filter(isOpen).map((place) => ({ place, score: scores[place] ?? 0 }));
  return scored
    .sort((one, other) => other.score - one.score || one.place - other.place)
    .slice(0, most)
    .map(({ place }) => ({ place, words: likeness.index().reasonAt(looser, place)?.words ?? [] }));
}

const nothing: readonly number[] = [];

/** The places of the learned topics whose papers come before all others, the most alike first. */
export function likestFirst(likeness: EditionLikeness, topics: readonly Topic[]): readonly number[] {
  let scores: Map<number, number> | undefined;
  for (const topic of topics) {
    if (topic.filter || !isLikenessFirst(topic.like)) continue;
    scores ??= new Map();
    const found = likeness.index().matchesOf(topic.like);
    for (const place of found.places.subarray(0, found.count)) {
      scores.set(place, Math.max(scores.get(place) ?? 0, found.scores[place] ?? 0));
    }
  }
  if (!scores) return nothing;
  return [...scores].sort(([one, a], [other, b]) => b - a || one - other).map(([place]) => place);
}
