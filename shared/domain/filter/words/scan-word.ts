const nothing = 1;
const letter = 2;
const digit = 3;
const hash = '#'.charCodeAt(0);
const plus = '+'.charCodeAt(0);
const apostrophe = "'".charCodeAt(0);

/** What each UTF-16 unit is; 0 while nobody has asked. */
const kinds = new Uint8Array(0x10000);

/** The UTF-16 units of a text, ended by a 0: reading them is several times as fast as `charCodeAt`. */
export interface Units {
  codes: Uint16Array;
  length: number;
}

const scratch: Units = { codes: new Uint16Array(4096), length: 0 };

const encoder = new TextEncoder();
let bytes = new Uint8Array(3 * scratch.codes.length);
/** Below, asking the encoder takes longer than reading. */
const longText = 64;

/** Gives the units of a text until the next call. */
export function unitsOf(text: string): Units {
  if (text.length >= scratch.codes.length) {
    scratch.codes = new Uint16Array(2 * text.length);
    bytes = new Uint8Array(6 * text.length);
  }
  const { codes } = scratch;
  // In UTF-8 as many bytes as units are ASCII: the same numbers.
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
  return /^\p{N}/u.test(character) ? digit : nothing;
}

function isPairAt(codes: Uint16Array, at: number): boolean {
  return ((codes[at] ?? 0) & 0xfc00) === 0xd800 && ((codes[at + 1] ?? 0) & 0xfc00) === 0xdc00;
}

/** Where the next word begins, at `from` or behind it; the text's length when there is none. */
export function wordStart({ codes, length }: Units, from: number): number {
  let at = from;
  while (at < length && kindAt(codes, at) === nothing) at += 1;
  return at;
}

/**
 * Where the word ends that begins at `start`: letters and digits, with apostrophes inside; `c++` and `c#` are words.
 * Hyphens, like all other signs, part words.
 */
export function wordEnd({ codes }: Units, start: number): number {
  let at = start;
  while (kindAt(codes, at) !== nothing) at += isPairAt(codes, at) ? 2 : 1;
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
  return isSign && kindAt(codes, at + length) === nothing && codes[at + length] !== code ? length : 0;
}
