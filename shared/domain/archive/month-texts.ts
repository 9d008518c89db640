import type { NearFilter, TextField, TextFilter } from '../filter/filter.js';
import type { MonthIndex } from './month-index.js';
import { firstOfWords, type Stretch } from './month-spots.js';
import type { MonthWords, WordSet } from './month-words.js';

/** Finds one text filter in the texts of a month. */
interface TextFinder {
  /** Tells the places of the papers that match; a place may come more than once. */
  readonly each: (tell: (place: number) => void) => void;
  /** Where it first matches a paper, one stretch for each near word; none when it does not. */
  readonly stretchesAt: (place: number) => readonly Stretch[];
}

/** What a text filter needs of a month: its words in sequence, or where some of them are. */
export interface TextNeeds {
  readonly sequence: boolean;
  readonly words: readonly number[];
}

/** Says what a text filter needs. */
export function textNeeds(leaf: TextFilter, words: MonthWords): TextNeeds {
  const slots = leaf.kind === 'near' ? leaf.terms.map(words.ofTerm) : numbersOf(leaf, words);
  const [only = [], ...others] = slots;
  // What has a word that no paper has is nowhere.
  if (slots.some((numbers) => numbers.length === 0)) return { sequence: false, words: [] };
  return leaf.kind === 'near' || others.length > 0 ? { sequence: true, words: [] } : { sequence: false, words: only };
}

/** Makes finders for the texts of a month. */
export function monthTexts(month: MonthIndex, words: MonthWords): (leaf: TextFilter) => TextFinder {
  const texts = { month, words, ...positionsIn(month) };
  return (leaf) => (leaf.kind === 'near' ? nearFinder(leaf, texts) : runFinder(leaf, texts));
}

interface MonthTexts {
  readonly month: MonthIndex;
  readonly words: MonthWords;
  /** The place of the paper to which a position belongs. */
  readonly placeOf: (position: number) => number;
  readonly isIn: (field: TextField | undefined, position: number, place: number) => boolean;
}

function positionsIn({ firstPosition, abstractAt, keywordsAt }: MonthIndex): Pick<MonthTexts, 'placeOf' | 'isIn'> {
  const size = firstPosition.length - 1;
  let last = 0;
  return {
    placeOf(position) {
      const isBehind = position >= (firstPosition[last] ?? 0);
      // A frequent word is often in the same paper again, or in the next.
      if (isBehind && position < (firstPosition[last + 1] ?? 0)) return last;
      let [low, high] = isBehind ? [last + 1, size] : [0, last];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (position < (firstPosition[middle + 1] ?? 0)) high = middle;
        else low = middle + 1;
      }
      last = low;
      return low;
    },
    isIn(field, position, place) {
      if (field === undefined) return true;
      const at = position - (firstPosition[place] ?? 0);
      if (at < (abstractAt[place] ?? 0)) return field === 'title';
      return field === (at < (keywordsAt[place] ?? 0) ? 'abstract' : 'keyword');
    },
  };
}

/** Words side by side, or a single one. */
function runFinder(leaf: Exclude<TextFilter, NearFilter>, { month, words, placeOf, isIn }: MonthTexts): TextFinder {
  const { field } = leaf;
  const { firstPosition, firstOfClass } = month;
  const slots = numbersOf(leaf, words).map((numbers) => slotOf(numbers, firstOfClass));
  const rarest = rarestOf(slots);
  const offset = slots.indexOf(rarest);
  const single = slots.length === 1 ? firstOfWords(rarest.numbers, month.spots) : undefined;
  const isRunAt = (start: number) => {
    const wordAt = sequenceOf(month);
    for (let index = 0; index < slots.length; index += 1) {
      if (slots[index]?.holds[wordAt[start + index] ?? 0] !== 1) return false;
    }
    return true;
  };
  return {
    each(tell) {
      words.eachOf(rarest, (position) => {
        const place = placeOf(position);
        if (isIn(field, position, place) && (slots.length === 1 || isRunAt(position - offset))) tell(place);
      });
    },
    stretchesAt(place) {
      const end = firstPosition[place + 1] ?? 0;
      if (single && !month.wordAt) return single(firstPosition[place] ?? 0, end, (at) => isIn(field, at, place));
      if (single) {
        // Relevance asks this of thousands of papers.
        const { holds } = rarest;
        const wordAt = sequenceOf(month);
        for (let at = firstPosition[place] ?? 0; at < end; at += 1) {
          if (holds[wordAt[at] ?? 0] === 1 && isIn(field, at, place)) return [{ at, count: 1 }];
        }
        return [];
      }
      for (let at = firstPosition[place] ?? 0; at < end; at += 1) {
        if (isRunAt(at) && isIn(field, at, place)) return [{ at, count: slots.length }];
      }
      return [];
    },
  };
}

