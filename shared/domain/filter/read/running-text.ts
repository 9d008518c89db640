import { texToText } from '../../text/tex-to-text.js';
import type { FilterSymbol } from './symbols.js';

/**
 * Settles what only the words around say: whether `and`, `or` and `not` join or are words, which signs mean nothing, and
 * whether commas part a list of alternatives.
 */
export function settleSymbols(symbols: readonly FilterSymbol[]): readonly FilterSymbol[] {
  if (symbols.every(isSettled)) return symbols;
  const settled = withoutStrays(symbols.map((symbol, at) => withoutOperator(symbols, symbol, at)));
  if (!settled.some(({ kind }) => kind === 'comma')) return settled;
  const entries = entriesOf(settled);
  if (!isList(entries)) return settled.filter(({ kind }) => kind !== 'comma');
  const either = entries.flatMap((entry) => [{ kind: 'or', text: ',', at: entry[0]?.at ?? 0 } as const, ...entry]);
  return [...either.slice(1), ...settled.slice(-1)];
}

const operators: ReadonlyMap<string, 'and' | 'or' | 'not'> = new Map([
  ['and', 'and'],
  ['or', 'or'],
  ['not', 'not'],
  ['andnot', 'not'],
]);

/** The operator that a symbol looks like, in capitals or not. */
export function operatorLike({ kind, text }: FilterSymbol): 'and' | 'or' | 'not' | undefined {
  const mayBe = kind === 'word' && text.length > 1 && (text.length < 4 || text.length === 6);
  return mayBe ? operators.get(text.toLowerCase()) : undefined;
}

function isSettled(symbol: FilterSymbol): boolean {
  if (symbol.kind === 'comma' || symbol.kind === 'stray') return false;
  return operatorLike(symbol) === undefined && !isBlank(symbol);
}

/** Whether a word has nothing to search for: a sign that stands alone. */
function isBlank(symbol: FilterSymbol): boolean {
  const isBare = symbol.kind === 'word' || symbol.kind === 'quoted';
  if (!isBare || symbol.field !== undefined) return false;
  const { value } = symbol;
  if (/^[A-Za-z0-9]/.test(value)) return false;
  return !/[\p{L}\p{N}]/u.test(/[\\$]/.test(value) ? texToText(value) : value);
}

/** Stretches of more plain words than this are running text, in which small operators are words. */
const mostWords: Readonly<Record<'and' | 'or' | 'not', number>> = { and: 6, or: 6, not: 2 };

/** After these, a NOT in capitals is a sentence's, too. */
const auxiliaries = new Set(
  'is are was were be am do does did can could will would shall should may might must has have had need'.split(' '),
);

/** A text in capitals throughout may be a title: in it NOT joins no more plain words than these. */
const mostCapitals = 3;

function withoutOperator(symbols: readonly FilterSymbol[], symbol: FilterSymbol, at: number): FilterSymbol {
  const operator = operatorLike(symbol);
  if (operator === undefined) return isBlank(symbol) ? { kind: 'stray', text: symbol.text, at: symbol.at } : symbol;
  const asOperator = { kind: operator, text: symbol.text, at: symbol.at } as const;
  if (/^[A-Z]+$/.test(symbol.text)) return operator === 'not' && isSaid(symbols, at) ? symbol : asOperator;
  const isSmall = /^[a-z]+$/.test(symbol.text);
  return isSmall && isBetween(symbols, at) && plainWordsAround(symbols, at) <= mostWords[operator]
    ? asOperator
    : symbol;
}

/** Whether a NOT in capitals is part of a sentence: "are NOT", or everything is in capitals. */
function isSaid(symbols: readonly FilterSymbol[], at: number): boolean {
  const before = symbols[at - 1];
  if (before?.kind === 'word' && auxiliaries.has(before.text.toLowerCase())) return true;
  const isLoud = !symbols.some(({ text }) => /\p{Ll}/u.test(text));
  return isLoud && plainWordsAround(symbols, at, true) > mostCapitals;
}

/** Whether there is something on both sides to join; before a NOT may be another operator. */
function isBetween(symbols: readonly FilterSymbol[], at: number): boolean {
  const [before, after] = [symbols[at - 1], symbols[at + 1]];
  if (before === undefined || after === undefined) return false;
  const isBehind = ['word', 'quoted', 'limit', 'close', 'comma'].includes(before.kind) || before.kind === 'stray';
  return isBehind && ['word', 'quoted', 'limit', 'open', 'not'].includes(after.kind);
}

/** How many words stand side by side with a symbol, up to eight, those that may be operators not counted. */
function plainWordsAround(symbols: readonly FilterSymbol[], at: number, upToOperators = false): number {
  const goesOn = (symbol: FilterSymbol | undefined) =>
    isPlain(symbol) && !(upToOperators && symbol && operatorLike(symbol) !== undefined);
  let count = 0;
  for (let next = at - 1; count < 8 && goesOn(symbols[next]); next -= 1) count += countOf(symbols[next]);
  for (let next = at + 1; count < 8 && goesOn(symbols[next]); next += 1) count += countOf(symbols[next]);
  return count;
}

function isPlain(symbol: FilterSymbol | undefined): boolean {
  if (symbol?.kind === 'comma' || symbol?.kind === 'stray') return true;
  return symbol?.kind === 'word' && symbol.field === undefined && !symbol.isExact;
}

/** A colon or a question mark makes running text of few words, too. */
function countOf(symbol: FilterSymbol | undefined): number {
  if (symbol?.kind !== 'word') return 0;
  if (/[:?]$/.test(symbol.text)) return 8;
  return operatorLike(symbol) === undefined ? 1 : 0;
}

/** Leaves out signs that mean nothing, and brackets with nothing else in them; signs alone stay, to be told of. */
function withoutStrays(symbols: readonly FilterSymbol[]): readonly FilterSymbol[] {
  if (!symbols.some(({ kind }) => kind === 'word' || kind === 'quoted' || kind === 'limit')) {
    return symbols.map((symbol) => (symbol.kind === 'comma' ? { ...symbol, kind: 'stray' } : symbol));
  }
  const kept: FilterSymbol[] = [];
  let isEmptied = false;
  for (const symbol of symbols) {
    if (symbol.kind === 'stray') isEmptied = kept.at(-1)?.kind === 'open';
    else if (symbol.kind === 'close' && isEmptied && kept.at(-1)?.kind === 'open') kept.pop();
    else kept.push(symbol);
    if (symbol.kind !== 'stray') isEmptied = false;
  }
  return kept;
}

/** The entries of a list; "or" may stand before the last one. */
function entriesOf(symbols: readonly FilterSymbol[]): readonly (readonly FilterSymbol[])[] {
  const entries: FilterSymbol[][] = [[]];
  for (const symbol of symbols) {
    if (symbol.kind === 'comma' || symbol.kind === 'or') entries.push([]);
    else if (symbol.kind !== 'end') entries.at(-1)?.push(symbol);
  }
  return entries.filter((entry) => entry.length > 0);
}

const listed = { leastEntries: 3, mostWords: 3 } as const;

/** Whether a filter is nothing but a list: three or more entries of at most three words each, parted by commas. */
function isList(entries: readonly (readonly FilterSymbol[])[]): boolean {
  if (entries.length < listed.leastEntries) return false;
  return entries.every((entry) => entry.length <= listed.mostWords && entry.every(isListed));
}

function isListed(symbol: FilterSymbol): boolean {
  if (symbol.kind !== 'word' && symbol.kind !== 'quoted') return false;
  return symbol.field === undefined && operatorLike(symbol) === undefined && !/[:?!]$/.test(symbol.text);
}
