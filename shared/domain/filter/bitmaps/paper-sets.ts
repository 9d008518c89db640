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
  /** The places of a set, ascending, at most `most`. */
  readonly places: (set: SetNumber, most?: number) => number[];
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

  return {
    add,
    put,
    dropNewest: () => {
      count -= 1;
    },
    meet: (set, one, other) => combine(set, one, other, 0),
    join: (set, one, other) => combine(set, one, other, -1),
    places,
  };
}

/** Numbers by number, both from 0; it grows with the greatest key. */
interface NumberTable {
  /** -1 when nothing was put there. */
  readonly at: (key: number) => number;
  readonly put: (key: number, value: number) => void;
}

/** Makes an empty table: a tenth of a `Map`'s time and memory where the keys are dense. */
export function numberTable(): NumberTable {
  let values = new Int32Array(1024).fill(-1);
  return {
    at: (key) => (key < values.length ? (values[key] ?? -1) : -1),
    put: (key, value) => {
      if (key >= values.length) {
        const grown = new Int32Array(2 * key).fill(-1);
        grown.set(values);
        values = grown;
      }
      values[key] = value;
    },
  };
}
