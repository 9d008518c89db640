import { parsePaperId } from '../paper/paper-id.js';
import type { TermFilter, TextField } from './filter.js';

const fieldLetters = { title: 't', abstract: 'a', keyword: 'k' } as const satisfies Record<TextField, string>;
const fieldOfLetter = new Map<string | undefined, TextField>(
  (Object.keys(fieldLetters) as TextField[]).map((field) => [fieldLetters[field], field]),
);

/**
 * Writes a leaf as a text without blanks: its kind, its field's letter, `:` and its terms; how its words were spelled
 * is not kept.
 */
export function leafCode(leaf: TermFilter): string {
  switch (leaf.kind) {
    case 'word':
      return textCode('w', leaf.field, [leaf.term]);
    case 'exact':
      return textCode('x', leaf.field, leaf.words);
    case 'prefix':
      return textCode('b', leaf.field, [leaf.prefix]);
    case 'phrase':
      return leaf.prefix === undefined
        ? textCode('p', leaf.field, leaf.terms)
        : textCode('q', leaf.field, [...leaf.terms, leaf.prefix]);
    case 'near':
      return `${textCode('n', leaf.field, [...leaf.terms].sort())}~${leaf.distance}`;
    case 'category':
      return `cat:${leaf.category}`;
    case 'author':
      return `author:${leaf.words.join('_')}`;
    case 'organisation':
      return `org:${leaf.words.join('_')}`;
    case 'has':
      return `has:${leaf.what}`;
    case 'source':
      return `source:${leaf.source}`;
    case 'id':
      return `id:${leaf.id}`;
    case 'limit':
      return `${leaf.measure}:${leaf.value}`;
  }
}

function textCode(kind: string, field: TextField | undefined, words: readonly string[]): string {
  return `${kind}${field === undefined ? '' : fieldLetters[field]}:${words.join('_')}`;
}

const wordsPattern = /^[\p{L}\p{N}'+#]+(?:_[\p{L}\p{N}'+#]+)*$/u;

/** Reads a leaf's code; `undefined` when `leafCode` cannot have written it. */
export function readLeaf(code: string): TermFilter | undefined {
  const colon = code.indexOf(':');
  const [head, value] = [code.slice(0, colon), code.slice(colon + 1)];
  if (colon < 1 || value === '') return undefined;
  return factReaders.get(head)?.(value) ?? readText(head, value);
}

function readText(head: string, value: string): TermFilter | undefined {
  const field = fieldOfLetter.get(head[1]);
  if (head.length > 2 || (head.length === 2) !== (field !== undefined)) return undefined;
  const within = field === undefined ? {} : { field };
  const [joined = '', distance] = value.split('~');
  const words = wordsOf(joined);
  const [first] = words ?? [];
  if (words === undefined || first === undefined || (head[0] === 'n') !== (distance !== undefined)) return undefined;
  switch (head[0]) {
    case 'w':
      return { kind: 'word', ...within, word: first, term: first };
    case 'x':
      return { kind: 'exact', ...within, words };
    case 'b':
      return { kind: 'prefix', ...within, prefix: first };
    case 'p':
      return { kind: 'phrase', ...within, words, terms: words };
    case 'q':
      return readOpenPhrase(words, within);
    case 'n':
      return { kind: 'near', ...within, words, terms: words, distance: Number(distance) };
    default:
      return undefined;
  }
}

/** A phrase whose last word is only begun. */
function readOpenPhrase(words: readonly string[], within: { field?: TextField }): TermFilter | undefined {
  const [terms, prefix] = [words.slice(0, -1), words.at(-1)];
  if (terms.length === 0 || prefix === undefined) return undefined;
  return { kind: 'phrase', ...within, words: terms, terms, prefix };
}

function wordsOf(value: string): string[] | undefined {
  return wordsPattern.test(value) ? value.split('_') : undefined;
}

const factReaders = new Map<string, (value: string) => TermFilter | undefined>([
  ['cat', (category) => (/^[a-z]+[a-z.-]*$/.test(category) ? { kind: 'category', category } : undefined)],
  ['author', (value) => withWords('author', wordsOf(value))],
  ['org', (value) => withWords('organisation', wordsOf(value))],
  ['has', (what) => (what === 'code' ? { kind: 'has', what } : undefined)],
  ['source', (source) => (source === 'hugging-face' || source === 'arxiv' ? { kind: 'source', source } : undefined)],
  ['id', (text) => idFilter(text)],
  ...(['score', 'upvotes', 'stars', 'age'] as const).map((measure) => [measure, limitReader(measure)] as const),
]);

function withWords(kind: 'author' | 'organisation', words: string[] | undefined): TermFilter | undefined {
  return words && { kind, words };
}

function idFilter(text: string): TermFilter | undefined {
  const id = parsePaperId(text)?.id;
  return id === text ? { kind: 'id', id } : undefined;
}

function limitReader(measure: 'score' | 'upvotes' | 'stars' | 'age') {
  return (text: string): TermFilter | undefined => {
    const value = Number(text);
    return String(value) === text && Number.isFinite(value) ? { kind: 'limit', measure, value } : undefined;
  };
}
