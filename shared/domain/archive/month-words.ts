import { knownWord, unitsOf } from '../filter/words/known-words.js';
import type { MonthIndex } from './month-index.js';
import { type Spots, spotsIn, spotsOf } from './month-spots.js';
import { linesOf } from './text-lines.js';

/** Finds the words of a month, by number: 0 is none, and the gap. */
export interface MonthWords {
  readonly numberOf: (word: string) => number;
  /** The words with this term. */
  readonly ofTerm: (term: string) => readonly number[];
  /** The words with this beginning. */
  readonly from: (beginning: string) => readonly number[];
  /** Tells each position of some words, in order or word by word. */
  readonly eachOf: (words: WordSet, tell: (position: number) => void) => void;
}

/** Some words. */
export interface WordSet {
  readonly numbers: readonly number[];
  /** By their numbers, 1 for each of them. */
  readonly holds: Uint8Array;
}

/** Reading all texts takes a tenth of sorting their words, which pays when many words are asked for. */
const readingsBeforeSorting = 8;

/** Opens the words of a month; where each is is sorted out when many have been asked for. */
export function monthWords(month: MonthIndex): MonthWords {
  const { vocabulary, firstOfClass, oddWords } = month;
  const lines = linesOf(vocabulary);
  let sorted: Spots | undefined;
  let readings = 0;

  /** Calls for each class of words, with the lines at which it begins and ends. */
  function inClasses(look: (from: number, to: number) => void): void {
    for (let next = 1; next < firstOfClass.length; next += 1)
      look((firstOfClass[next - 1] ?? 1) - 1, (firstOfClass[next] ?? 1) - 1);
  }

  function from(beginning: string): number[] {
    const found: number[] = [];
    inClasses((first, end) => {
      const past = lines.firstPast(beginning, first, end);
      for (let line = lines.firstFrom(beginning, first, past); line < past; line += 1) found.push(line + 1);
    });
    return found;
  }

  return {
    from,
    numberOf(word) {
      let number = 0;
      inClasses((first, end) => {
        const line = number === 0 ? lines.firstFrom(word, first, end) : end;
        if (line < end && lines.at(line) === word) number = line + 1;
      });
      return number;
    },
    ofTerm(term) {
      const unit = term.charCodeAt(0);
      const odd = oddWords.filter((number) => lines.unitAt(number - 1) === unit);
      return [...from(term), ...odd].filter((number) => termOf(lines.at(number - 1)) === term);
    },
    eachOf(words, tell) {
      const { wordAt, spots } = month;
      if (!wordAt) {
        for (const number of words.numbers) for (const position of spotsIn(spots, number)) tell(position);
        return;
      }
      readings += 1;
      if (readings > readingsBeforeSorting) sorted ??= spotsOf(wordAt, lines.count);
      if (sorted) tellSpots(sorted, words.numbers, tell);
      else tellAll(wordAt, words, tell);
    },
  };
}

/** Up to so many words are looked for one by one, which the engine does at ten times the speed of a loop. */
const fewWords = 6;

function tellAll(
  wordAt: Uint16Array | Uint32Array,
  { numbers, holds }: WordSet,
  tell: (position: number) => void,
): void {
  if (numbers.length <= fewWords) {
    for (const number of numbers) {
      for (let at = wordAt.indexOf(number); at >= 0; at = wordAt.indexOf(number, at + 1)) tell(at);
    }
    return;
  }
  for (let at = 0; at < wordAt.length; at += 1) if (holds[wordAt[at] ?? 0] === 1) tell(at);
}

function tellSpots({ firstSpot, spots }: Spots, words: readonly number[], tell: (position: number) => void): void {
  for (const word of words) {
    const end = firstSpot[word + 1] ?? 0;
    for (let index = firstSpot[word] ?? 0; index < end; index += 1) tell(spots[index] ?? 0);
  }
}

function termOf(word: string): string {
  const { codes, length } = unitsOf(word);
  return knownWord(word, codes, 0, length).term;
}
