import { texToText } from '../../text/tex-to-text.js';
import type { TermFilter, TextField } from '../filter.js';
import { type Token, tokenise } from '../words/normalise.js';
import { spellTerm } from '../words/spell-term.js';
import { aTerm, type FilterError, filterError, shown } from './filter-error.js';
import { type FieldName, fieldValues, type LeafSymbol, type TermSymbol } from './filter-symbol.js';
import { readFact } from './read-fact.js';
import { readLimit } from './read-limit.js';

/** The most words in quotes, how far apart near words may be, how short a prefix may be. */
export const termLimits = { words: 64, distance: 20, prefixCharacters: 2 } as const;

/** Reads one term, in the field of the brackets around it where it has none of its own. */
export function readTerm(symbol: TermSymbol, around?: FieldName): TermFilter | FilterError {
  const own = symbol.kind === 'limit' ? undefined : symbol.field;
  if (around !== undefined && (own !== undefined || symbol.kind === 'limit')) {
    return wrong(symbol, `${fieldValues[around]} without a field: "${around}:" stands before the brackets around it`);
  }
  if (symbol.kind === 'limit') return readLimit(symbol);
  const field = own ?? around;
  switch (field) {
    case undefined:
      return readText(symbol, {});
    case 'title':
    case 'abstract':
    case 'keyword':
      return readText(symbol, { field });
    default:
      return readFact(symbol, field) ?? wrong(symbol, fieldValues[field]);
  }
}

interface Place {
  readonly field?: TextField;
}

function wrong(symbol: TermSymbol, expected: string): FilterError {
  return filterError(symbol.at + 1, shown(symbol.text), expected);
}

function readText(symbol: LeafSymbol, place: Place): TermFilter | FilterError {
  if (symbol.kind === 'word' && symbol.value.endsWith('*')) return readPrefix(symbol, place);
  if (symbol.kind === 'word' && /~\d*$/.test(symbol.value)) {
    return wrong(symbol, 'words in quotes before "~", as in "sparse attention"~4');
  }
  if (symbol.kind === 'word' && /^[A-Za-z]+:/.test(symbol.value)) {
    return wrong(symbol, symbol.isExact ? 'the field first, as in title:=word' : 'a word without a second field');
  }
  const tokens = tokenise(texToText(symbol.value));
  const [first, second] = tokens;
  if (first === undefined) return wrong(symbol, symbol.isExact ? 'a word right behind "="' : aTerm);
  if (tokens.length > termLimits.words) return wrong(symbol, `at most ${termLimits.words} words in a phrase`);
  if (symbol.distance !== undefined) return readNear(symbol, symbol.distance, tokens, place);
  if (symbol.isExact) return { kind: 'exact', ...place, words: tokens.map(({ word }) => word) };
  if (second === undefined) return { kind: 'word', ...place, word: spelled(first), term: first.term };
  return { kind: 'phrase', ...place, words: tokens.map(spelled), terms: tokens.map(({ term }) => term) };
}

function spelled({ term, word }: Token): string {
  return spellTerm(term, word);
}

function readPrefix(symbol: LeafSymbol, place: Place): TermFilter | FilterError {
  const [first, second] = tokenise(texToText(symbol.value.replace(/\*$/, '')));
  if (symbol.isExact || second !== undefined) return wrong(symbol, 'the beginning of one word before "*", without "="');
  if (first === undefined) return wrong(symbol, aTerm);
  if ([...first.word].length < termLimits.prefixCharacters) {
    return wrong(symbol, `at least ${termLimits.prefixCharacters} characters before "*", or the word in quotes`);
  }
  return { kind: 'prefix', ...place, prefix: first.word };
}

function readNear(
  symbol: LeafSymbol,
  written: string,
  tokens: readonly Token[],
  place: Place,
): TermFilter | FilterError {
  if (symbol.isExact) return wrong(symbol, 'either "=" before the quotes or "~" behind them');
  const distance = /^\d{1,2}$/.test(written) ? Number(written) : 0;
  if (distance < 1 || distance > termLimits.distance) {
    return wrong(symbol, `a whole number of words from 1 to ${termLimits.distance} behind "~"`);
  }
  const words = new Map(tokens.map((token) => [token.term, spelled(token)]));
  if (words.size < 2) return wrong(symbol, 'two or more different words in quotes before "~"');
  const terms = [...words.keys()].sort();
  return { kind: 'near', ...place, words: terms.map((term) => words.get(term) ?? term), terms, distance };
}
