import { type FieldName, fieldExamples, isField, isMeasure, isNearMeasure, nearField } from './fields.js';
import { type FilterError, filterError, neverClosed, quoted } from './filter-error.js';
import { paperNamedAt } from './paper-address.js';
import { type FilterSymbol, type LeafSymbol, type LimitSymbol, type Scanner, take } from './symbols.js';

type Symbolised = FilterSymbol | FilterError;

/** Splits a folded text into symbols, the last of kind `end`. Linear in the length. */
export function readSymbols(text: string): FilterSymbol[] | FilterError {
  const symbols: FilterSymbol[] = [];
  const scanner = { text, at: 0 };
  while (take(scanner, 'space') && scanner.at < text.length) {
    const symbol = readSymbol(scanner);
    if ('message' in symbol) return symbol;
    symbols.push(symbol);
  }
  symbols.push({ kind: 'end', text: '', at: text.length });
  return symbols;
}

function readSymbol(scanner: Scanner): Symbolised {
  const { at } = scanner;
  const plain = take(scanner, 'plain')?.[0];
  if (plain === undefined) {
    return readStructure(scanner) ?? readPaper(scanner) ?? readLimit(scanner) ?? readWithField(scanner);
  }
  // Most words are plain, and need no other look than this.
  const name = plain.toLowerCase();
  if (name !== 'arxiv' && !isMeasure(name) && !isNearMeasure(name)) return wordSymbol(plain, at);
  scanner.at = at;
  return readPaper(scanner) ?? readLimit(scanner) ?? readWithField(scanner);
}

function wordSymbol(text: string, at: number): LeafSymbol {
  return { kind: 'word', text, at, isExact: false, value: text };
}

const letterOrDigit = /[A-Za-z0-9]/;

/** Reads a sign that is part of no word. */
function readStructure(scanner: Scanner): Symbolised | undefined {
  const { at, text } = scanner;
  if (letterOrDigit.test(text.charAt(at))) return undefined;
  const bracket = take(scanner, 'bracket')?.[0];
  if (bracket !== undefined) return { kind: bracket === '(' ? 'open' : 'close', text: bracket, at };
  const sign = take(scanner, 'sign')?.[0];
  if (sign !== undefined) return readSign(scanner, sign);
  const comma = take(scanner, 'comma')?.[0];
  if (comma !== undefined) return { kind: 'comma', text: comma, at };
  const both = take(scanner, 'both')?.[0];
  if (both !== undefined) return { kind: 'and', text: both, at };
  const either = take(scanner, 'either')?.[0];
  return either === undefined
    ? undefined
    : filterError(at, `${quoted(either)} joins nothing: write OR for either of two`);
}

