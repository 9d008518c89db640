import { mostNamed, type NamedPaper, titleKey } from '../../domain/likeness/named-paper.js';
import type { ReadEntries } from './named-entry.js';
import { isBibtex, readBibtex } from './read-bibtex.js';
import { cslItems, isJson, readCsl } from './read-csl.js';
import { readList } from './read-list.js';
import { isRis, readRis } from './read-ris.js';

/** What somebody named, each paper once, with the entries and lines that name none; or in a sentence why it is refused. */
type NamedPapers =
  | { readonly ok: true; readonly papers: readonly NamedPaper[]; readonly unread: readonly string[] }
  | { readonly ok: false; readonly problem: string };

const mostBytes = 1_000_000;
/** Of what names no paper, this much is told. */
const mostUnread = 20;

const problems = {
  large: 'This is larger than 1 MB. Name at most 200 papers.',
  many: `These are more than ${mostNamed} papers. Name at most ${mostNamed}.`,
  none: 'No paper is named here. Give arXiv ids, addresses or titles, one a line, or a BibTeX, RIS or CSL-JSON file.',
  damaged: 'This looks like CSL-JSON, but it is damaged. Export it once more, or paste titles, one a line.',
  noText: 'This is not a text file. Give a list of ids or titles, or a BibTeX, RIS or CSL-JSON file.',
} as const;

/**
 * Reads the papers that somebody names: arXiv ids, addresses and titles, or a BibTeX, RIS or CSL-JSON file, of which the
 * format is recognised. A file's bytes may be UTF-8, UTF-16 with its mark, or else Windows-1252.
 */
export function readNamedPapers(given: string | Uint8Array): NamedPapers {
  if ((typeof given === 'string' ? Buffer.byteLength(given) : given.length) > mostBytes) return refused('large');
  const text = typeof given === 'string' ? given : decoded(given);
  if (text === undefined || /[\0\u0001-\u0008]/.test(text)) return refused('noText');
  const entries = readEntries(text.replace(/\p{Cs}|\ufeff/gu, ''));
  if (!entries) return refused('damaged');
  const { papers, unread } = entries;
  const distinct = distinctPapers(papers);
  if (distinct.length > mostNamed) return refused('many');
  if (distinct.length === 0) return refused('none');
  return { ok: true, papers: distinct, unread: [...new Set(unread)].slice(0, mostUnread) };
}

const refused = (why: keyof typeof problems) => ({ ok: false, problem: problems[why] }) as const;

function decoded(bytes: Uint8Array): string | undefined {
  const mark = [0, 1].map((place) => bytes[place]?.toString(16)).join('');
  if (mark === 'fffe' || mark === 'feff')
    return new TextDecoder(mark === 'fffe' ? 'utf-16le' : 'utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

/** What a text names; `undefined` where it begins as JSON and goes on otherwise. */
function readEntries(text: string): ReadEntries | undefined {
  if (isJson(text)) {
    const items = cslItems(text);
    return items && readCsl(items);
  }
  if (isBibtex(text)) return readBibtex(text);
  return isRis(text) ? readRis(text) : readList(text);
}

/** Each paper once, by its id or else by its title; the first that has an abstract counts. */
function distinctPapers(papers: readonly NamedPaper[]): readonly NamedPaper[] {
  const distinct = new Map<string, NamedPaper>();
  for (const paper of papers) {
    const key = paper.id ?? `title ${titleKey(paper.title ?? '')}`;
    const known = distinct.get(key);
    if (!known || (known.abstract === undefined && paper.abstract !== undefined))
      distinct.set(key, { ...known, ...paper });
    if (distinct.size > mostNamed) break;
  }
  return [...distinct.values()];
}
