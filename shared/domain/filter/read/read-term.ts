import { texToText } from '../../text/tex-to-text.js';
import type { Filter, TermFilter, TextField } from '../filter.js';
import { sentencesOf, spellTerm, type Token } from '../words/normalise.js';
import { allOf } from '../write-filter.js';
import type { FieldName } from './fields.js';
import { type FilterError, filterError, quoted } from './filter-error.js';
import { paperNamedAt } from './paper-address.js';
import { type CategoryCheck, readFact, readLimit } from './read-fact.js';
import type { LeafSymbol, TermSymbol } from './symbols.js';
import { withoutNames, wrongText } from './wrong-text.js';

/** The most words in quotes, how far apart near words may be, how short a prefix may be. */
const termLimits = { words: 64, distance: 20, prefixCharacters: 2 } as const;

/** Reads one term, in the field of the brackets around it where it has none of its own. */
export function readTerm(symbol: TermSymbol, around?: FieldName, isCategory?: CategoryCheck): Filter | FilterError {
  const own = symbol.kind === 'limit' ? undefined : symbol.field;
  const isId = own === 'id' && around === 'id';
  if (around !== undefined && !isId && (own !== undefined || symbol.kind === 'limit'))
    return insideField(symbol, around);
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
      return readFact(symbol, field, isCategory);
  }
}

/** What is wrong with a field or a comparison inside the brackets of a field. */
export function insideField(
  { at, text }: { readonly at: number; readonly text: string },
  field: FieldName,
): FilterError {
  return filterError(at, `${quoted(text)} cannot be inside the brackets of "${field}:": move it out of them`);
}

interface Place {
  readonly field?: TextField;
}

function readText(symbol: LeafSymbol, place: Place): Filter | FilterError {
  const { at, text, value, isExact, distance } = symbol;
  const isPaper = symbol.kind === 'quoted' && place.field === undefined && !isExact && distance === undefined;
  const id = isPaper ? wholeId(value) : undefined;
  if (id) return { kind: 'id', id };
  const mistake = wrongText(symbol);
  if (mistake) return mistake;
  const begun = value.includes('*') ? openEnd.exec(withoutNames(value))?.[1] : undefined;
  const sentences = sentencesOf(texToText(begun ?? value));
  const tokens = sentences.length === 1 ? (sentences[0] ?? []) : sentences.flat();
  if (tokens.length === 0) return withoutWords(symbol);
  if (tokens.length > termLimits.words) {
    return filterError(at, `This phrase has ${tokens.length} words: it can have at most ${termLimits.words}`);
  }
  if (begun !== undefined && (isExact || distance !== undefined)) {
    return filterError(at, `${quoted(text)} has both "${isExact ? '=' : '~'}" and "*": use one of them`);
  }
  if (distance !== undefined) return readNear(symbol, distance, tokens, place);
  if (begun === undefined && sentences.length === 1) return wordsFilter(tokens, isExact, place);
  if (begun === undefined) return together(sentences.map((words) => wordsFilter(words, isExact, place)));
  const last = openPhrase(symbol, sentences.at(-1) ?? [], place);
  if ('message' in last) return last;
  return together([...sentences.slice(0, -1).map((words) => wordsFilter(words, false, place)), last]);
}

/** What is before the `*` that ends a word, perhaps with a title's comma behind it. */
const openEnd = /^(.*?)\*+["'.,:;!?]*$/s;

function wholeId(value: string) {
  const paper = /\d/.test(value) ? paperNamedAt(value, 0) : undefined;
  return paper && value.slice(paper.end).trim() === '' ? paper.id : undefined;
}

/** What was written with a full stop inside is found in two sentences. */
function together(terms: readonly TermFilter[]): Filter {
  const [first, ...others] = terms;
  return first && others.length > 0 ? allOf([first, ...others]) : (first ?? { kind: 'all', filters: terms });
}

/** The words of one sentence. */
function wordsFilter(tokens: readonly Token[], isExact: boolean, place: Place): TermFilter {
  if (isExact) return { kind: 'exact', ...place, words: tokens.map(({ word }) => word) };
  const [first, next] = tokens;
  if (first && next === undefined) return { kind: 'word', ...place, word: spelled(first), term: first.term };
  return { kind: 'phrase', ...place, words: tokens.map(spelled), terms: tokens.map(({ term }) => term) };
}

/** Words of which the last is only begun. */
function openPhrase({ at, text }: LeafSymbol, tokens: readonly Token[], place: Place): TermFilter | FilterError {
  const prefix = tokens.at(-1)?.word ?? '';
  if ([...prefix].length < termLimits.prefixCharacters) {
    const how = `write at least ${termLimits.prefixCharacters} characters before "*"`;
    return filterError(at, `${quoted(text)} is too short: ${how}`);
  }
  const before = tokens.slice(0, -1);
  if (before.length === 0) return { kind: 'prefix', ...place, prefix };
  return { kind: 'phrase', ...place, words: before.map(spelled), terms: before.map(({ term }) => term), prefix };
}

function withoutWords({ at, text, isExact, value }: LeafSymbol): FilterError {
  const isBare = isExact && value.trim() === '';
  if (isBare) return filterError(at, '"=" has no word right after it: write, for example, =serving');
  return filterError(at, `${quoted(text)} has no letter or digit to search for`);
}

function spelled({ term, word }: Token): string {
  return spellTerm(term, word);
}

function readNear(
  { at, text, isExact }: LeafSymbol,
  written: string,
  tokens: readonly Token[],
  place: Place,
): TermFilter | FilterError {
  if (isExact) return filterError(at, `${quoted(text)} has both "=" and "~": use one of them`);
  const distance = /^\d{1,2}$/.test(written) ? Number(written) : 0;
  if (distance < 1 || distance > termLimits.distance) {
    const how = `write "~" and a whole number from 1 to ${termLimits.distance}`;
    return filterError(at, `${quoted(`~${written}`)} is not a distance: ${how}`);
  }
  const words = new Map(tokens.map((token) => [token.term, spelled(token)]));
  if (words.size < 2)
    return filterError(at, `${quoted(text)} has no two different words that could be near each other`);
  const terms = [...words.keys()].sort();
  return { kind: 'near', ...place, words: terms.map((term) => words.get(term) ?? term), terms, distance };
}
