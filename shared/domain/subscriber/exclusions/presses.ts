import type { IndexedPaper } from '../../filter/match/index-paper.js';
import { matchFilter } from '../../filter/match/match-filter.js';
import { shownText, withoutTags } from '../../text/shown-text.js';
import { readExclusions } from './exclusions.js';

/** What a reader can leave out from now on because of one paper, by one press. */
export interface Press {
  readonly kind: 'word' | 'author' | 'organisation';
  /** The word, or whose papers it is about. */
  readonly name: string;
  /** The filter that leaves them out, which matches this paper. */
  readonly filter: string;
}

const mostWords = 6;
const mostAuthors = 4;
const longestName = 80;

/** Everything that the filter language takes for the end of a quoted text. */
const quotes = /["“”„‟«»「」『』《》]/g;

/**
 * What can be left out because of a paper: the words for which it was chosen and its keywords, at most six, its first
 * four authors, and its organisation. Only what would have left out this paper.
 */
export function pressesFor(paper: IndexedPaper, words: readonly string[]): readonly Press[] {
  const { authors, organisation, keywords } = paper.paper;
  const made = (kind: Press['kind'], names: readonly string[], field: string, most: number) =>
    distinct(names.flatMap((name) => pressOf(kind, name, field, paper))).slice(0, most);
  return [
    ...made('word', [...words, ...keywords], '', mostWords),
    ...made('author', authors.slice(0, mostAuthors), 'author:', mostAuthors),
    ...made('organisation', organisation === undefined ? [] : [organisation], 'org:', 1),
  ];
}

function pressOf(kind: Press['kind'], written: string, field: string, paper: IndexedPaper): Press[] {
  const name = shownText(withoutTags(written)).replace(quotes, '').trim();
  if (name === '' || name.length > longestName) return [];
  const filter = `${field}"${name}"`;
  const [read] = readExclusions([filter]).filters;
  return read && matchFilter(read, paper) ? [{ kind, name, filter }] : [];
}

/** The first of those whose filters are equal. */
function distinct(presses: readonly Press[]): Press[] {
  const forms = presses.map(({ filter }) => readExclusions([filter]).filters[0]?.form);
  return presses.filter((_, at) => forms.indexOf(forms[at]) === at);
}
