import { dayMs, type Instant } from '../calendar-date.js';
import type { FactFilter, LimitFilter } from '../filter/filter.js';
import { isNamed } from '../filter/match/person-name.js';
import { flags, type MonthIndex } from './month-index.js';
import { linesOf, type TextLines } from './text-lines.js';

/** Finds what a filter asks about papers besides their texts. */
interface FactFinder {
  readonly isAt: (place: number) => boolean;
  /** The category, author or organisation that is meant, in folded words; `undefined` where a filter asks for none. */
  readonly nameAt: (place: number) => string | undefined;
}

/** Makes finders for what is known of the papers of a month; their age is that at `at`. */
export function monthFacts(month: MonthIndex, at: Instant): (leaf: FactFilter) => FactFinder {
  return (leaf) => {
    switch (leaf.kind) {
      case 'author': {
        const { names } = month;
        if (!names) throw new Error('the names of the month were not read');
        const authors = linesOf(names.authors);
        const lists = { marks: authorsNamed(leaf.words, authors), firsts: names.firstAuthor, lineAt: names.authorAt };
        return listFinder(lists, (line) => nameIn(authors.at(line)).join(' '));
      }
      case 'category': {
        const categories = linesOf(month.categories);
        const isMeant = (category: string) => category === leaf.category || category.startsWith(`${leaf.category}.`);
        const lists = { marks: marked(categories, isMeant), firsts: month.firstCategory, lineAt: month.categoryAt };
        return listFinder(lists, categories.at);
      }
      case 'organisation':
        return organisationFinder(leaf.words, month);
      case 'has':
        return nameless((place) => ((month.flags[place] ?? 0) & flags.code) !== 0);
      case 'source':
        return nameless((place) => ((month.flags[place] ?? 0) & flags[leaf.source]) !== 0);
      case 'id': {
        const ids = linesOf(month.ids);
        return nameless((place) => ids.at(place) === leaf.id);
      }
      case 'limit':
        return nameless(isWithin(leaf, month, at));
    }
  };
}

function marked(lines: TextLines, isMeant: (line: string) => boolean): Uint8Array {
  return Uint8Array.from({ length: lines.count }, (_, line) => Number(isMeant(lines.at(line))));
}

function authorsNamed(wanted: readonly string[], authors: TextLines): Uint8Array {
  const named = new Uint8Array(authors.count);
  // A name ends as what is asked for, or as that does without the initials at its end.
  for (const last of new Set([wanted.at(-1) ?? '', wanted.findLast((word) => word.length > 1) ?? ''])) {
    const end = authors.firstPast(`${last} `, 0, authors.count);
    for (let line = authors.firstFrom(last, 0, end); line < end; line += 1) {
      if (isNamed(nameIn(authors.at(line)), wanted)) named[line] = 1;
    }
  }
  return named;
}

/** Names that papers have, each any number of them, and which of the names are meant. */
interface NamesOfPapers {
  readonly marks: Uint8Array;
  readonly firsts: Uint32Array;
  readonly lineAt: Uint32Array | Uint16Array;
}

/** Finds the first of a paper's names that is meant. */
function listFinder({ marks, firsts, lineAt }: NamesOfPapers, nameOf: (line: number) => string): FactFinder {
  const foundAt = (place: number) => {
    const end = firsts[place + 1] ?? 0;
    for (let index = firsts[place] ?? 0; index < end; index += 1) {
      const line = lineAt[index] ?? 0;
      if (marks[line] === 1) return line;
    }
    return -1;
  };
  return {
    isAt: (place) => foundAt(place) >= 0,
    nameAt: (place) => {
      const line = foundAt(place);
      return line < 0 ? undefined : nameOf(line);
    },
  };
}

function organisationFinder(wanted: readonly string[], { organisation, ...month }: MonthIndex): FactFinder {
  const organisations = linesOf(month.organisations);
  const marks = marked(organisations, (name) => ` ${name} `.includes(` ${wanted.join(' ')} `));
  const lineAt = (place: number) => (organisation[place] ?? 0) - 1;
  const isAt = (place: number) => marks[lineAt(place)] === 1;
  return { isAt, nameAt: (place) => (isAt(place) ? organisations.at(lineAt(place)) : undefined) };
}

function isWithin({ measure, value }: LimitFilter, month: MonthIndex, at: Instant): (place: number) => boolean {
  const { scores, upvotes, stars, publishedAt } = month;
  if (measure === 'age') return (place) => Math.max(0, (at - (publishedAt[place] ?? 0)) / dayMs) <= value;
  const counts = { score: scores, upvotes, stars }[measure];
  return (place) => (counts[place] ?? 0) >= value;
}

const nameless = (isAt: FactFinder['isAt']): FactFinder => ({ isAt, nameAt: () => undefined });

/** The words of a name as `isNamed` takes them, the last one at the end. */
function nameIn(line: string): readonly string[] {
  const [last = '', ...others] = line.split(' ');
  return [...others, last];
}
