import { cutTo } from '../../text/shorten.js';
import { foldFilterText } from './fold-text.js';
import { readSymbols } from './read-symbols.js';
import { operatorLike, settleSymbols } from './running-text.js';
import type { FilterSymbol } from './symbols.js';

const mostCharacters = 200;

/**
 * How a filter's text was understood, in one or two sentences, where that is not plain to see: what is an operator and
 * what a word, which signs mean nothing. `undefined` where it is plain, and for a text with a mistake.
 */
export function readingOf(text: string): string | undefined {
  const folded = foldFilterText(text);
  const symbols = readSymbols(folded);
  if ('message' in symbols) return undefined;
  const settled = settleSymbols(symbols).slice(0, -1);
  const reading = written(settled);
  if (plainly(reading) === plainly(folded)) return undefined;
  return [`Read as: ${cutTo(reading, mostCharacters)}.`, ...hintsOf(settled)].join(' ');
}

/** Blanks and AND between two words say the same, and the end of a sentence says nothing. */
function plainly(text: string): string {
  return text
    .replace(/ AND (?!NOT)/g, ' ')
    .replace(/[.?!]+(?=\s|$)/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function written(symbols: readonly FilterSymbol[]): string {
  let text = '';
  for (const [at, symbol] of symbols.entries()) {
    const before = symbols[at - 1];
    const piece = pieceOf(symbol);
    if (before === undefined || symbol.kind === 'close' || before.kind === 'open') text += piece;
    else if (before.kind === 'not' && isSign(before)) text += piece;
    else text += `${between(before, symbol)}${piece}`;
  }
  return text;
}

/** The AND that nobody wrote; of ids side by side, either is meant. */
function between(before: FilterSymbol, symbol: FilterSymbol): string {
  if (['and', 'or', 'not', 'open'].includes(before.kind) || ['and', 'or'].includes(symbol.kind)) return ' ';
  return isId(before) && isId(symbol) ? ' OR ' : ' AND ';
}

function isId(symbol: FilterSymbol): boolean {
  return symbol.kind === 'word' && symbol.field === 'id';
}

function isSign({ text }: FilterSymbol): boolean {
  return !/\p{L}/u.test(text);
}

function pieceOf(symbol: FilterSymbol): string {
  switch (symbol.kind) {
    case 'not':
      return isSign(symbol) ? '-' : 'NOT';
    case 'and':
      return 'AND';
    case 'or':
      return 'OR';
    case 'word':
      if (operatorLike(symbol)) return `"${symbol.text}"`;
      if (symbol.field === 'id') return `id:${symbol.value}`;
      return symbol.field === undefined ? symbol.text.replace(/(?<=[\p{L}\p{N}])[.:?!]+$/u, '') : symbol.text;
    default:
      return symbol.text;
  }
}

const hints = { not: 'write NOT to leave papers out', or: 'write OR for either of two' } as const;

function hintsOf(symbols: readonly FilterSymbol[]): readonly string[] {
  const words = new Map(symbols.map((symbol) => [operatorLike(symbol), symbol.text] as const));
  return (['not', 'or'] as const).flatMap((operator) => {
    const word = words.get(operator);
    return word === undefined ? [] : [`"${word}" is a word here: ${hints[operator]}.`];
  });
}
