/** Where some of a month's words are: those whose numbers begin with `first`. */
export interface SpotsPart {
  readonly first: Uint32Array;
  /** Those of the word `first + w` begin at `firstByte[w]`; the last number is where the last ones end. */
  readonly firstByte: Uint32Array;
  /** What to add to each position for the next one: seven bits a byte, the lowest first, the last byte below 128. */
  readonly bytes: Uint8Array;
}

/** What was read of where the words of a month are. */
export interface ReadSpots {
  /** The first word of each part. */
  readonly firsts: readonly number[];
  /** By their numbers, from 0. */
  readonly parts: Map<number, SpotsPart>;
}

/** Words side by side: `count` of them, from the position `at` on. */
export interface Stretch {
  readonly at: number;
  readonly count: number;
  /** The number of a single word, where the words were not read in sequence. */
  readonly word?: number;
}

/** The positions of all words, by word. */
export interface Spots {
  /** Those of word w are from `firstSpot[w]` up to `firstSpot[w + 1]`. */
  readonly firstSpot: Uint32Array;
  readonly spots: Uint32Array;
}

/** Two words are in parts that are a seventh of all there is, or less. */
const usualBytes = 200_000;
const goesOn = 128;

/** The positions of each word, by counting. */
export function spotsOf(wordAt: Uint16Array | Uint32Array, words: number): Spots {
  const firstSpot = new Uint32Array(words + 2);
  const { length } = wordAt;
  for (let at = 0; at < length; at += 1) {
    const next = (wordAt[at] ?? 0) + 1;
    firstSpot[next] = (firstSpot[next] ?? 0) + 1;
  }
  for (let word = 0; word <= words; word += 1)
    firstSpot[word + 1] = (firstSpot[word + 1] ?? 0) + (firstSpot[word] ?? 0);
  const free = firstSpot.slice();
  const spots = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) {
    const word = wordAt[at] ?? 0;
    const spot = free[word] ?? 0;
    spots[spot] = at;
    free[word] = spot + 1;
  }
  return { firstSpot, spots };
}

/** Cuts the positions of the words from 1 up to `words` into parts, each of whole words. */
export function cutSpots(
  wordAt: Uint16Array | Uint32Array,
  words: number,
  bytesPerPart = usualBytes,
): readonly SpotsPart[] {
  const { firstSpot, spots } = spotsOf(wordAt, words);
  const bytes = new Uint8Array(4 * wordAt.length);
  const parts: SpotsPart[] = [];
  let end = 0;
  let firstByte = [0];
  for (let word = 1; word <= words; word += 1) {
    let last = 0;
    for (const position of spots.subarray(firstSpot[word], firstSpot[word + 1])) {
      let rest = position - last;
      last = position;
      for (; rest >= goesOn; rest >>>= 7) {
        bytes[end] = goesOn + (rest & (goesOn - 1));
        end += 1;
      }
      bytes[end] = rest;
      end += 1;
    }
    firstByte.push(end);
    if (end < bytesPerPart && word < words) continue;
    const first = Uint32Array.of(word + 2 - firstByte.length);
    parts.push({ first, firstByte: Uint32Array.from(firstByte), bytes: bytes.slice(0, end) });
    end = 0;
    firstByte = [0];
  }
  return parts;
}

/** The number of the part that has the positions of a word. */
export function partOf(firsts: readonly number[], word: number): number {
  return firsts.findLastIndex((first) => first <= word);
}

/** The positions of a word, ascending; throws when its part was not read. */
export function spotsIn(read: ReadSpots | undefined, word: number): readonly number[] {
  const part = read?.parts.get(partOf(read.firsts, word));
  if (!part) throw new Error('the positions of a word were not read');
  const { first, firstByte, bytes } = part;
  const index = word - (first[0] ?? 0);
  const end = firstByte[index + 1] ?? 0;
  const positions: number[] = [];
  let position = 0;
  let shift = 0;
  for (let at = firstByte[index] ?? 0; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    position += (byte & (goesOn - 1)) << shift;
    shift += 7;
    if (byte >= goesOn) continue;
    positions.push(position);
    shift = 0;
  }
  return positions;
}

/** Finds the first of some words between two positions by where each of them is. */
export function firstOfWords(numbers: readonly number[], spots: ReadSpots | undefined) {
  let lists: readonly { readonly word: number; readonly positions: readonly number[] }[] | undefined;
  return (from: number, to: number, isRight: (position: number) => boolean): readonly Stretch[] => {
    lists ??= numbers.map((word) => ({ word, positions: spotsIn(spots, word) }));
    let first: Stretch | undefined;
    for (const { word, positions } of lists) {
      const end = first?.at ?? to;
      for (let index = indexFrom(positions, from); (positions[index] ?? end) < end; index += 1) {
        const at = positions[index] ?? 0;
        if (!isRight(at)) continue;
        first = { at, count: 1, word };
        break;
      }
    }
    return first ? [first] : [];
  };
}

/** The index of the first of some ascending numbers that is not below another. */
function indexFrom(numbers: readonly number[], least: number): number {
  let [low, high] = [0, numbers.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((numbers[middle] ?? 0) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}
