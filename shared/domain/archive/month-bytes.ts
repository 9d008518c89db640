import type { MonthIndex, MonthNames } from './month-index.js';
import type { SpotsPart } from './month-spots.js';
import { readShortNumbers, shortNumbers } from './short-numbers.js';

const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array } as const;

/** `sums` are kept as the difference of each from the one before, which compresses to a third; `words` and `wide words` as `short-numbers`. */
type Kind = keyof typeof arrays | 'text' | 'sums' | 'words' | 'wide words';

/** How each list of an index is stored, without what is read apart. */
const layout: Readonly<Record<Exclude<keyof MonthIndex, 'sources' | 'names' | 'wordAt' | 'spots'>, Kind>> = {
  ids: 'text',
  days: 'u16',
  scores: 'f64',
  heldBack: 'u16',
  upvotes: 'f64',
  stars: 'f64',
  publishedAt: 'f64',
  flags: 'u8',
  firstEntry: 'sums',
  entrySource: 'u8',
  entryPlace: 'u32',
  firstPosition: 'sums',
  abstractAt: 'u32',
  keywordsAt: 'u32',
  vocabulary: 'text',
  firstOfClass: 'u32',
  oddWords: 'sums',
  categories: 'text',
  firstCategory: 'sums',
  categoryAt: 'u16',
  organisations: 'text',
  organisation: 'u32',
};

/** How the names are stored, which few searches need. */
const namesLayout: Readonly<Record<keyof MonthNames, Kind>> = { authors: 'text', firstAuthor: 'sums', authorAt: 'u32' };

const wordsLayout = { wordAt: 'words' } as const;
const spotsLayout: Readonly<Record<keyof SpotsPart, Kind>> = { first: 'u32', firstByte: 'sums', bytes: 'u8' };

type List = string | Float64Array | Uint32Array | Uint16Array | Uint8Array;

/** Where a list is among the bytes, from the end of the head on, and as what. */
type Entry = readonly [name: string, kind: Kind, start: number, bytes: number, length: number];

interface Head {
  readonly sources: MonthIndex['sources'];
  readonly lists: readonly Entry[];
}

/** Where a list of eight-byte numbers may begin. */
const aligned = (offset: number) => (offset + 7) & ~7;
const headStart = 8;

/** Writes an index, but for its names and its words in sequence, as bytes. */
export function packMonth(month: MonthIndex): Uint8Array {
  return pack(month, layout, month.sources);
}

/** Writes the names of an index as bytes. */
export function packNames(month: MonthNames): Uint8Array {
  return pack(month, namesLayout, []);
}

/** Writes the words of an index in sequence as bytes. */
export function packWords(wordAt: Uint16Array | Uint32Array): Uint8Array {
  return pack({ wordAt }, wordsLayout, []);
}

/** Writes where some words are as bytes. */
export function packSpots(part: SpotsPart): Uint8Array {
  return pack(part, spotsLayout, []);
}

/** Reads what `packMonth` wrote: the lists are views of the bytes, which begin at a multiple of eight. */
export function unpackMonth(packed: Uint8Array): MonthIndex {
  return unpack(packed) as MonthIndex;
}

/** Reads what `packNames` wrote. */
export function unpackNames(packed: Uint8Array): MonthNames {
  const { authors, firstAuthor, authorAt } = unpack(packed) as MonthNames;
  return { authors, firstAuthor, authorAt };
}

/** Reads what `packWords` wrote. */
export function unpackWords(packed: Uint8Array): Uint16Array | Uint32Array {
  return (unpack(packed) as { readonly wordAt: Uint16Array | Uint32Array }).wordAt;
}

/** Reads what `packSpots` wrote. */
export function unpackSpots(packed: Uint8Array): SpotsPart {
  const { first, firstByte, bytes } = unpack(packed) as SpotsPart;
  return { first, firstByte, bytes };
}

/** The length of the head, the head as JSON, and the lists, all in little-endian order. */
function pack<Name extends string>(
  lists: Readonly<Record<Name, List>>,
  kinds: Readonly<Record<Name, Kind>>,
  sources: MonthIndex['sources'],
): Uint8Array {
  const written: Uint8Array[] = [];
  let end = 0;
  const entries = (Object.keys(kinds) as Name[]).map((name): Entry => {
    const list = lists[name];
    const kind = kinds[name] === 'words' && list instanceof Uint32Array ? 'wide words' : kinds[name];
    const bytes = bytesOf(list, kind);
    const start = end;
    written.push(bytes);
    end = aligned(end + bytes.length);
    return [name, kind, start, bytes.length, list.length];
  });
  const head = new TextEncoder().encode(JSON.stringify({ sources, lists: entries } satisfies Head));
  const start = aligned(headStart + head.length);
  const packed = new Uint8Array(start + end);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, headStart);
  for (const [index, [, , at]] of entries.entries()) packed.set(written[index] ?? [], start + at);
  return packed;
}

function bytesOf(list: List, kind: Kind): Uint8Array {
  if (typeof list === 'string') return new TextEncoder().encode(list);
  if (kind === 'words' || kind === 'wide words') return shortNumbers(list);
  const stored = kind === 'sums' ? list.map((sum, index) => sum - (list[index - 1] ?? 0)) : list;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

function unpack(packed: Uint8Array): object {
  const { buffer, byteOffset } = packed;
  const length = new DataView(buffer, byteOffset).getUint32(0, true);
  const text = new TextDecoder();
  const { sources, lists }: Head = JSON.parse(text.decode(packed.subarray(headStart, headStart + length)));
  const start = byteOffset + aligned(headStart + length);
  const read = ([name, kind, at, bytes, count]: Entry): [string, List] => {
    const stored = new Uint8Array(buffer, start + at, bytes);
    if (kind === 'text') return [name, text.decode(stored)];
    if (kind === 'words') return [name, readShortNumbers(stored, new Uint16Array(count))];
    if (kind === 'wide words') return [name, readShortNumbers(stored, new Uint32Array(count))];
    const numbers = arrays[kind === 'sums' ? 'u32' : kind];
    const list = new numbers(buffer as ArrayBuffer, start + at, count);
    return [name, kind === 'sums' ? addUp(list) : list];
  };
  return { sources, ...Object.fromEntries(lists.map(read)) };
}

function addUp(list: Exclude<List, string>): List {
  for (let index = 1; index < list.length; index += 1) list[index] = (list[index] ?? 0) + (list[index - 1] ?? 0);
  return list;
}
