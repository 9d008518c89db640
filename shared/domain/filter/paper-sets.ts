/** The number of a set among the sets of one edition. */
export type SetNumber = number;

/** Sets of an edition's papers, by their places, counted from 0 in rank order. An operand may be turned round: what is not in it. */
export interface PaperSets {
  /** Adds a set without papers. */
  readonly add: () => SetNumber;
  readonly put: (set: SetNumber, place: number) => void;
  readonly has: (set: SetNumber, place: number) => boolean;
  readonly isEmpty: (set: SetNumber) => boolean;
  /** Makes `set` the same as `other`. */
  readonly copy: (set: SetNumber, other: SetNumber, isTurned: boolean) => void;
  /** Keeps in `set` what is in `other` too. */
  readonly keep: (set: SetNumber, other: SetNumber, isTurned: boolean) => void;
  /** Puts into `set` what is in `other`. */
  readonly join: (set: SetNumber, other: SetNumber, isTurned: boolean) => void;
  /** The places of a set, ascending, at most so many. */
  readonly places: (set: SetNumber, most?: number) => number[];
}

/**
 * Makes room for the sets of an edition of `size` papers, all in one array: place p of a set is bit p % 32 of its word p / 32.
 * One array for each would take five times the memory.
 */
export function paperSets(size: number): PaperSets {
  const width = Math.max(1, (size + 31) >>> 5);
  /** What the last word may hold: as many bits as are left, 1 to 32. */
  const border = size === 0 ? 0 : -1 >>> (32 * width - size);
  let bits = new Uint32Array(64 * width);
  let count = 0;

  function add(): SetNumber {
    if (count * width === bits.length) {
      const grown = new Uint32Array(2 * bits.length);
      grown.set(bits);
      bits = grown;
    }
    count += 1;
    return count - 1;
  }

  function put(set: SetNumber, place: number): void {
    const at = set * width + (place >>> 5);
    bits[at] = (bits[at] ?? 0) | (1 << (place & 31));
  }

  function has(set: SetNumber, place: number): boolean {
    return (((bits[set * width + (place >>> 5)] ?? 0) >>> (place & 31)) & 1) === 1;
  }

  function isEmpty(set: SetNumber): boolean {
    for (let at = set * width; at < (set + 1) * width; at += 1) if (bits[at] !== 0) return false;
    return true;
  }

  function copy(set: SetNumber, other: SetNumber, isTurned: boolean): void {
    const turn = isTurned ? -1 : 0;
    const [to, from] = [set * width, other * width];
    for (let word = 0; word < width; word += 1) bits[to + word] = (bits[from + word] ?? 0) ^ turn;
    trim(set);
  }

  function keep(set: SetNumber, other: SetNumber, isTurned: boolean): void {
    const turn = isTurned ? -1 : 0;
    const [to, from] = [set * width, other * width];
    for (let word = 0; word < width; word += 1) {
      bits[to + word] = (bits[to + word] ?? 0) & ((bits[from + word] ?? 0) ^ turn);
    }
  }

  function join(set: SetNumber, other: SetNumber, isTurned: boolean): void {
    const turn = isTurned ? -1 : 0;
    const [to, from] = [set * width, other * width];
    for (let word = 0; word < width; word += 1) {
      bits[to + word] = (bits[to + word] ?? 0) | ((bits[from + word] ?? 0) ^ turn);
    }
    trim(set);
  }

  /** Turning round sets bits behind the last place. */
  function trim(set: SetNumber): void {
    const last = (set + 1) * width - 1;
    bits[last] = (bits[last] ?? 0) & border;
  }

  const found: number[] = [];
  function places(set: SetNumber, most = Number.POSITIVE_INFINITY): number[] {
    let length = 0;
    for (let word = 0; word < width && length < most; word += 1) {
      // The lowest bit that is left; its number is 31 less the zeros before it.
      for (let rest = bits[set * width + word] ?? 0; rest !== 0 && length < most; rest &= rest - 1) {
        found[length] = 32 * word + 31 - Math.clz32(rest & -rest);
        length += 1;
      }
    }
    return found.slice(0, length);
  }

  return { add, put, has, isEmpty, copy, keep, join, places };
}
