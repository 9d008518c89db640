import type { Instant } from '../calendar-date.js';
import type { FactFilter, TermFilter, TextFilter } from '../filter/filter.js';
import type { PaperPart } from '../filter/match/index-paper.js';
import { monthFacts } from './month-facts.js';
import { type MonthIndex, sizeOf } from './month-index.js';
import type { Stretch } from './month-spots.js';
import { monthTexts } from './month-texts.js';
import type { MonthWords } from './month-words.js';

/** Something that makes a paper match: a text of words or numbers that tells it from others, and where it is. */
export interface Hit {
  readonly part: PaperPart;
  readonly text: string;
  /** Equal in two that say the same, be it in a text or as a name. */
  readonly said: string;
  /** Within the paper, or within a name. */
  readonly start: number;
  readonly end: number;
}

/** Finds one term of a filter among the papers of a month. */
export interface LeafFinder {
  /** Tells the places of the papers that it matches; a place may come more than once. */
  readonly each: (tell: (place: number) => void) => void;
  /** What makes it match a paper; none for a term that asks about no text. */
  readonly hitsAt: (place: number) => readonly Hit[];
}

/** Makes finders for a month whose papers are as old as they were at `at`. */
export function findersOf(month: MonthIndex, words: MonthWords, at: Instant): (leaf: TermFilter) => LeafFinder {
  const textFinder = monthTexts(month, words);
  const factFinder = monthFacts(month, at);
  const size = sizeOf(month);

  function inTexts(leaf: TextFilter): LeafFinder {
    const { each, stretchesAt } = textFinder(leaf);
    return { each, hitsAt: (place) => stretchesAt(place).map((stretch) => new TextHit(month, place, stretch)) };
  }

  function inFacts(leaf: FactFilter): LeafFinder {
    const { isAt, nameAt } = factFinder(leaf);
    const said = saidIn(words);
    return {
      each: (tell) => {
        for (let place = 0; place < size; place += 1) if (isAt(place)) tell(place);
      },
      hitsAt: (place) => {
        const text = nameAt(place);
        const isName = leaf.kind === 'author' || leaf.kind === 'category' || leaf.kind === 'organisation';
        return text !== undefined && isName
          ? [{ part: leaf.kind, text, said: said(text), start: 0, end: text.length }]
          : [];
      },
    };
  }

  return (leaf) => (isTextFilter(leaf) ? inTexts(leaf) : inFacts(leaf));
}

/** Whether a term is looked for in texts. */
export function isTextFilter(leaf: TermFilter): leaf is TextFilter {
  const { kind } = leaf;
  return kind === 'word' || kind === 'exact' || kind === 'prefix' || kind === 'phrase' || kind === 'near';
}

/** Says a name as `TextHit` says words, where texts have all of its words. */
function saidIn(words: MonthWords): (name: string) => string {
  const known = new Map<string, string>();
  return (name) => {
    const numbers = known.has(name) ? [] : name.split(' ').map(words.numberOf);
    const said = known.get(name) ?? (numbers.includes(0) ? name : ` ${numbers.join(' ')} `);
    known.set(name, said);
    return said;
  };
}

/** Words of a paper. A class: sorting by relevance makes tens of thousands, and most are never asked for their text. */
class TextHit implements Hit {
  readonly part: PaperPart;
  readonly start: number;
  readonly end: number;

  constructor(
    private readonly month: MonthIndex,
    place: number,
    private readonly stretch: Stretch,
  ) {
    this.start = stretch.at - (month.firstPosition[place] ?? 0);
    this.end = this.start + stretch.count;
    this.part = partAt(month, place, this.start);
  }

  get said(): string {
    return this.text;
  }

  get text(): string {
    const { at, count, word } = this.stretch;
    const { wordAt } = this.month;
    return count === 1 ? ` ${word ?? wordAt?.[at]} ` : ` ${wordAt?.subarray(at, at + count).join(' ')} `;
  }
}

/** The text of a paper to which a position in it belongs. */
function partAt({ abstractAt, keywordsAt }: MonthIndex, place: number, position: number): PaperPart {
  if (position < (abstractAt[place] ?? 0)) return 'title';
  return position < (keywordsAt[place] ?? 0) ? 'abstract' : 'keyword';
}
