import { aTerm, type FilterError, filterError, shown } from './filter-error.js';

/** A symbol of a filter's text. `text` is what stands there, without quotes; `at` counts from 0. */
export interface FilterSymbol {
  readonly kind: 'open' | 'close' | 'and' | 'or' | 'not' | 'word' | 'quoted' | 'end';
  readonly text: string;
  readonly at: number;
  /** Of a word or a quoted text behind `cat:` or `author:`. */
  readonly field?: 'cat' | 'author';
}

/** One alternative per symbol: bracket, quoted text, negation, field, any other word. Smart quotes and dashes count. */
const symbolPattern =
  /\s*(?:([()])|(?:([A-Za-z]+):)?["“”„‟«»＂]([^"“”„‟«»＂]*)(["“”„‟«»＂])?|([-‐‑‒–—−])|(?:([A-Za-z]+):)?([^\s()"“”„‟«»＂]+))/suy;

const operators = new Map<string, 'and' | 'or' | 'not'>([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
]);

/** Parts a filter's text into symbols, the last of kind `end`; AND, OR and NOT in any case. Linear in the length. */
export function readSymbols(text: string): readonly FilterSymbol[] | FilterError {
  const symbols: FilterSymbol[] = [];
  let at = 0;
  while (at < text.length) {
    symbolPattern.lastIndex = at;
    const found = symbolPattern.exec(text);
    if (!found) break;
    const start = at + found[0].length - found[0].trimStart().length;
    at = symbolPattern.lastIndex;
    const symbol = symbolOf(found, start, text.charAt(at));
    if ('message' in symbol) return symbol;
    symbols.push(symbol);
  }
  return [...symbols, { kind: 'end', text: '', at: text.length }];
}

function symbolOf(found: RegExpExecArray, at: number, next: string): FilterSymbol | FilterError {
  const [, bracket, quotedField, quoted, closing, dash, wordField, word = ''] = found;
  if (bracket !== undefined) return { kind: bracket === '(' ? 'open' : 'close', text: bracket, at };
  if (dash !== undefined) {
    return next === '' || /\s/.test(next)
      ? filterError(at + 1, shown(dash), 'the word to leave out right behind it')
      : { kind: 'not', text: dash, at };
  }
  if (quoted !== undefined && closing === undefined) {
    const end = at + found[0].trimStart().length;
    return filterError(end + 1, 'the end', `a closing quote for the one at ${end - quoted.length}`);
  }
  const bareField = /^([A-Za-z]+):$/.exec(word)?.[1];
  const field = (quotedField ?? wordField ?? bareField)?.toLowerCase();
  const text = quoted ?? (bareField === undefined ? word : '');
  const kind = quoted === undefined ? 'word' : 'quoted';
  if (field === undefined) return { kind: (kind === 'word' && operators.get(text.toLowerCase())) || kind, text, at };
  if (field !== 'cat' && field !== 'author') {
    return filterError(at + 1, shown(`${field}:`), `"cat:", "author:", or ${aTerm}`);
  }
  if (text.trim() === '') return filterError(at + 1, shown(`${field}:`), `a ${fieldValues[field]} right behind it`);
  return { kind, text, at, field };
}

const fieldValues = { cat: 'category such as cs.CL', author: 'name' };
