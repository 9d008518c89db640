import type { NamedPaper } from '../../domain/likeness/named-paper.js';
import { cutTo } from '../../domain/text/shorten.js';
import { shownText, singleLine } from '../../domain/text/shown-text.js';
import { idsIn } from './named-ids.js';

/** What a text makes of its format: papers, and what cannot be read, by whatever names it. */
export interface ReadEntries {
  readonly papers: readonly NamedPaper[];
  readonly unread: readonly string[];
}

/** What an entry of a file says. */
export interface FileEntry {
  readonly title: string | undefined;
  readonly abstract: string | undefined;
  /** Fields in which an arXiv id may be. */
  readonly places: readonly string[];
  /** What tells the entry from the others, where it names no paper. */
  readonly name: string | undefined;
}

/** A shorter abstract is none: `see above`, `to appear`. */
const fewestWords = 20;
const longestTitle = 500;
const longestAbstract = 10_000;

/** A title as it is shown and compared, in one line; empty where there is none. */
export function plainTitle(text: string): string {
  // In bibliographies, braces that are left over only keep capitals.
  const line = shownText(text.slice(0, 4 * longestTitle))
    .replace(/[{}]/g, '')
    .replace(/\.$/, '')
    .trim();
  return /\p{L}/u.test(line) ? cutTo(line, longestTitle) : '';
}

/** What names something that is no paper, in few words. */
export const shortName = (text: string) => cutTo(singleLine(text.slice(0, 400)), 80);

function plainAbstract(text: string | undefined): string | undefined {
  const line = shownText((text ?? '').slice(0, longestAbstract)).replace(/[{}]/g, '');
  return line.split(' ').length < fewestWords ? undefined : line;
}

/** The paper that an entry names; `undefined` where it has neither an arXiv id nor a title. */
function paperOf({ title: text = '', abstract: told, places }: FileEntry): NamedPaper | undefined {
  const [id] = places.flatMap((place) => idsIn(place.slice(0, 2000)));
  const title = plainTitle(text);
  if (title === '') return id && { id };
  const abstract = plainAbstract(told);
  return { ...(id && { id }), title, ...(abstract !== undefined && { abstract }) };
}

/** More entries than this are not looked at: they are refused for their number. */
const mostEntries = 2000;

/** Reads the entries of a file one by one. */
export function entriesRead<Entry>(entries: readonly Entry[], read: (entry: Entry) => FileEntry): ReadEntries {
  const papers: NamedPaper[] = [];
  const unread: string[] = [];
  for (const [place, entry] of entries.slice(0, mostEntries).entries()) {
    const said = read(entry);
    const paper = paperOf(said);
    if (paper) papers.push(paper);
    else unread.push(shortName(said.name ?? '') || `entry ${place + 1}`);
  }
  return { papers, unread };
}
