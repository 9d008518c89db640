/** The number of a set among the sets of one edition. */
export type SetNumber = number;

/** A set to combine with another: itself, or what is not in it, as `~set`. */
export type Operand = number;

/** Sets of an edition's papers, by their places, counted from 0 in rank order. */
export interface PaperSets {
  /** Adds a set without papers. */
  readonly add: () => SetNumber;
  readonly put: (set: SetNumber, place: number) => void;
  /** Takes away the newest set, which must be empty. */
  readonly dropNewest: () => void;
  /** Makes `set`, which may be one of the two, what is in both; says whether that may be anything. */
  readonly meet: (set: SetNumber, one: Operand, other: Operand) => boolean;
  /** Makes `set`, which may be one of the two, what is in either; says whether that may be anything. */
  readonly join: (set: SetNumber, one: Operand, other: Operand) => boolean;
  readonly has: (set: SetNumber, place: number) => boolean;
  /** Takes all papers out of a set. */
  readonly clear: (set: SetNumber) => void;
  /** The places of a set, ascending, at most `most`. */
  readonly places: (set: SetNumber, most?: number) => number[];
  /** The first place of a set from `from` on; -1 when there is none. */
  readonly next: (set: SetNumber, from: number) => number;
  /** How many papers are in a set. */
  readonly count: (set: SetNumber) => number;
  /** Which of the first `length` places of a list, at most 32, are in a set: bit n for the n-th. */
  readonly bitsAt: (set: SetNumber, places: readonly number[], length: number) => number;
  /** Writes how many papers of a set come before each of the first `length` places of a list, -1 for one not in it. */
  readonly ranks: (set: SetNumber, places: readonly number[], length: number, into: Int32Array) => void;
  /** How many bytes all sets take. */
  readonly bytes: () => number;
}

/** How many sets share one array, as a power of two: an array for each would take five times the memory. */
const shelfBits = 10;
const shelfMask = (1 << shelfBits) - 1;

/** Makes room for the sets of an edition of `size` papers: place p of a set is bit p % 32 of its word p / 32. */
export function paperSets(size: number): PaperSets {
  const width = Math.max(1, (size + 31) >>> 5);
  /** Masks the last word to the bits that have a place, 1 to 32 of them. */
  const border = size === 0 ? 0 : -1 >>> (32 * width - size);
  const shelves: Int32Array[] = [];
  let count = 0;

  function shelfOf(set: SetNumber): Int32Array {
    return shelves[set >>> shelfBits] ?? newShelf();
  }

  function newShelf(): Int32Array {
    const shelf = new Int32Array(width << shelfBits);
    shelves.push(shelf);
    return shelf;
  }

  function placeOf(set: SetNumber): number {
    return (set & shelfMask) * width;
  }

  function add(): SetNumber {
    count += 1;
    shelfOf(count - 1);
    return count - 1;
  }

  function put(set: SetNumber, place: number): void {
    const shelf = shelfOf(set);
    const at = placeOf(set) + (place >>> 5);
    shelf[at] = (shelf[at] ?? 0) | (1 << (place & 31));
  }

  /** What is in either is what is not missing from both: `turn` is -1 to join and 0 to meet. */
  function combine(set: SetNumber, one: Operand, other: Operand, turn: number): boolean {
    const turnOne = one >> 31;
    const turnOther = other >> 31;
    const target = shelfOf(set);
    const first = shelfOf(one ^ turnOne);
    const second = shelfOf(other ^ turnOther);
    const to = placeOf(set);
    const from = placeOf(one ^ turnOne);
    const and = placeOf(other ^ turnOther);
    let all = 0;
    for (let word = 0; word < width; word += 1) {
      const left = (first[from + word] ?? 0) ^ turnOne ^ turn;
      const right = (second[and + word] ?? 0) ^ turnOther ^ turn;
      const both = (left & right) ^ turn;
      target[to + word] = both;
      all |= both;
    }
    // Inverted, the last word has bits beyond the last place.
    const last = to + width - 1;
    target[last] = (target[last] ?? 0) & border;
    return all !== 0;
  }

  return {
    add,
    put,
    clear: (set) => {
      shelfOf(set).fill(0, placeOf(set), placeOf(set) + width);
    },
    bytes: () => shelves.length * (width << shelfBits) * Int32Array.BYTES_PER_ELEMENT,
    dropNewest: () => {
      count -= 1;
    },
    meet: (set, one, other) => combine(set, one, other, 0),
    join: (set, one, other) => combine(set, one, other, -1),
    ...setReader(width, shelfOf, placeOf),
  };
}

/** What is asked of a set, given its shelf and the place of its first word there. */
function setReader(
  width: number,
  shelfOf: (set: SetNumber) => Int32Array,
  placeOf: (set: SetNumber) => number,
): Pick<PaperSets, 'has' | 'places' | 'next' | 'count' | 'bitsAt' | 'ranks'> {
  const found: number[] = [];
  function places(set: SetNumber, most = Number.POSITIVE_INFINITY): number[] {
    const shelf = shelfOf(set);
    const from = placeOf(set);
    let length = 0;
    for (let word = 0; word < width && length < most; word += 1) {
      // The lowest bit that is left; its number is 31 less the zeros before it.
      for (let rest = shelf[from + word] ?? 0; rest !== 0 && length < most; rest &= rest - 1) {
        found[length] = 32 * word + 31 - Math.clz32(rest & -rest);
        length += 1;
      }
    }
    return found.slice(0, length);
  }

  function has(set: SetNumber, place: number): boolean {
    return (((shelfOf(set)[placeOf(set) + (place >>> 5)] ?? 0) >>> (place & 31)) & 1) === 1;
  }

  function next(set: SetNumber, from: number): number {
    const shelf = shelfOf(set);
    const first = placeOf(set);
    let rest = -1 << (from & 31);
    for (let word = from >>> 5; word < width; word += 1) {
      rest &= shelf[first + word] ?? 0;
      if (rest !== 0) return 32 * word + 31 - Math.clz32(rest & -rest);
      rest = -1;
    }
    return -1;
  }

  function count(set: SetNumber): number {
    const shelf = shelfOf(set);
    const from = placeOf(set);
    let sum = 0;
    for (let word = 0; word < width; word += 1) sum += bitsOf(shelf[from + word] ?? 0);
    return sum;
  }

  function bitsAt(set: SetNumber, list: readonly number[], length: number): number {
    const shelf = shelfOf(set);
    const from = placeOf(set);
    let bits = 0;
    for (let index = 0; index < length; index += 1) {
      const place = list[index] ?? 0;
      bits |= (((shelf[from + (place >>> 5)] ?? 0) >>> (place & 31)) & 1) << index;
    }
    return bits;
  }

  function ranks(set: SetNumber, list: readonly number[], length: number, into: Int32Array): void {
    const shelf = shelfOf(set);
    const from = placeOf(set);
    let word = 0;
    let before = 0;
    for (let index = 0; index < length; index += 1) {
      const place = list[index] ?? 0;
      if (place >>> 5 < word) word = before = 0;
      for (; word < place >>> 5; word += 1) before += bitsOf(shelf[from + word] ?? 0);
      const bits = (shelf[from + word] ?? 0) >>> 0;
      const bit = 1 << (place & 31);
      into[index] = (bits & bit) === 0 ? -1 : before + bitsOf(bits & (bit - 1));
    }
  }

  return { has, places, next, count, bitsAt, ranks };
}

/** How many bits of a word are set. Source: Hacker's Delight, 2nd edition, figure 5-2. */
function bitsOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
