/** Numbers by number, both from 0. */
interface NumberTable {
  /** -1 when nothing was put there. */
  readonly at: (key: number) => number;
  readonly put: (key: number, value: number) => void;
}

/** How many numbers share one array, as a power of two. */
const pageBits = 10;
const pageMask = (1 << pageBits) - 1;

/**
 * Makes an empty table: a tenth of a `Map`'s time and memory where keys are dense. Of a process that has met millions
 * of filters only the numbers that are asked for take room.
 */
export function numberTable(): NumberTable {
  const pages: (Int32Array | undefined)[] = [];

  function newPage(number: number): Int32Array {
    // An array with a gap at its end would become a dictionary.
    while (pages.length <= number) pages.push(undefined);
    const page = new Int32Array(1 << pageBits).fill(-1);
    pages[number] = page;
    return page;
  }

  return {
    at: (key) => pages[key >>> pageBits]?.[key & pageMask] ?? -1,
    put: (key, value) => {
      const page = pages[key >>> pageBits] ?? newPage(key >>> pageBits);
      page[key & pageMask] = value;
    },
  };
}
