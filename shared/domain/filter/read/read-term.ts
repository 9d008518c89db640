import type { SourceName } from '../../paper/paper.js';
import { texToText } from '../../text/tex-to-text.js';
import type { FactFilter, LimitFilter, TermFilter, TextField } from '../filter.js';
import { nameWords } from '../match/index-paper.js';
import { spellTerm, type Token, tokenise } from '../words/normalise.js';
import { type FilterError, filterError, quoted } from './filter-error.js';
import {
  type FieldName,
  fieldExamples,
  isMeasure,
  type LeafSymbol,
  type LimitSymbol,
  measureExamples,
  type TermSymbol,
  unknownField,
} from './read-symbols.js';

/** The most words in quotes, how far apart near words may be, how short a prefix may be. */
const termLimits = { words: 64, distance: 20, prefixCharacters: 2 } as const;

/** Reads one term, in the field of the brackets around it where it has none of its own. */
export function readTerm(symbol: TermSymbol, around?: FieldName): TermFilter | FilterError {
  const own = symbol.kind === 'limit' ? undefined : symbol.field;
  if (around !== undefined && (own !== undefined || symbol.kind === 'limit')) return insideField(symbol, around);
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
      return readFact(symbol, field) ?? wrongFact(symbol, field);
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

function readText(symbol: LeafSymbol, place: Place): TermFilter | FilterError {
  const { at, text, value, isExact } = symbol;
  if (symbol.kind === 'word' && value.endsWith('*')) return readPrefix(symbol, place);
  if (symbol.kind === 'word' && /~\d*$/.test(value)) {
    const how = 'write it after two or more words in quotes, for example "sparse attention"~4';
    return filterError(at, `${quoted(text)} has "~" after a single word: ${how}`);
  }
  const second = symbol.kind === 'word' ? /^([A-Za-z]+):/.exec(value)?.[1] : undefined;
  if (second !== undefined) return secondField(symbol, second.toLowerCase());
  const tokens = tokenise(texToText(value));
  const [first, next] = tokens;
  if (first === undefined) return withoutWords(symbol);
  if (tokens.length > termLimits.words) {
    return filterError(at, `This phrase has ${tokens.length} words: it can have at most ${termLimits.words}`);
  }
  if (symbol.distance !== undefined) return readNear(symbol, symbol.distance, tokens, place);
  if (isExact) return { kind: 'exact', ...place, words: tokens.map(({ word }) => word) };
  if (next === undefined) return { kind: 'word', ...place, word: spelled(first), term: first.term };
  return { kind: 'phrase', ...place, words: tokens.map(spelled), terms: tokens.map(({ term }) => term) };
}

function secondField({ at, text, field, value }: LeafSymbol, second: string): FilterError {
  if (!Object.hasOwn(fieldExamples, second)) return unknownField(at, second);
  if (field !== undefined) return filterError(at, `${quoted(text)} has two fields: write one of them only`);
  return filterError(at, `"=" comes before the field: write ${quoted(value.replace(':', ':='))}`);
}

function withoutWords({ at, text, isExact, value }: LeafSymbol): FilterError {
  const isBare = isExact && value.trim() === '';
  if (isBare) return filterError(at, '"=" has no word right after it: write, for example, =serving');
  return filterError(at, `${quoted(text)} has no letter or digit to search for`);
}

function spelled({ term, word }: Token): string {
  return spellTerm(term, word);
}

function readPrefix(symbol: LeafSymbol, place: Place): TermFilter | FilterError {
  const { at, text, value, isExact } = symbol;
  const [first, second] = tokenise(texToText(value.replace(/\*$/, '')));
  if (isExact) return filterError(at, `${quoted(text)} has both "=" and "*": use one of them`);
  if (second !== undefined) {
    return filterError(at, `${quoted(text)} has several words: "*" completes a single one, for example robot*`);
  }
  if (first === undefined) return withoutWords(symbol);
  if ([...first.word].length < termLimits.prefixCharacters) {
    return filterError(
      at,
      `${quoted(text)} is too short: write at least ${termLimits.prefixCharacters} characters before "*"`,
    );
  }
  return { kind: 'prefix', ...place, prefix: first.word };
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

/** A field that asks about something other than a text. */
type FactField = Exclude<FieldName, TextField>;

const sources = new Map<string, SourceName>([
  ['arxiv', 'arxiv'],
  ['hugging-face', 'hugging-face'],
  ['hugging face', 'hugging-face'],
  ['huggingface', 'hugging-face'],
  ['hf', 'hugging-face'],
]);

function readFact(symbol: LeafSymbol, field: FactField): FactFilter | undefined {
  const value = symbol.value.trim().toLowerCase();
  const isPlain = !symbol.isExact && symbol.distance === undefined;
  if (!isPlain || (field !== 'cat' && value.endsWith('*'))) return undefined;
  switch (field) {
    case 'cat':
      return readCategory(value);
    case 'author':
    case 'org': {
      const words = nameWords(symbol.value);
      return words.length === 0 ? undefined : { kind: field === 'org' ? 'organisation' : 'author', words };
    }
    case 'has':
      return value === 'code' ? { kind: 'has', what: 'code' } : undefined;
    case 'source': {
      const source = sources.get(value);
      return source && { kind: 'source', source };
    }
  }
}

/** An archive may be written `cs` or `cs.*`. Names: https://arxiv.org/category_taxonomy */
function readCategory(text: string): FactFilter | undefined {
  const category = /^([a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)?)(?:\.\*)?$/.exec(text)?.[1];
  return category === undefined ? undefined : { kind: 'category', category };
}

const factRules: Readonly<Record<FactField, string>> = {
  cat: `is not an arXiv category: write, for example, ${fieldExamples.cat}`,
  author: `is not a whole name: write, for example, ${fieldExamples.author}`,
  org: `is not a whole name: write, for example, ${fieldExamples.org}`,
  has: `cannot come after "has:": write ${fieldExamples.has}`,
  source: 'is not a source: write source:arxiv or source:hugging-face',
};

function wrongFact({ at, text, field: own }: LeafSymbol, field: FactField): FilterError {
  return filterError(at, `${quoted(own === undefined ? text : text.slice(own.length + 1))} ${factRules[field]}`);
}

/** Reads `score>=1.5`, `upvotes>=20`, `stars>=100` or `age<=7` (days); only a score may have decimals. */
function readLimit({ at, measure, sign, value }: LimitSymbol): LimitFilter | FilterError {
  if (!isMeasure(measure)) {
    const rule = `only score>=, upvotes>=, stars>= and age<= can; put words with ${quoted(sign)} in quotes`;
    return filterError(at, `${quoted(measure)} cannot be compared with a number: ${rule}`);
  }
  const usual = measure === 'age' ? '<=' : '>=';
  const how = `write, for example, ${measureExamples[measure]}`;
  if (sign !== usual && sign !== (usual === '<=' ? '≤' : '≥')) {
    return filterError(at, `"${measure}" goes with "${usual}" only, not with "${sign}": ${how}`);
  }
  // Nine digits print as they were written, never with an exponent.
  const isNumber = measure === 'score' ? /^\d{1,9}(?:\.\d{1,3})?$/ : /^\d{1,9}$/;
  if (isNumber.test(value)) return { kind: 'limit', measure, value: Number(value) };
  if (value === '') return filterError(at, `"${measure}${usual}" has no number after it: ${how}`);
  const wanted =
    measure === 'score' ? 'a number of up to nine digits and three decimals' : 'a whole number of up to nine digits';
  return filterError(at, `${quoted(value)} is not ${wanted}: ${how}`);
}
