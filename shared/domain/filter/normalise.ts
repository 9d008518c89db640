import { stem } from 'porter2';
import { foldText } from './fold.js';

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

/** Letters and digits, with apostrophes inside; `c++` and `c#` are words. Hyphens, like all other signs, part words. */
const wordPattern = /[\p{L}\p{N}]+(?:'\p{L}+)*(?:\+\+(?![\p{L}\p{N}+])|#(?![\p{L}\p{N}#]))?/gu;

const irregularPlurals = new Map([
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
  ['indices', 'index'],
  ['corpora', 'corpus'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
]);

/** Parts a text without TeX into words: the one normaliser, for papers and for filters. */
export function tokenise(text: string): Token[] {
  const folded = foldText(text);
  return [...folded.text.matchAll(wordPattern)].map(({ 0: word, index }) => ({
    word,
    term: termOf(word),
    start: folded.starts ? (folded.starts[index] ?? 0) : index,
    end: folded.ends ? (folded.ends[index + word.length - 1] ?? 0) : index + word.length,
  }));
}

/**
 * The stem of a folded word: Porter2 (https://snowballstem.org/algorithms/english/stemmer.html), after plurals that it
 * does not know: acronyms (LLMs, GPUs), -sis (analysis, analyses) and a few Latin ones.
 */
export function termOf(word: string): string {
  return stem(irregularPlurals.get(word) ?? (word.endsWith('s') ? withoutPlural(word) : word));
}

function withoutPlural(word: string): string {
  return word.replace(/^([^aeiouy']+[aeiouy]?)(?<!s)s$/, '$1').replace(/^(.{4,})sis$/, '$1ses');
}
