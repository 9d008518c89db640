import { stem } from 'porter2';

const sign = 1;
const letter = 2;
const digit = 3;
const hash = '#'.charCodeAt(0);
const plus = '+'.charCodeAt(0);
const apostrophe = "'".charCodeAt(0);

/** What each UTF-16 unit is; 0 until somebody asks. */
const kinds = new Uint8Array(0x10000);

/** The UTF-16 units of a text followed by a 0: several times as fast to read as `charCodeAt`. */
interface Units {
  codes: Uint16Array;
  length: number;
}

const scratch: Units = { codes: new Uint16Array(4096), length: 0 };

const encoder = new TextEncoder();
let bytes = new Uint8Array(3 * scratch.codes.length);
/** For shorter texts, calling the encoder takes longer than reading. */
const longText = 64;

/** The units of a text; valid until the next call. */
export function unitsOf(text: string): Units {
  if (text.length >= scratch.codes.length) {
    scratch.codes = new Uint16Array(2 * text.length);
    bytes = new Uint8Array(6 * text.length);
  }
  const { codes } = scratch;
  // A text with as many UTF-8 bytes as units is ASCII, and its bytes are its units.
  if (text.length >= longText && encoder.encodeInto(text, bytes).written === text.length) {
    codes.set(bytes.subarray(0, text.length));
  } else for (let at = 0; at < text.length; at += 1) codes[at] = text.charCodeAt(at);
  codes[text.length] = 0;
  scratch.length = text.length;
  return scratch;
}

function kindAt(codes: Uint16Array, at: number): number {
  const code = codes[at] ?? 0;
  return kinds[code] || learnKind(code, codes[at + 1] ?? 0);
}

function learnKind(code: number, next: number): number {
  // What half of a surrogate pair is depends on the other half.
  if (code >= 0xd800 && code < 0xdc00) return kindOf(String.fromCharCode(code, next));
  const kind = kindOf(String.fromCharCode(code));
  kinds[code] = kind;
  return kind;
}

function kindOf(character: string): number {
  if (/^\p{L}/u.test(character)) return letter;
  return /^\p{N}/u.test(character) ? digit : sign;
}

function isPairAt(codes: Uint16Array, at: number): boolean {
  return ((codes[at] ?? 0) & 0xfc00) === 0xd800 && ((codes[at + 1] ?? 0) & 0xfc00) === 0xdc00;
}

/** Where the next word begins, at `from` or after it; the text's length when there is none. */
export function wordStart({ codes, length }: Units, from: number): number {
  let at = from;
  while (at < length && kindAt(codes, at) === sign) at += 1;
  return at;
}

/**
 * Where the word that begins at `start` ends: letters and digits, with apostrophes inside; `c++` and `c#` are words.
 * Hyphens, like all other signs, separate words.
 */
export function wordEnd({ codes }: Units, start: number): number {
  let at = start;
  while (kindAt(codes, at) !== sign) at += isPairAt(codes, at) ? 2 : 1;
  while (codes[at] === apostrophe && kindAt(codes, at + 1) === letter) {
    at += 1;
    while (kindAt(codes, at) === letter) at += isPairAt(codes, at) ? 2 : 1;
  }
  return at + signsAt(codes, at);
}

function signsAt(codes: Uint16Array, at: number): number {
  const code = codes[at];
  if (code !== plus && code !== hash) return 0;
  const length = code === hash ? 1 : 2;
  const isSign = code === hash || codes[at + 1] === plus;
  return isSign && kindAt(codes, at + length) === sign && codes[at + length] !== code ? length : 0;
}

/** A folded word and its stem. */
export interface KnownWord {
  readonly word: string;
  readonly term: string;
  /** Numbers these objects within a process, from 1; two objects of one word have two numbers. */
  readonly number: number;
}

/** No word: what lies between two texts, or two sentences of one. */
export const gap: KnownWord = { word: '', term: '', number: 0 };

const irregularPlurals = new Map([
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
  ['indices', 'index'],
  ['corpora', 'corpus'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
]);

/**
 * The words this process has met, so that each is stemmed once. Longer ones are rare, and a hostile text may be full of
 * them.
 */
const known = new Map<string, KnownWord>();
const mostKnown = 50_000;
const longestKnown = 40;
let count = 1;

/** The last word with each hash: found without cutting the word out of its text. */
const recent: (KnownWord | undefined)[] = new Array(1 << 14).fill(undefined);

/** The word from `start` to `end` of a folded text, whose UTF-16 units are `codes`. */
export function knownWord(text: string, codes: Uint16Array, start: number, end: number): KnownWord {
  let hash = 0;
  for (let at = start; at < end; at += 1) hash = (Math.imul(hash, 31) + (codes[at] ?? 0)) | 0;
  const slot = (hash ^ (hash >>> 15)) & (recent.length - 1);
  const last = recent[slot];
  if (last && isAt(last.word, codes, start, end)) return last;
  const found = lookUp(text.slice(start, end));
  recent[slot] = found;
  return found;
}

function isAt(word: string, codes: Uint16Array, start: number, end: number): boolean {
  if (word.length !== end - start) return false;
  for (let at = 0; at < word.length; at += 1) if (word.charCodeAt(at) !== codes[start + at]) return false;
  return true;
}

function lookUp(slice: string): KnownWord {
  const found = known.get(slice);
  if (found) return found;
  // A slice keeps the whole text that it was cut from in memory.
  const word = ` ${slice}`.slice(1);
  const fresh = { word, term: stemOf(word), number: count };
  count += 1;
  if (known.size >= mostKnown) known.clear();
  if (word.length <= longestKnown) known.set(word, fresh);
  return fresh;
}

/**
 * Porter2 (https://snowballstem.org/algorithms/english/stemmer.html), after the plurals that it does not know: acronyms
 * (LLMs, GPUs), -sis (analysis, analyses) and a few Latin ones.
 */
function stemOf(word: string): string {
  return stem(irregularPlurals.get(word) ?? (word.endsWith('s') ? withoutPlural(word) : word));
}

function withoutPlural(word: string): string {
  return word.replace(/^([^aeiouy']+[aeiouy]?)(?<!s)s$/, '$1').replace(/^(.{4,})sis$/, '$1ses');
}
