/** The number of a set among the sets of one edition. */
export type SetNumber = number;

/** A set to be combined with another: itself, or what is not in it, as `~set`. */
export type Operand = number;

/** Sets of an edition's papers, by their places, counted from 0 in rank order. */
export interface PaperSets {
  /** Adds a set without papers. */
  readonly add: () => SetNumber;
  readonly put: (set: SetNumber, place: number) => void;
  /** Makes `set`, which may be one of both, what is in both. */
  readonly meet: (set: SetNumber, one: Operand, other: Operand) => void;
  /** Makes `set`, which may be one of both, what is in any of both. */
  readonly join: (set: SetNumber, one: Operand, other: Operand) => void;
  /** Takes the newest set away again if no paper is in it. */
  readonly dropIfEmpty: (set: SetNumber) => boolean;
  /** The places of a set, ascending, at most so many. */
  readonly places: (set: SetNumber, most?: number) => number[];
}

/** How many sets share one array, as a power of two: one for each would take five times the memory. */
const shelfBits = 10;
const shelfMask = (1 << shelfBits) - 1;

/** Makes room for the sets of an edition of `size` papers: place p of a set is bit p % 32 of its word p / 32. */
export function paperSets(size: number): PaperSets {
  const width = Math.max(1, (size + 31) >>> 5);
  /** What the last word may hold: as many bits as are left, 1 to 32. */
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

  function combine(set: SetNumber, one: Operand, other: Operand, isMeeting: boolean): void {
    const turnOne = one >> 31;
    const turnOther = other >> 31;
    const target = shelfOf(set);
    const first = shelfOf(one ^ turnOne);
    const second = shelfOf(other ^ turnOther);
    const to = placeOf(set);
    const from = placeOf(one ^ turnOne);
    const and = placeOf(other ^ turnOther);
    for (let word = 0; word < width; word += 1) {
      const left = (first[from + word] ?? 0) ^ turnOne;
      const right = (second[and + word] ?? 0) ^ turnOther;
      target[to + word] = isMeeting ? left & right : left | right;
    }
    // What is not in a set has bits behind the last place too.
    const last = to + width - 1;
    target[last] = (target[last] ?? 0) & border;
  }

  function dropIfEmpty(set: SetNumber): boolean {
    const shelf = shelfOf(set);
    const from = placeOf(set);
    for (let at = from; at < from + width; at += 1) if (shelf[at] !== 0) return false;
    count -= 1;
    return true;
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
    meet: (set, one, other) => combine(set, one, other, true),
    join: (set, one, other) => combine(set, one, other, false),
    dropIfEmpty,
    places,
  };
}
