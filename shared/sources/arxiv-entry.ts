import { addDays, type CalendarDate, startOf } from '../domain/calendar-date.js';
import type { PaperRecord } from '../domain/paper/paper.js';
import { type PaperId, parsePaperId } from '../domain/paper/paper-id.js';
import { tellsWithdrawal } from '../domain/paper/withdrawal/tells-withdrawal.js';
import { children, childText, type XmlElement } from './arxiv-xml.js';
import { authorNames, authorsIn } from './author-names.js';
import { mentionedCode } from './links.js';
import { oneLine, parseInstant, textLimits } from './source-text.js';

/** What an entry says, or why it cannot be read. */
export type ReadEntry = PaperRecord | Unreadable;

interface Unreadable {
  readonly reason: string;
}

type Common = Omit<PaperRecord, 'authors'>;

// Journals' subject classes (`68T05`, `I.2.6`) stand among the categories in the same form.
const category = /^[a-z]+(?:-[a-z]+)*(?:\.[A-Za-z]+(?:-[A-Za-z]+)*)?$/;

function categoriesOf(entry: XmlElement): string[] {
  const terms = ['primary_category', 'category'].flatMap((name) => children(entry, name));
  const named = terms.map(({ attributes }) => attributes.term?.trim() ?? '').filter((term) => category.test(term));
  return [...new Set(named)].slice(0, 50);
}

function readCommon(entry: XmlElement, summary: string): Common | Unreadable {
  const found = parsePaperId(childText(entry, 'id'));
  const title = oneLine(childText(entry, 'title'), textLimits.title);
  const abstract = oneLine(summary, textLimits.abstract);
  const publishedAt = parseInstant(childText(entry, 'published')) ?? parseInstant(childText(entry, 'updated'));
  if (!found) return { reason: 'its id is no arXiv id' };
  if (title === '') return { reason: 'its title is empty' };
  if (publishedAt === undefined) return { reason: 'its publication is no time' };
  const { id, version } = found;
  const base = { source: 'arxiv' as const, id, title, abstract, publishedAt, categories: categoriesOf(entry) };
  return version === undefined ? base : { ...base, version };
}

function codeIn(...texts: readonly string[]): { mentionedCodeUrl?: string } {
  const code = mentionedCode(...texts);
  return code ? { mentionedCodeUrl: code } : {};
}

/**
 * Reads an entry of the query API, in its layouts of 2016 and 2026. Format: https://info.arxiv.org/help/api/user-manual.html
 */
export function readQueryEntry(entry: XmlElement): ReadEntry {
  const read = readCommon(entry, childText(entry, 'summary'));
  if ('reason' in read) return read;
  const comment = oneLine(childText(entry, 'comment'), textLimits.abstract);
  const names = children(entry, 'author').map((author) => childText(author, 'name'));
  const isWithdrawn = tellsWithdrawal({ ...read, comment });
  return { ...read, authors: authorNames(names), isWithdrawn, ...codeIn(comment, read.abstract) };
}

/** What a feed's entry announces: a paper, a new version of one, or nothing that is known. */
export function announcementOf(entry: XmlElement): 'paper' | 'version' | undefined {
  const type = childText(entry, 'announce_type').trim().toLowerCase();
  if (type === 'new' || type === 'cross') return 'paper';
  return type === 'replace' || type === 'replace-cross' ? 'version' : undefined;
}

/**
 * Reads an entry of the daily feed of rss.arxiv.org. The feed dates every entry on the day of the feed; a paper that
 * is only now cross-listed is older, so the end of the month in its id bounds `publishedAt`. An entry has no comment, so
 * the absence of a withdrawal means little.
 */
export function readFeedEntry(entry: XmlElement): ReadEntry {
  const abstract = childText(entry, 'summary').replace(/^\s*arXiv:\S+\s+Announce Type:\s*\S+\s+(?:Abstract:\s*)?/i, '');
  const read = readCommon(entry, abstract);
  if ('reason' in read) return read;
  const publishedAt = Math.min(read.publishedAt, endOfMonth(read.id));
  const authors = authorsIn(childText(entry, 'creator'));
  const withdrawal = tellsWithdrawal(read) ? { isWithdrawn: true } : {};
  return { ...read, publishedAt, authors, ...withdrawal, ...codeIn(read.abstract) };
}

/** The last instant of the month that an id names: `2508.…` or `hep-ex/0406…`. */
function endOfMonth(id: PaperId): number {
  const [year = '', month = ''] = id.replace(/^.*\//, '').match(/\d\d/g) ?? [];
  const century = Number(year) >= 91 ? '19' : '20';
  const first = `${century}${year}-${month}-01` as CalendarDate;
  return startOf(`${addDays(first, 31).slice(0, 7)}-01` as CalendarDate) - 1;
}
