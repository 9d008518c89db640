import type { KnownWord } from '../filter/words/known-words.js';
import type { WholeMonth } from './month-index.js';

/** The highest number of two bytes. */
const mostShort = 0xffff;

type NumberedWords = Pick<WholeMonth, 'wordAt' | 'vocabulary' | 'firstOfClass' | 'oddWords'>;

/** Takes the words of papers in turn and numbers them: frequent ones low, which compresses best. */
export function numberWords() {
  const met = new Map<string, number>([['', 0]]);
  const terms = [''];
  const counts = [0];
  let wordAt = new Uint32Array(1 << 16);
  let length = 0;

  function add(words: readonly KnownWord[]): void {
    if (length + words.length > wordAt.length) {
      const grown = new Uint32Array(2 * (length + words.length));
      grown.set(wordAt);
      wordAt = grown;
    }
    for (const { word, term } of words) {
      const number = met.get(word) ?? met.size;
      if (number === met.size) {
        met.set(word, number);
        terms.push(term);
        counts.push(0);
      }
      counts[number] = (counts[number] ?? 0) + 1;
      wordAt[length] = number;
      length += 1;
    }
  }

  /** Of one class are words that occur as often as each other, up to twice: of any order, theirs is the alphabet's. */
  const classOf = (word: string) => 31 - Math.clz32(counts[met.get(word) ?? 0] ?? 1);

  function numbered(): NumberedWords {
    const [, ...words] = met.keys();
    const byClass = Array.from({ length: 32 }, () => [] as string[]);
    for (const word of words) byClass[31 - classOf(word)]?.push(word);
    const classes = byClass.filter((each) => each.length > 0).map((each) => each.sort());
    const vocabulary = classes.flat();
    const moved = new Uint32Array(met.size);
    for (const [index, word] of vocabulary.entries()) moved[met.get(word) ?? 0] = index + 1;
    const numbers = vocabulary.length > mostShort ? new Uint32Array(length) : new Uint16Array(length);
    for (let at = 0; at < length; at += 1) numbers[at] = moved[wordAt[at] ?? 0] ?? 0;
    let first = 1;
    const firstOfClass = [first, ...classes.map((each) => (first += each.length))];
    return {
      wordAt: numbers,
      vocabulary: vocabulary.join('\n'),
      firstOfClass: Uint32Array.from(firstOfClass),
      oddWords: Uint32Array.from(
        vocabulary.flatMap((word, index) => (word.startsWith(terms[met.get(word) ?? 0] ?? '') ? [] : [index + 1])),
      ),
    };
  }

  return { add, numbered };
}