function sequenceOf({ wordAt }: MonthIndex): Uint16Array | Uint32Array {
  if (!wordAt) throw new Error('the words of the month were not read');
  return wordAt;
}

function nearFinder(leaf: NearFilter, { month, words, placeOf, isIn }: MonthTexts): TextFinder {
  const { firstPosition, firstOfClass } = month;
  const slots = leaf.terms.map((term) => slotOf(words.ofTerm(term), firstOfClass));
  const rarest = rarestOf(slots);

  /** The first window of one sentence that holds all terms, as `findNear` finds it in a paper. */
  function windowAt(place: number): readonly number[] {
    const wordAt = sequenceOf(month);
    const latest = new Map<WordSet, number>();
    const end = firstPosition[place + 1] ?? 0;
    for (let at = firstPosition[place] ?? 0; at < end; at += 1) {
      const number = wordAt[at] ?? 0;
      if (number === 0) latest.clear();
      const slot = slots.find(({ holds }) => holds[number] === 1);
      if (!slot || !isIn(leaf.field, at, place)) continue;
      latest.set(slot, at);
      const found = [...latest.values()];
      const isClose = at - Math.min(...found) + 1 <= slots.length + leaf.distance;
      if (found.length === slots.length && isClose) return found.sort((one, other) => one - other);
    }
    return [];
  }

  return {
    each(tell) {
      let last = -1;
      words.eachOf(rarest, (position) => {
        const place = placeOf(position);
        if (place !== last && windowAt(place).length > 0) tell(place);
        last = place;
      });
    },
    stretchesAt: (place) => stretchesOf(windowAt(place)),
  };
}

/** Near words within this many count as one stretch, with what is between them. */
const shownTogether = 6;

function stretchesOf(positions: readonly number[]): readonly Stretch[] {
  const [first = 0] = positions;
  const count = (positions.at(-1) ?? 0) - first + 1;
  if (positions.length > 0 && count <= shownTogether) return [{ at: first, count }];
  return positions.map((at) => ({ at, count: 1 }));
}

function slotOf(numbers: readonly number[], firstOfClass: Uint32Array): WordSet {
  const holds = new Uint8Array(firstOfClass.at(-1) ?? 1);
  for (const number of numbers) holds[number] = 1;
  return { numbers, holds };
}

/** The words that occur least often: numbers ascend as words become rare. */
function rarestOf(slots: readonly WordSet[]): WordSet {
  const commonest = ({ numbers }: WordSet) =>
    numbers.reduce((least, number) => Math.min(least, number), Number.POSITIVE_INFINITY);
  return slots.reduce((best, slot) => (commonest(slot) > commonest(best) ? slot : best));
}

/** For each word of a filter those of the month that it means. */
function numbersOf(leaf: Exclude<TextFilter, NearFilter>, words: MonthWords): readonly (readonly number[])[] {
  const exact = (word: string) => [words.numberOf(word)].filter((number) => number > 0);
  switch (leaf.kind) {
    case 'word':
      return [words.ofTerm(leaf.term)];
    case 'prefix':
      return [words.from(leaf.prefix)];
    case 'exact':
      return leaf.words.map(exact);
    case 'phrase':
      return [...leaf.terms.map(words.ofTerm), ...(leaf.prefix === undefined ? [] : [words.from(leaf.prefix)])];
  }
}
