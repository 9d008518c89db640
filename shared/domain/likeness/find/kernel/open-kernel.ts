import { packedLimits, weightShares } from '../../packed-profile.js';
import { kernelBytes } from './kernel-bytes.js';

/** An edition's words and papers as the kernel reads them; word-table.ts makes them and says what they mean. */
export interface KernelTables {
  /** By how much a hash is shifted to its first bits, which the directory knows. */
  readonly shift: number;
  /** Papers with room for more, up to a multiple of 32. */
  readonly size: number;
  /** No paper has more words. */
  readonly longest: number;
  readonly directory: Uint32Array;
  readonly keys: Int32Array;
  readonly lists: Uint32Array;
  readonly papersOf: Uint8Array;
  readonly first: Uint32Array;
  readonly wordOf: Uint32Array;
  readonly worthOf: Float32Array;
  readonly onePart: Uint16Array;
  readonly otherPart: Uint16Array;
}

/** The inner loops, compiled to WebAssembly with the tables in its memory. A profile is written to `profile` first. */
export interface Kernel {
  readonly profile: Uint8Array;
  /** Finds the papers that come to the profile's threshold, and answers how many: their `places`, and by place `scores`. */
  readonly match: () => number;
  readonly places: Uint16Array;
  readonly scores: Float32Array;
  /** After `match`, and before `tell`; undone by `forget` before the next `match`. */
  readonly spread: () => void;
  readonly forget: () => void;
  /** Answers how many words are `told` of the paper at a place, by their numbers, with `worths`, and by example `given`. */
  readonly tell: (place: number) => number;
  readonly told: Uint16Array;
  readonly worths: Float64Array;
  readonly given: Float64Array;
}

type Loops = Pick<Kernel, 'match' | 'spread' | 'forget' | 'tell'>;

const pageBytes = 65_536;
const mostTold = 6;
/** Where lists that are filled up with nothing add it. */
const spareSums = 32;

let compiled: WebAssembly.Module | undefined;

/** Opens the kernel over an edition's tables, which are copied. */
export function openKernel({ shift, size, longest, ...words }: KernelTables): Kernel {
  compiled ??= new WebAssembly.Module(Uint8Array.from(atob(kernelBytes), (letter) => letter.charCodeAt(0)));
  const tables: Readonly<Record<string, ArrayBufferView>> = {
    ...words,
    sums: new Float32Array(size + spareSums),
    places: new Uint16Array(size),
    placeOf: new Uint16Array(words.keys.length),
    partSums: new Float64Array(longest),
    added: new Uint16Array(longest + 1),
  };
  const bytes = Object.values(tables).reduce((sum, { byteLength }) => sum + aligned(byteLength), 2 * pageBytes);
  const pages = Math.ceil(bytes / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  const { buffer } = memory;
  putTables(buffer, exports, tables);
  addressIn(exports, 'shift').value = shift;
  addressIn(exports, 'size').value = size;
  const at = (name: string) => addressIn(exports, name).value;
  new Float32Array(buffer, at('sharesAt'), weightShares.length).set(weightShares);
  return {
    ...(exports as unknown as Loops),
    profile: new Uint8Array(buffer, at('profileAt'), packedLimits.bytes),
    places: new Uint16Array(buffer, at('places'), size),
    scores: new Float32Array(buffer, at('sums'), size),
    told: new Uint16Array(buffer, at('toldAt'), mostTold),
    worths: new Float64Array(buffer, at('worthsAt'), mostTold),
    given: new Float64Array(buffer, at('examplesAt'), packedLimits.titles),
  };
}

/** A number of the kernel by its name: an address in most cases. */
function addressIn(exports: WebAssembly.Instance['exports'], name: string): { value: number } {
  const global = exports[name];
  if (typeof global !== 'object') throw new Error(`the kernel has no ${name}`);
  return global as { value: number };
}

function putTables(
  buffer: ArrayBuffer,
  exports: WebAssembly.Instance['exports'],
  tables: Readonly<Record<string, ArrayBufferView>>,
): void {
  let at = aligned(addressIn(exports, 'editionAt').value);
  for (const [name, table] of Object.entries(tables)) {
    new Uint8Array(buffer, at).set(new Uint8Array(table.buffer, table.byteOffset, table.byteLength));
    addressIn(exports, name).value = at;
    at += aligned(table.byteLength);
  }
}

function aligned(at: number): number {
  return Math.ceil(at / 16) * 16;
}
