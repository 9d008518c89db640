import type { MonthIndex } from './month-index.js';

const arrays = { f64: Float64Array, u32: Uint32Array, u16: Uint16Array, u8: Uint8Array } as const;

/** `sums` are kept as the difference of each from the one before, which compresses to a third. */
type Kind = keyof typeof arrays | 'text' | 'sums';

type Lists = Omit<MonthIndex, 'sources'>;

/** How each list of an index is stored. */
const layout: Readonly<Record<keyof Lists, Kind>> = {
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
  wordAt: 'u16',
  firstPosition: 'sums',
  abstractAt: 'u32',
  keywordsAt: 'u32',
  vocabulary: 'text',
  firstOfClass: 'u32',
  oddWords: 'sums',
  authors: 'text',
  firstAuthor: 'sums',
  authorAt: 'u32',
  categories: 'text',
  firstCategory: 'sums',
  categoryAt: 'u16',
  organisations: 'text',
  organisation: 'u32',
};
const names = Object.keys(layout) as (keyof Lists)[];

/** Where a list is among the bytes, from the end of the head on, and as what. */
type Entry = readonly [name: keyof Lists, kind: Kind, start: number, bytes: number];

interface Head {
  readonly sources: MonthIndex['sources'];
  readonly lists: readonly Entry[];
}

/** Where a list of eight-byte numbers may begin. */
const aligned = (offset: number) => (offset + 7) & ~7;
const headStart = 8;

/** Writes an index as bytes: the length of the head, the head as JSON, and the lists, all in little-endian order. */
export function packMonth({ sources, ...lists }: MonthIndex): Uint8Array {
  const entries: Entry[] = [];
  const written: Uint8Array[] = [];
  let end = 0;
  for (const name of names) {
    const list = lists[name];
    const kind = list instanceof Uint32Array && layout[name] === 'u16' ? 'u32' : layout[name];
    const bytes = bytesOf(list, kind);
    entries.push([name, kind, end, bytes.length]);
    written.push(bytes);
    end = aligned(end + bytes.length);
  }
  const head = new TextEncoder().encode(JSON.stringify({ sources, lists: entries } satisfies Head));
  const start = aligned(headStart + head.length);
  const packed = new Uint8Array(start + end);
  new DataView(packed.buffer).setUint32(0, head.length, true);
  packed.set(head, headStart);
  for (const [index, [, , at]] of entries.entries()) packed.set(written[index] ?? [], start + at);
  return packed;
}

function bytesOf(list: string | ArrayBufferView, kind: Kind): Uint8Array {
  if (typeof list === 'string') return new TextEncoder().encode(list);
  const stored = kind === 'sums' ? differences(list as Uint32Array) : list;
  return new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength);
}

function differences(sums: Uint32Array): Uint32Array {
  return sums.map((sum, index) => sum - (sums[index - 1] ?? 0));
}

/** Reads what `packMonth` wrote: the lists are views of the bytes, which begin at a multiple of eight. */
export function unpackMonth(packed: Uint8Array): MonthIndex {
  const { buffer, byteOffset } = packed;
  const length = new DataView(buffer, byteOffset).getUint32(0, true);
  const text = new TextDecoder();
  const { sources, lists }: Head = JSON.parse(text.decode(packed.subarray(headStart, headStart + length)));
  const start = byteOffset + aligned(headStart + length);
  const read = ([name, kind, at, bytes]: Entry) => {
    if (kind === 'text') return [name, text.decode(new Uint8Array(buffer, start + at, bytes))];
    const numbers = arrays[kind === 'sums' ? 'u32' : kind];
    const list = new numbers(buffer as ArrayBuffer, start + at, bytes / numbers.BYTES_PER_ELEMENT);
    return [name, kind === 'sums' ? addUp(list) : list];
  };
  return { sources, ...(Object.fromEntries(lists.map(read)) as Lists) };
}

function addUp(list: Float64Array | Uint32Array | Uint16Array | Uint8Array) {
  for (let index = 1; index < list.length; index += 1) list[index] = (list[index] ?? 0) + (list[index - 1] ?? 0);
  return list;
}
