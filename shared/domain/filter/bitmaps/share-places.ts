import type { PaperSets, SetNumber } from './paper-sets.js';

const nothing: readonly number[] = [];

/**
 * Chooses the first `most` places of a set, given the sets of the topics that it is made of, and two sets to work in. Of
 * places in a single topic, at most half (rounded up) may be of the same one, unless room would stay empty. A place of
 * several topics never counts against one: another has room for it, as two halves fill a digest. `leading` places come before
 * the others, in their order.
 */
export function sharePlaces(
  sets: PaperSets,
  open: SetNumber,
  topics: readonly SetNumber[],
  most: number,
  [allowed, others]: readonly [SetNumber, SetNumber],
  leading = nothing,
): readonly number[] {
  if (topics.length < 2 && leading.length === 0) return sets.places(open, most);
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

  function take(place: number): void {
    chosen.push(place);
    const only = topics.length < 2 ? -1 : onlyTopic(sets, topics, place);
    if (only < 0) return;
    const count = (counts[only] ?? 0) + 1;
    counts[only] = count;
    if (count === half) leaveOut(only);
  }

  sets.join(allowed, open, open);
  for (const place of leading) if (chosen.length < most && sets.has(allowed, place)) take(place);
  for (let place = sets.next(allowed, 0); place >= 0 && chosen.length < most; place = sets.next(allowed, place + 1)) {
    if (leading.length === 0 || !chosen.includes(place)) take(place);
  }
  if (chosen.length >= most) return chosen;
  for (const place of leading) {
    if (chosen.length < most && sets.has(open, place) && !chosen.includes(place)) chosen.push(place);
  }
  for (let place = sets.next(open, 0); place >= 0 && chosen.length < most; place = sets.next(open, place + 1)) {
    if (!chosen.includes(place)) chosen.push(place);
  }
  return chosen.sort((one, other) => orderOf(one, leading) - orderOf(other, leading));
}

/** Places that lead have numbers below 0. */
function orderOf(place: number, leading: readonly number[]): number {
  const at = leading.indexOf(place);
  return at < 0 ? place : at - leading.length;
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
