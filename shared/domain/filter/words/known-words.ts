import { stem } from 'porter2';

/** A folded word and its stem. */
export interface KnownWord {
  readonly word: string;
  readonly term: string;
  /** Counts these objects in a process, from 1; two of one word have two numbers. */
  readonly number: number;
}

/** No word: what stands between two texts. */
export const gap: KnownWord = { word: '', term: '', number: 0 };

const irregularPlurals = new Map([
  ['matrices', 'matrix'],
  ['vertices', 'vertex'],
  ['indices', 'index'],
  ['corpora', 'corpus'],
  ['criteria', 'criterion'],
  ['phenomena', 'phenomenon'],
]);

/** Words of this process, so that each is stemmed once. Longer ones are rare, and a hostile text may be full of them. */
const known = new Map<string, KnownWord>();
const mostKnown = 50_000;
const longestKnown = 40;
let count = 1;

/** The last word with each hash: found without cutting the word out of its text. */
const recent: (KnownWord | undefined)[] = new Array(1 << 14).fill(undefined);

/** The word that stands in a folded text, whose UTF-16 units are `codes`, from `start` to `end`. */
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
 * The stem of a folded word: Porter2 (https://snowballstem.org/algorithms/english/stemmer.html), after plurals that it
 * does not know: acronyms (LLMs, GPUs), -sis (analysis, analyses) and a few Latin ones.
 */
export function termOf(word: string): string {
  return lookUp(word).term;
}

function stemOf(word: string): string {
  return stem(irregularPlurals.get(word) ?? (word.endsWith('s') ? withoutPlural(word) : word));
}

function withoutPlural(word: string): string {
  return word.replace(/^([^aeiouy']+[aeiouy]?)(?<!s)s$/, '$1').replace(/^(.{4,})sis$/, '$1ses');
}
