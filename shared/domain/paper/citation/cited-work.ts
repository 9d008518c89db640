import { type CalendarDate, dateOf } from '../../calendar-date.js';
import { shownText } from '../../text/shown-text.js';
import type { Paper } from '../paper.js';
import { arxivPage } from '../paper-links.js';

/** Who wrote a work: a person by the parts of the name, anybody else by one name that is not cut. */
export type CitedName = { readonly family: string; readonly given: string } | { readonly literal: string };

/** What reference managers keep of a paper, as text without TeX. */
interface CitedWork {
  readonly id: string;
  readonly title: string;
  readonly authors: readonly CitedName[];
  readonly abstract: string;
  readonly published: CalendarDate;
  readonly categories: readonly string[];
  readonly doi: string;
  readonly url: string;
  readonly isWithdrawn: boolean;
}

/** What is cited of a paper; arXiv registers a DOI for each: https://info.arxiv.org/help/doi.html. */
export function citedWork(paper: Paper): CitedWork {
  const { id, title, authors, abstract, publishedAt, categories, isWithdrawn } = paper;
  return {
    id,
    title: shownText(title),
    authors: authors.map((name) => citedName(shownText(name))).filter((name) => nameText(name) !== ''),
    abstract: shownText(abstract),
    published: dateOf(publishedAt),
    categories,
    doi: `10.48550/arXiv.${id}`,
    url: arxivPage(id),
    isWithdrawn,
  };
}

const nameText = (name: CitedName) => ('literal' in name ? name.literal : name.family);

const particle = /^(?:van|von|der|den|de|del|della|di|da|dos|du|la|le|ten|ter|el|al|bin|ibn)$/;
const suffix = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const notOfPersons =
  /^(?:team|group|labs?|consortium|collaboration|project|foundation|institute|university|ai|inc)\.?$/i;

/** The words of a name; a sign that stands alone is none. */
const wordsOf = (name: string) => name.split(/[\s,;，]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));

/**
 * Cuts a name at its comma, or before the last name where it has none: with its particles, and a suffix behind the first.
 * No part keeps a comma, for RIS has no way to write one.
 */
function citedName(name: string): CitedName {
  const [family = '', given = '', ...more] = name.split(/[,;，]/).map((part) => wordsOf(part).join(' '));
  if (family !== '' && given !== '' && more.length === 0) return { family, given };
  const words = wordsOf(name);
  const ending = words.length > 2 && suffix.test(words.at(-1) ?? '') ? words.pop() : undefined;
  const last = words.at(-1) ?? '';
  if (words.length < 2 || /[\d:&/]/.test(name) || notOfPersons.test(last)) return { literal: words.join(' ') };
  let cut = words.length - 1;
  while (cut > 1 && particle.test(words[cut - 1] ?? '')) cut -= 1;
  const first = words.slice(0, cut).join(' ');
  return { family: words.slice(cut).join(' '), given: ending === undefined ? first : `${first} ${ending}` };
}
