import type { SourceName } from '../../paper/paper.js';
import type { FactFilter, LimitFilter, TextField } from '../filter.js';
import { askedName, nameWords } from '../match/person-name.js';
import { type FieldName, fieldExamples, isMeasure, measureExamples } from './fields.js';
import { type FilterError, filterError, quoted } from './filter-error.js';
import { paperNamedAt } from './paper-address.js';
import type { LeafSymbol, LimitSymbol } from './symbols.js';

/** Whether a category exists. */
export type CategoryCheck = (category: string) => boolean;

/** A field that asks about something other than a text. */
type FactField = Exclude<FieldName, TextField>;

const sources = new Map<string, SourceName>([
  ['arxiv', 'arxiv'],
  ['hugging-face', 'hugging-face'],
  ['hugging face', 'hugging-face'],
  ['huggingface', 'hugging-face'],
  ['hf', 'hugging-face'],
]);

/** Reads what a field asks for that is not about a text. */
export function readFact(symbol: LeafSymbol, field: FactField, isCategory?: CategoryCheck): FactFilter | FilterError {
  const fact = factOf(symbol, field);
  const isKnown = fact?.kind !== 'category' || isCategory === undefined || isCategory(fact.category);
  return fact && isKnown ? fact : wrongFact(symbol, field);
}

function factOf(symbol: LeafSymbol, field: FactField): FactFilter | undefined {
  const value = symbol.value
    .trim()
    .toLowerCase()
    .replace(/[.,;:!?]+$/, '');
  const isPlain = !symbol.isExact && symbol.distance === undefined;
  if (!isPlain || (field !== 'cat' && value.endsWith('*'))) return undefined;
  switch (field) {
    case 'cat':
      return readCategory(value);
    case 'author': {
      const words = askedName(symbol.value);
      return words.length === 0 || isInitial(symbol.value) ? undefined : { kind: 'author', words };
    }
    case 'org': {
      const words = nameWords(symbol.value);
      return words.length === 0 ? undefined : { kind: 'organisation', words };
    }
    case 'id': {
      const id = paperNamedAt(symbol.value.trim(), 0)?.id;
      return id && { kind: 'id', id };
    }
    case 'has':
      return value === 'code' ? { kind: 'has', what: 'code' } : undefined;
    case 'source': {
      const source = sources.get(value);
      return source && { kind: 'source', source };
    }
  }
}

/** `author:A. Quill` without quotes would ask for an author called "A". */
function isInitial(name: string): boolean {
  return /^\s*(?:\p{L}\.[-\s]?)+\s*$/u.test(name);
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
  id: `is not an arXiv id: write, for example, ${fieldExamples.id}`,
};

function wrongFact({ at, text, value, field: own }: LeafSymbol, field: FactField): FilterError {
  const asked = quoted(own === undefined ? text : text.slice(own.length + 1));
  if (field === 'author' && isInitial(value)) {
    return filterError(at, `${asked} is an initial: put the whole name in quotes, as in author:"A. Quill"`);
  }
  if (field === 'cat' && /[,;|]/.test(value)) {
    return filterError(at, `${asked} is not one category: write, for example, cat:(cs.CL OR cs.LG)`);
  }
  return filterError(at, `${asked} ${factRules[field]}`);
}

/** Reads `score>=1.5`, `upvotes>=20`, `stars>=100` or `age<=7` (days); only a score may have decimals. */
export function readLimit({ at, measure, sign, value }: LimitSymbol): LimitFilter | FilterError {
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