/** A sign right before a word asks for it or leaves it out; a colon behind that makes it a name: `RM -RF: …`. */
function readSign(scanner: Scanner, sign: string): Symbolised {
  const at = scanner.at - sign.length;
  const isDash = sign !== '!' && sign !== '+';
  const next = scanner.text.slice(scanner.at, scanner.at + 2);
  if (isDash && scanner.text.trimEnd().length <= scanner.at) {
    return filterError(at, `${quoted(sign)} has no word right after it: write, for example, -survey`);
  }
  const isBefore = isDash
    ? /^[^\s).,:;!?>]/.test(next)
    : /^=?[\p{L}\p{N}("“”„‟«»「」『』《》'‘\ud800-\udfff]/u.test(next);
  // Two dashes leave out what is left out: nothing.
  const isNothing = sign === '+' || sign.length % 2 === 0 || (isDash && isName(scanner));
  return { kind: isBefore && !isNothing ? 'not' : 'stray', text: sign, at };
}

function isName({ text, at }: Scanner): boolean {
  const name = /^([\p{L}\p{N}]+):(?:\s|$)/u.exec(text.slice(at, at + 40))?.[1];
  return name !== undefined && !isField(name);
}

function readPaper(scanner: Scanner): LeafSymbol | undefined {
  const { at, text } = scanner;
  if (!/^(?:arxiv:?\s+|\S{0,60})\d/i.test(text.slice(at, at + 80))) return undefined;
  const from = /^id:/i.test(text.slice(at, at + 3)) ? at + 3 : at;
  const paper = paperNamedAt(text, from);
  if (!paper) return undefined;
  scanner.at = paper.end;
  return { kind: 'word', text: text.slice(at, paper.end), at, field: 'id', isExact: false, value: paper.id };
}

/** Only what can be compared, or was meant to be: `likes>=3`. Of the signs, a bare `=` can also be part of a word: `x=1`. */
function readLimit(scanner: Scanner): LimitSymbol | undefined {
  const { at } = scanner;
  const [text = '', name = '', blank = '', sign, equals = '', value = ''] = take(scanner, 'limit') ?? [];
  const measure = name.toLowerCase();
  const isNumber = /^[-+]?\.?\d/.test(value);
  const isLimit = isMeasure(measure)
    ? isNumber || blank === ''
    : isNumber && sign !== undefined && isNearMeasure(measure);
  if (isLimit) return { kind: 'limit', text, at, measure, sign: sign ?? equals, value };
  scanner.at = at;
  return undefined;
}

/** A field's name, right before what it asks for; with a capital and a blank behind it, it is a title's word. */
function readWithField(scanner: Scanner): Symbolised {
  const { at, text } = scanner;
  const name = take(scanner, 'field')?.[1] ?? '';
  const field = name.toLowerCase();
  const isGlued = /[^\s/]/.test(text.charAt(scanner.at));
  if (!isField(field) || (!isGlued && /[A-Z]/.test(name))) {
    // `TAG:Tangential` names something by its first letters.
    const isAcronym = /^[A-Z]{2,}$/.test(name) && /\p{Lu}/u.test(text.charAt(scanner.at));
    const near = isGlued && !isAcronym ? nearField(at, field) : undefined;
    if (near) return near;
    scanner.at = at;
    return readLeaf(scanner, at);
  }
  if (take(scanner, 'open')) return { kind: 'open', text: `${field}:(`, at, field };
  if (/[-‐‑‒–—−]/.test(text.charAt(scanner.at))) {
    return filterError(at, `"-" comes after "${field}:": write it first, for example -${fieldExamples[field]}`);
  }
  const limit = readLimit(scanner);
  if (limit) return filterError(at, `"${field}:" cannot go with ${quoted(limit.text)}: write the two apart`);
  const symbol = readLeaf(scanner, at, field);
  const isEmpty = 'isExact' in symbol && symbol.value.trim() === '' && !symbol.isExact;
  return isEmpty
    ? filterError(at, `"${field}:" has nothing right after it: write, for example, ${fieldExamples[field]}`)
    : symbol;
}

/** Reads a word or a quoted text, perhaps after `=`; a field before it began at `at`. */
function readLeaf(scanner: Scanner, at: number, field?: FieldName): FilterSymbol | FilterError {
  const isExact = take(scanner, 'equals') !== undefined;
  const quoteAt = scanner.at;
  const quote = take(scanner, 'quoted');
  if (quote?.[2] === '') return neverClosed('quote', quoteAt, quote[1] ?? '');
  const inQuotes = quote?.[1] ?? singlyQuoted(scanner);
  const distance = inQuotes === undefined ? undefined : take(scanner, 'distance')?.[1];
  const value = inQuotes ?? readWord(scanner, field);
  if (typeof value === 'object') return value;
  const text = scanner.text.slice(at, scanner.at);
  return {
    kind: inQuotes === undefined ? 'word' : 'quoted',
    text,
    at,
    ...(field === undefined ? {} : { field }),
    isExact,
    value,
    ...(distance === undefined ? {} : { distance }),
  };
}

/** Single quotes hold a phrase where they stand around one; elsewhere they are apostrophes. */
function singlyQuoted(scanner: Scanner): string | undefined {
  const { at, text } = scanner;
  if (!/['‘’‚‛`]/.test(text.charAt(at))) return undefined;
  const [all = '', inside = ''] = /^.(\S.*?)['’`](?=[\s).,:;!?~]|$)/.exec(text.slice(at, at + 200)) ?? [];
  if (all === '' || /["“”„‟«»「」『』《》()]|\b(?:AND|OR|NOT)\b/.test(inside)) return undefined;
  scanner.at = at + all.length;
  return inside;
}

/** Signs inside a word that join nothing there. */
const joinsNothing = /&&|\|\||(?<=[\p{L}\p{N}]{2})\|(?=[\p{L}\p{N}]{2})/u;
/** Commas part words, but not the digits of a number. */
const partingComma = /(?<!\d)[,;、]|[,;、](?!\d)/;

/** A word without the comma behind it; outside of a field, `a,b` and `a&&b` are two words. */
function readWord(scanner: Scanner, field: FieldName | undefined): string | FilterError {
  const { at } = scanner;
  const whole = (take(scanner, 'simple') ?? take(scanner, 'word'))?.[0] ?? '';
  if (!/[,;、&|]/.test(whole) || /[$\\{]/.test(whole)) return whole;
  const parting = field === undefined ? partingComma : /[,;、]+$/;
  const sign = joinsNothing.exec(whole);
  if (sign && sign[0] !== '&&') {
    return filterError(at + sign.index, `${quoted(sign[0])} joins nothing: write OR for either of two`);
  }
  const cuts = [parting.exec(whole)?.index, sign?.index].filter((cut) => cut !== undefined);
  const end = Math.min(whole.length, ...cuts);
  scanner.at = at + end;
  return whole.slice(0, end);
}
