import { type BibtexField, type BibtexItem, parse } from 'bibtex-parse';
import { entriesRead, type FileEntry, type ReadEntries } from './named-entry.js';

const start = /@\s{0,10}([A-Za-z]{1,30})\s{0,10}[{(]/g;
const noPaper = /^(?:comment|preamble|string)$/i;

/** A longer entry is none that anybody wrote, and would take the parser long. */
const longestEntry = 50_000;

interface Piece {
  readonly type: string;
  readonly text: string;
}

/**
 * Cuts a text where entries begin, at the start of a line or behind another entry: the parser gives up a whole file for one
 * bad entry.
 */
function piecesOf(text: string): readonly Piece[] {
  const isStart = (at: number) => /(?:^|[\n\r})])$/.test(text.slice(Math.max(0, at - 40), at).replace(/[ \t]+$/, ''));
  const starts = [...text.matchAll(start)].filter(({ index }) => isStart(index));
  return starts.map(({ index, 1: type = '' }, place) => ({ type, text: text.slice(index, starts[place + 1]?.index) }));
}

/** Whether a text has an entry of BibTeX. */
export const isBibtex = (text: string) => piecesOf(text.slice(0, 200_000)).length > 0;

/** Reads BibTeX and BibLaTeX. */
export function readBibtex(text: string): ReadEntries {
  return entriesRead(
    piecesOf(text).filter(({ type }) => !noPaper.test(type)),
    ({ text: piece }) => fileEntry(piece),
  );
}

function fileEntry(piece: string): FileEntry {
  const name = /[{(]\s{0,10}([^\s,{}()=]{1,100})/.exec(piece)?.[1] ?? piece.slice(0, 40);
  const fields = fieldsOf(piece);
  const textOf = (field: string) => fields.get(field);
  const eprint = textOf('eprint');
  const named = [
    'doi',
    'url',
    'arxivid',
    'arxiv',
    'journal',
    'journaltitle',
    'volume',
    'number',
    'note',
    'howpublished',
  ];
  const places = [...(eprint === undefined ? [] : [eprint]), ...named.flatMap((field) => textOf(field) ?? [])];
  return { title: textOf('title'), abstract: textOf('abstract'), places, name };
}

/** An entry's fields by their names in small letters; none where the entry is damaged. */
function fieldsOf(piece: string): ReadonlyMap<string, string> {
  const entry = piece.length > longestEntry ? undefined : parsed(piece).find(({ itemtype }) => itemtype === 'entry');
  return new Map(entry?.fields?.map((field) => [field.name.toLowerCase(), textIn(field)]));
}

function textIn({ value }: Pick<BibtexField, 'value'>): string {
  if (Array.isArray(value)) return value.map(textIn).join('');
  return value === null ? '' : String(value);
}

/** The parser tells of damage by throwing; braces nested thousands of times exhaust its stack. */
function parsed(piece: string): readonly BibtexItem[] {
  try {
    return parse(piece);
  } catch {
    return [];
  }
}
