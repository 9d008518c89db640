/** A set of an edition's papers: place p, counted from 0 in rank order, is bit p % 32 of word p / 32. */
export type PaperSet = Uint32Array;

/** A set for the places of an edition of `size` papers, with none in it. */
export function emptySet(size: number): PaperSet {
  return new Uint32Array((size + 31) >>> 5);
}

/** The set of all places of an edition of `size` papers. */
export function everyPlace(size: number): PaperSet {
  const set = emptySet(size).fill(0xffffffff);
  if (size % 32 !== 0) set[set.length - 1] = 2 ** (size % 32) - 1;
  return set;
}

/** Puts a place into a set that is being made. */
export function addPlace(set: PaperSet, place: number): void {
  const word = place >>> 5;
  set[word] = (set[word] ?? 0) | (1 << (place & 31));
}

/** Whether a place is in a set. */
export function hasPlace(set: PaperSet, place: number): boolean {
  return (((set[place >>> 5] ?? 0) >>> (place & 31)) & 1) === 1;
}

/** Whether no place is in a set. */
export function isEmpty(set: PaperSet): boolean {
  for (let word = 0; word < set.length; word += 1) if (set[word] !== 0) return false;
  return true;
}

/** Makes `set` the same as `other`, or as what is not in it. */
export function copyPapers(set: PaperSet, other: PaperSet, isTurned: boolean): void {
  const turn = isTurned ? -1 : 0;
  for (let word = 0; word < set.length; word += 1) set[word] = (other[word] ?? 0) ^ turn;
}

/** Keeps in `set` what is in `other` too, or not. */
export function keepCommon(set: PaperSet, other: PaperSet, isTurned = false): void {
  const turn = isTurned ? -1 : 0;
  for (let word = 0; word < set.length; word += 1) set[word] = (set[word] ?? 0) & ((other[word] ?? 0) ^ turn);
}

/** Puts into `set` what is in `other`, or what is not. */
export function addPapers(set: PaperSet, other: PaperSet, isTurned = false): void {
  const turn = isTurned ? -1 : 0;
  for (let word = 0; word < set.length; word += 1) set[word] = (set[word] ?? 0) | ((other[word] ?? 0) ^ turn);
}

/** The best place of a set that is `from` or behind it; -1 when there is none. */
export function nextPlace(set: PaperSet, from: number): number {
  let word = from >>> 5;
  let bits = (set[word] ?? 0) & (-1 << (from & 31));
  while (bits === 0) {
    word += 1;
    if (word >= set.length) return -1;
    bits = set[word] ?? 0;
  }
  // The lowest bit alone; its number is 31 less the zeros before it.
  return 32 * word + 31 - Math.clz32(bits & -bits);
}

/** The places of a set, ascending; at most so many. */
export function placesIn(set: PaperSet, most = Number.POSITIVE_INFINITY): number[] {
  const places: number[] = [];
  for (let place = nextPlace(set, 0); place >= 0 && places.length < most; place = nextPlace(set, place + 1)) {
    places.push(place);
  }
  return places;
}
