import type { NamedPaper } from '../../domain/likeness/named-paper.js';
import { plainTitle, type ReadEntries, shortName } from './named-entry.js';
import { idsIn } from './named-ids.js';

/** Longer lines are no titles. */
const longestLine = 500;
const bullet = /^\s{0,20}(?:[-*•–]|\(?\[?\d{1,3}[.)\]])\s{1,20}/;
const quotes = /^["'“”‘’«»]{1,3}|["'“”‘’«»]{1,3}[.,;]?$/g;
const address = /^(?:https?:\/\/|www\.)\S*$/i;

/** Reads ids and addresses, any number a line, and titles, one a line. */
export function readList(text: string): ReadEntries {
  const papers: NamedPaper[] = [];
  const unread: string[] = [];
  for (const line of text.split(/\r\n|[\n\r\u2028\u2029]/)) {
    if (line.trim() === '') continue;
    const ids = idsIn(line);
    if (ids.length > 0) {
      for (const id of ids) papers.push({ id });
      continue;
    }
    const bare = line
      .slice(0, longestLine + 20)
      .replace(bullet, '')
      .trim();
    const title = bare.length > longestLine || address.test(bare) ? '' : plainTitle(bare.replace(quotes, ''));
    if (title !== '') papers.push({ title });
    else if (bare !== '') unread.push(shortName(bare));
  }
  return { papers, unread };
}
