import { foldText } from './fold.js';
import { type KnownWord, knownWord } from './known-words.js';
import { unitsOf, wordEnd, wordStart } from './scan-word.js';

/** A word of a text: as it is compared, and where it stands. */
export interface Token {
  /** Folded: without case, accents and compatibility forms. */
  readonly word: string;
  /** The word's stem: two words are the same to a filter when their terms are equal. */
  readonly term: string;
  /** UTF-16 offsets into the text that was given. */
  readonly start: number;
  readonly end: number;
}

/** The tokens of one or more texts without an object for each: `offsets` has start and end of each in turn. */
export interface TokenList {
  count: number;
  readonly words: KnownWord[];
  offsets: Uint32Array;
}

/** A list that grows as needed and may be used again from `count = 0`. */
export function emptyTokens(): TokenList {
  return { count: 0, words: [], offsets: new Uint32Array(16) };
}

/** Parts a text without TeX into words: the one normaliser, for papers and for filters. */
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

/** Appends the tokens of a text without TeX. */
export function addTokens(text: string, list: TokenList): void {
  const { text: folded, starts, ends } = foldText(text);
  const units = unitsOf(folded);
  for (let start = wordStart(units, 0); start < units.length; ) {
    const end = wordEnd(units, start);
    const word = knownWord(folded, units.codes, start, end);
    if (starts && ends) addToken(list, word, starts[start] ?? 0, ends[end - 1] ?? 0);
    else addToken(list, word, start, end);
    start = wordStart(units, end);
  }
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
