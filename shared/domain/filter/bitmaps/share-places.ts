import type { PaperSets, SetNumber } from './paper-sets.js';

/**
 * Chooses the first `most` places of a set, given the sets of the topics that it is made of, and two sets to work in. Of
 * places in a single topic, at most half (rounded up) may be of the same one, unless room would stay empty. A place of
 * several topics never counts against one: another has room for it, as two halves fill a digest.
 */
export function sharePlaces(
  sets: PaperSets,
  open: SetNumber,
  topics: readonly SetNumber[],
  most: number,
  [allowed, others]: readonly [SetNumber, SetNumber],
): readonly number[] {
  if (topics.length < 2) return sets.places(open, most);
  const half = Math.ceil(most / 2);
  const counts = topics.map(() => 0);
  const chosen: number[] = [];

  function leaveOut(topic: number): void {
    sets.clear(others);
    for (let index = 0; index < topics.length; index += 1) {
      if (index !== topic) sets.join(others, others, topics[index] ?? others);
    }
    sets.join(others, others, ~(topics[topic] ?? others));
    sets.meet(allowed, allowed, others);
  }

  sets.join(allowed, open, open);
  for (let place = sets.next(allowed, 0); place >= 0 && chosen.length < most; place = sets.next(allowed, place + 1)) {
    chosen.push(place);
    const only = onlyTopic(sets, topics, place);
    if (only < 0) continue;
    const count = (counts[only] ?? 0) + 1;
    counts[only] = count;
    if (count === half) leaveOut(only);
  }
  const isFull = chosen.length >= most;
  for (let place = isFull ? -1 : sets.next(open, 0); place >= 0; place = sets.next(open, place + 1)) {
    if (chosen.length >= most) break;
    if (!chosen.includes(place)) chosen.push(place);
  }
  return isFull ? chosen : chosen.sort((one, other) => one - other);
}

/** Which of the topics a place is in, if it is in one alone; else -1. */
function onlyTopic(sets: PaperSets, topics: readonly SetNumber[], place: number): number {
  let only = -1;
  for (let index = 0; index < topics.length; index += 1) {
    if (!sets.has(topics[index] ?? 0, place)) continue;
    if (only >= 0) return -1;
    only = index;
  }
  return only;
}
