import type { Spelling } from '../write-filter.js';
import { gap, type KnownWord, knownWord, unitsOf, wordEnd, wordStart } from './known-words.js';
import { isSentenceEnd } from './sentence-end.js';

/** A word of a text, as it is compared, and its place. */
export interface Token {
  /** Folded: without case, accents and compatibility forms. */
  readonly word: string;
  /** The word's stem: two words are the same to a filter when their terms are equal. */
  readonly term: string;
  /** UTF-16 offsets into the given text. */
  readonly start: number;
  readonly end: number;
}

/** The tokens of one or more texts without an object for each: `offsets` has the start and end of each in turn. */
interface TokenList {
  count: number;
  readonly words: KnownWord[];
  offsets: Uint32Array;
}

/** A list that grows as needed and can be reused by setting `count = 0`. */
export function emptyTokens(): TokenList {
  return { count: 0, words: [], offsets: new Uint32Array(16) };
}

/** Splits a text without TeX into words: the one normaliser, for papers and for filters. */
export function tokenise(text: string): Token[] {
  const list = emptyTokens();
  addTokens(text, list);
  return list.words.map(({ word, term }, index) => ({
    word,
    term,
    start: list.offsets[2 * index] ?? 0,
    end: list.offsets[2 * index + 1] ?? 0,
  }));
}

const stops = new Uint8Array(0x10000);
for (const sign of '.!?。') stops[sign.charCodeAt(0)] = 1;

/** Whether a sentence may end between two offsets: most words have a blank or a comma between them. */
function hasStop(codes: Uint16Array, from: number, to: number): boolean {
  for (let at = from; at < to; at += 1) if (stops[codes[at] ?? 0] === 1) return true;
  return false;
}

/** Appends the tokens of a text without TeX; with `sentences`, a gap stands between two sentences. */
export function addTokens(text: string, list: TokenList, sentences = false): void {
  const { text: folded, starts, ends } = foldText(text);
  const units = unitsOf(folded);
  for (let start = wordStart(units, 0); start < units.length; ) {
    const end = wordEnd(units, start);
    const word = knownWord(folded, units.codes, start, end);
    const from = starts?.[start] ?? start;
    addToken(list, word, from, ends?.[end - 1] ?? end);
    start = wordStart(units, end);
    if (!sentences || start >= units.length || !hasStop(units.codes, end, start)) continue;
    if (isSentenceEnd(text, ends?.[end - 1] ?? end, starts?.[start] ?? start)) addToken(list, gap, 0, 0);
  }
}

/** Splits a text without TeX into the words of its sentences; none of them is empty. */
export function sentencesOf(text: string): Token[][] {
  const tokens = tokenise(text);
  if (tokens.length < 2) return tokens.length === 0 ? [] : [tokens];
  const sentences: Token[][] = [];
  let last: Token | undefined;
  for (const token of tokens) {
    if (last && !isSentenceEnd(text, last.end, token.start)) sentences.at(-1)?.push(token);
    else sentences.push([token]);
    last = token;
  }
  return sentences;
}

/** Appends one token. */
export function addToken(list: TokenList, word: KnownWord, start: number, end: number): void {
  const at = 2 * list.count;
  if (at === list.offsets.length) {
    const grown = new Uint32Array(2 * at);
    grown.set(list.offsets);
    list.offsets = grown;
  }
  list.words[list.count] = word;
  list.offsets[at] = start;
  list.offsets[at + 1] = end;
  list.count += 1;
}

/** A folded text, with the UTF-16 offsets of its characters in the original; absent when they are the same. */
interface FoldedText {
  readonly text: string;
  readonly starts?: readonly number[];
  readonly ends?: readonly number[];
}

/** Letters that Unicode does not decompose, as a keyboard without them writes them. */
const plainLetters = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['ł', 'l'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['þ', 'th'],
  ['ħ', 'h'],
  ['ı', 'i'],
  ['ς', 'σ'],
  ['’', "'"],
  ['ʼ', "'"],
]);

const foreign = /[^\0-\x7f]/gu;

/**
 * Folds case, accents and compatibility forms (Unicode NFKD, https://unicode.org/reports/tr15/), and drops invisible
 * signs.
 */
function foldText(text: string): FoldedText {
  // Most abstracts are plain ASCII, or nearly so.
  if (!/[^\0-\x7f]/.test(text)) return { text: text.toLowerCase() };
  let folded = '';
  let at = 0;
  for (const { 0: character, index } of text.matchAll(foreign)) {
    const plain = foldCharacter(character);
    if (plain.length !== character.length) return foldWithOffsets(text);
    folded += text.slice(at, index).toLowerCase() + plain;
    at = index + character.length;
  }
  return { text: folded + text.slice(at).toLowerCase() };
}

/** Folds a text in which characters change their places. */
function foldWithOffsets(text: string): FoldedText {
  let folded = '';
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  for (const character of text) {
    const end = at + character.length;
    const plain = character < '\x80' ? character.toLowerCase() : foldCharacter(character);
    // A mark belongs to the letter before it.
    if (plain === '' && ends.length > 0) ends[ends.length - 1] = end;
    for (let unit = 0; unit < plain.length; unit += 1) {
      starts.push(at);
      ends.push(end);
    }
    folded += plain;
    at = end;
  }
  return { text: folded, starts, ends };
}

/** Characters folded before; Unicode bounds their number. */
const foldedBefore = new Map<string, string>();

function foldCharacter(character: string): string {
  const plain = foldedBefore.get(character) ?? plainForm(character);
  foldedBefore.set(character, plain);
  return plain;
}

function plainForm(character: string): string {
  const parts = character.normalize('NFKD').toLowerCase().normalize('NFKD');
  return [...parts.replace(/[\p{M}\p{Cf}]/gu, '')].map((part) => plainLetters.get(part) ?? part).join('');
}

/** Porter2 stems some of its own stems once more ("analys"); one of these endings prevents that. */
const endings = ['', 'e', 'ness', "'s"];

/**
 * One spelling for all words of a stem, so that filters that mean the same print alike: usually the stem itself, always
 * a word with that stem. Where no ending helps, it is `word`, which has that stem.
 */
export function spellTerm(term: string, word: string): string {
  for (const ending of endings) {
    const spelling = term + ending;
    const [token, ...others] = tokenise(spelling);
    if (token?.word === spelling && token.term === term && others.length === 0) return spelling;
  }
  return word;
}

/** Spells words as in the text that a filter was read from, to show parts of it. */
export function spellingIn(text: string): Spelling {
  const written = new Map(tokenise(text).map(({ term, start, end }) => [term, text.slice(start, end)]));
  return (term, word) => written.get(term) ?? word;
}
