import type { MatchedWord } from './find-term.js';
import type { PaperPart } from './index-paper.js';

/** How many words explain a match. */
const maxWords = 5;

const partOrder = {
  title: 0,
  keyword: 1,
  abstract: 2,
  category: 3,
  author: 4,
  organisation: 5,
} as const satisfies Record<PaperPart, number>;

/** Words of papers by number, kept as a few numbers each: to compare them reads no object and hardly a text. */
interface WordTable {
  /** Keeps a word and gives its number, from 0 on. */
  readonly add: (word: MatchedWord) => number;
  readonly textOf: (word: number) => string;
  /**
   * Of words of one paper by number, the first `length` of a list, moves those to its beginning that explain the match,
   * and says how many: each once in any case, those of the title first, at most five.
   */
  readonly tell: (words: number[], length: number) => number;
}

const partBits = 28;
const fieldsOfWord = 3;

/** Makes an empty table. */
export function wordTable(room = 8): WordTable {
  const texts: string[] = [];
  /** Of each word: its part and start, so that the order of words is that of numbers; its end; its first letter. */
  let fields = new Int32Array(room * fieldsOfWord);
  const isLeftOut: boolean[] = [];

  function add({ text, part, start, end }: MatchedWord): number {
    const at = texts.length * fieldsOfWord;
    if (at >= fields.length) {
      const larger = new Int32Array(2 * fields.length);
      larger.set(fields);
      fields = larger;
    }
    fields[at] = (partOrder[part] << partBits) | start;
    fields[at + 1] = end;
    fields[at + 2] = firstLetter(text);
    return texts.push(text) - 1;
  }

  function startOf(word: number): number {
    return fields[word * fieldsOfWord] ?? 0;
  }

  /** Most texts differ in their first letter already. */
  function isSameText(one: number, other: number): boolean {
    const first = fields[one * fieldsOfWord + 2] ?? 0;
    const second = fields[other * fieldsOfWord + 2] ?? 0;
    if (first !== second && first !== 0 && second !== 0) return false;
    const [text = '', otherText = ''] = [texts[one], texts[other]];
    return text === otherText || text.toLowerCase() === otherText.toLowerCase();
  }

  /** Beside "KV cache" the word "cache" of the same place says nothing new. */
  function isInside(word: number, other: number): boolean {
    const [from, otherFrom] = [startOf(word), startOf(other)];
    if (from >> partBits !== otherFrom >> partBits || otherFrom > from) return false;
    if ((fields[word * fieldsOfWord + 1] ?? 0) > (fields[other * fieldsOfWord + 1] ?? 0)) return false;
    const [text = '', otherText = ''] = [texts[word], texts[other]];
    return otherText.length > text.length && otherText.includes(text);
  }

  /** Whether a word comes before already, or is inside another one. */
  function isSaid(at: number, words: readonly number[], length: number): boolean {
    const word = words[at] ?? 0;
    for (let index = 0; index < length; index += 1) {
      const other = words[index] ?? 0;
      if (index < at && isSameText(word, other)) return true;
      if (index !== at && isInside(word, other)) return true;
    }
    return false;
  }

  /** By insertion: there are few, and equal ones keep their order. */
  function sort(words: number[], length: number): void {
    for (let index = 1; index < length; index += 1) {
      const word = words[index] ?? 0;
      const start = startOf(word);
      let at = index;
      for (; at > 0 && startOf(words[at - 1] ?? 0) > start; at -= 1) words[at] = words[at - 1] ?? 0;
      words[at] = word;
    }
  }

  function tell(words: number[], length: number): number {
    if (length < 2) return length;
    sort(words, length);
    for (let index = 0; index < length; index += 1) isLeftOut[index] = isSaid(index, words, length);
    let count = 0;
    for (let index = 0; index < length && count < maxWords; index += 1) {
      if (isLeftOut[index]) continue;
      words[count] = words[index] ?? 0;
      count += 1;
    }
    return count;
  }

  return { add, textOf: (word) => texts[word] ?? '', tell };
}

/** In lower case; 0 when it is not of ASCII. */
function firstLetter(text: string): number {
  const first = text.charCodeAt(0);
  return first < 128 ? first | 32 : 0;
}
