import { aTerm, type FilterError, filterError, shown } from './filter-error.js';
import { type FieldName, type FilterSymbol, fieldValues, type LimitSymbol } from './filter-symbol.js';
import { isMeasure } from './read-limit.js';

const operators = new Map<string, 'and' | 'or' | 'not'>([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
]);

/** Smart quotes and dashes count. Each reads on where the scanner stands, and tries no character more than a few times. */
const patterns = {
  space: /\s*/y,
  bracket: /[()]/y,
  open: /\(/y,
  dash: /[-‐‑‒–—−]/y,
  limit: /([A-Za-z]+)(?:\s*([<>]=?|[≤≥])|(=))\s*([^\s()"“”„‟«»＂]*)/y,
  field: /([A-Za-z]+):/y,
  equals: /=/y,
  quoted: /["“”„‟«»＂]([^"“”„‟«»＂]*)(["“”„‟«»＂]?)/y,
  distance: /~([^\s()"“”„‟«»＂]*)/y,
  word: /[^\s()"“”„‟«»＂]+/y,
} as const;

interface Scanner {
  readonly text: string;
  at: number;
}

type Symbolised = FilterSymbol | FilterError;

/** Parts a filter's text into symbols, the last of kind `end`; AND, OR and NOT in any case. Linear in the length. */
export function readSymbols(text: string): readonly FilterSymbol[] | FilterError {
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

function take(scanner: Scanner, name: keyof typeof patterns): RegExpExecArray | undefined {
  const pattern = patterns[name];
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.text) ?? undefined;
  if (found) scanner.at = pattern.lastIndex;
  return found;
}

function readSymbol(scanner: Scanner): Symbolised {
  const { at } = scanner;
  const bracket = take(scanner, 'bracket')?.[0];
  if (bracket !== undefined) return { kind: bracket === '(' ? 'open' : 'close', text: bracket, at };
  const dash = take(scanner, 'dash')?.[0];
  if (dash === undefined) return readLimit(scanner) ?? readWithField(scanner);
  return /\S/.test(scanner.text.charAt(scanner.at))
    ? { kind: 'not', text: dash, at }
    : filterError(at + 1, shown(dash), 'the word to leave out right behind it');
}

/** Of the signs, a bare `=` belongs to words as well: `x=1`. */
function readLimit(scanner: Scanner): LimitSymbol | undefined {
  const { at } = scanner;
  const [text = '', name = '', sign, equals = '', value = ''] = take(scanner, 'limit') ?? [];
  const measure = name.toLowerCase();
  if (sign !== undefined || isMeasure(measure)) {
    return { kind: 'limit', text, at, measure, sign: sign ?? equals, value };
  }
  scanner.at = at;
  return undefined;
}

function readWithField(scanner: Scanner): Symbolised {
  const { at } = scanner;
  const field = take(scanner, 'field')?.[1]?.toLowerCase();
  if (field === undefined) return readLeaf(scanner, at);
  const found = shown(`${field}:`);
  if (!isField(field)) {
    const fields = Object.keys(fieldValues).map((known) => `"${known}:"`);
    return filterError(at + 1, found, `${fields.join(', ')}, or ${aTerm}`);
  }
  if (take(scanner, 'open')) return { kind: 'open', text: `${field}:(`, at, field };
  const value = `${fieldValues[field]} right behind it`;
  if (take(scanner, 'dash')) return filterError(at + 1, found, `${value}, and "-" before it`);
  const symbol = readLimit(scanner) ? undefined : readLeaf(scanner, at, field);
  const isEmpty = symbol === undefined || ('value' in symbol && symbol.value.trim() === '');
  return isEmpty ? filterError(at + 1, found, value) : symbol;
}

function isField(name: string): name is FieldName {
  return Object.hasOwn(fieldValues, name);
}

/** Reads a word or a quoted text, perhaps behind `=`; a field before it began at `at`. */
function readLeaf(scanner: Scanner, at: number, field?: FieldName): Symbolised {
  const isExact = take(scanner, 'equals') !== undefined;
  const quoteAt = scanner.at;
  const quoted = take(scanner, 'quoted');
  if (quoted?.[2] === '') {
    return filterError(scanner.at + 1, 'the end', `a closing quote for the one at ${quoteAt + 1}`);
  }
  const distance = quoted && take(scanner, 'distance')?.[1];
  const value = quoted?.[1] ?? take(scanner, 'word')?.[0] ?? '';
  const text = scanner.text.slice(at, scanner.at);
  const operator = operators.get(text.toLowerCase());
  if (operator) return { kind: operator, text, at };
  return {
    kind: quoted ? 'quoted' : 'word',
    text,
    at,
    ...(field === undefined ? {} : { field }),
    isExact,
    value,
    ...(distance === undefined ? {} : { distance }),
  };
}
