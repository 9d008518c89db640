/** The number of a set among the sets of one edition. */
export type SetNumber = number;

/** A set to be combined with another: itself, or what is not in it, as `~set`. */
export type Operand = number;

/** Sets of an edition's papers, by their places, counted from 0 in rank order. */
export interface PaperSets {
  /** Adds a set without papers. */
  readonly add: () => SetNumber;
  readonly put: (set: SetNumber, place: number) => void;
  /** Takes the newest set, in which no paper is, away again. */
  readonly dropNewest: () => void;
  /** Makes `set`, which may be one of both, what is in both; says whether anything may be. */
  readonly meet: (set: SetNumber, one: Operand, other: Operand) => boolean;
  /** Makes `set`, which may be one of both, what is in any of both; says whether anything may be. */
  readonly join: (set: SetNumber, one: Operand, other: Operand) => boolean;
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

  /** What is in any of both is what is not in neither: `turn` is -1 to join and 0 to meet. */
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
    // Turned round, the last word has bits behind the last place.
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
