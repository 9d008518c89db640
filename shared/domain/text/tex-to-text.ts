import { readCommand } from './tex/commands.js';
import {
  ahead,
  groupEnd,
  isBehindWord,
  type Reading,
  readArgument,
  type Source,
  sourceOf,
  write,
} from './tex/reading.js';
import { texScript } from './tex/symbols.js';

/** Deeper groups stay as written: no input may exhaust the stack. */
const maxDepth = 40;

/**
 * Turns TeX, as it is written in arXiv's titles and abstracts, into readable Unicode: accents, Greek, operators, sub-
 * and superscripts; fonts vanish, their text stays. Amounts of money stay, and a text without TeX is returned as it is.
 * Linear in the length; never throws.
 */
export function texToText(text: string): string {
  return /[\\$^_{~`]/.test(text) ? convert(sourceOf(text), 0, text.length, false, 0) : text;
}

function convert(source: Source, start: number, end: number, isMath: boolean, depth: number): string {
  if (depth > maxDepth) return source.text.slice(start, end);
  const reading: Reading = {
    source,
    end,
    at: start,
    isMath,
    out: '',
    last: '',
    convert: (from, to, inMath) => convert(source, from, to, inMath, depth + 1),
  };
  while (reading.at < end) readNext(reading);
  return reading.out;
}

function readNext(reading: Reading): void {
  const { source, at } = reading;
  const character = source.text.charAt(at);
  if (character === '\\' && at + 1 < reading.end) readCommand(reading);
  else if (character === '$') readDollar(reading);
  else if (character === '{') readGroup(reading);
  else if (character === '^' || character === '_') readScript(reading, character);
  else {
    reading.at += 1;
    if (character === '~') write(reading, isTie(source.text, at) ? ' ' : '~');
    else if (character === "'" && reading.isMath) write(reading, '′');
    else if (character === '`' && !reading.isMath) readQuote(reading);
    else write(reading, character);
  }
}

/** `Fig.~3` holds a space, `~8B` and `2~3` mean "about" and "to". */
function isTie(text: string, at: number): boolean {
  const around = text.slice(Math.max(0, at - 1), at + 2);
  return /^[^\s(["']~\S$/.test(around) && !/^\d~\d$/.test(around);
}

/** TeX's ``quotes''. */
function readQuote(reading: Reading): void {
  const close = ahead(reading, 1) === '`' ? ahead(reading, 300).indexOf("''") : -1;
  if (close < 0) {
    write(reading, '`');
    return;
  }
  write(reading, `“${reading.convert(reading.at + 1, reading.at + close, false)}”`);
  reading.at += close + 2;
}

function readDollar(reading: Reading): void {
  const { text } = reading.source;
  const sign = text.startsWith('$$', reading.at) ? '$$' : '$';
  const start = reading.at + sign.length;
  const close = reading.isMath ? -1 : nextDollar(text, start, reading.end);
  if (close > start && text.startsWith(sign, close) && (sign === '$$' || isFormula(text, start, close))) {
    write(reading, reading.convert(start, close, true));
    reading.at = close + sign.length;
    return;
  }
  if (!reading.isMath) write(reading, sign);
  reading.at = start;
}

function nextDollar(text: string, start: number, end: number): number {
  for (let at = start; at < end; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '$') return at;
  }
  return -1;
}

/**
 * Pandoc's rule for `$…$` (no space inside the dollars, no digit after them), and no run of plain words: "$5 or 3$". A
 * digit may follow what cannot be a sum of money: `$\sim$10`, `$_2$0`, `$>$5`, `$n$2`.
 */
function isFormula(text: string, start: number, close: number): boolean {
  const formula = text.slice(start, close);
  if (/^\s|\s$/.test(formula)) return false;
  if (/\d/.test(text.charAt(close + 1)) && !isNoMoney(formula, text.charAt(start - 2))) return false;
  return /[\\^_{}<>=]/.test(formula) || !/\s\p{L}{2}/u.test(formula);
}

function isNoMoney(formula: string, before: string): boolean {
  if (/^\d/.test(formula)) return /\\[A-Za-z]/.test(formula) && !/^\d[^\\]*\s/.test(formula);
  const isVariable = /^[A-Za-z]\S{0,30}$/.test(formula) && !/[\p{L}\p{N}]/u.test(before);
  return isVariable || /^[\\^_]|\\[A-Za-z]|^[-+=<>±×~≈≤≥/*]{1,2}$/.test(formula);
}

/** Drops the braces of a formula, a command or a single word (`{BERT}`, `12{,}553`); other braces are text. */
function readGroup(reading: Reading): void {
  const start = reading.at + 1;
  const close = groupEnd(reading);
  const inner = reading.source.text.slice(start, Math.min(close ?? start, start + 400));
  const isTex = reading.isMath || inner.startsWith('\\') || inner === ',' || !/[\s",]/.test(inner);
  if (close === undefined || !isTex) {
    write(reading, '{');
    reading.at = start;
    return;
  }
  write(reading, reading.convert(start, close, reading.isMath));
  reading.at = close + 1;
}

/** In text only `x_{…}`, `x^{…}` and `10^6` are scripts: `snake_case` and `x_1` stay. */
function readScript(reading: Reading, sign: '^' | '_'): void {
  reading.at += 1;
  const digits = sign === '^' && isBehindWord(reading) ? /^[-+]?\d+/.exec(ahead(reading, 12))?.[0] : undefined;
  const isScript = groupEnd(reading) !== undefined || (sign === '^' && /^\\[A-Za-z]/.test(ahead(reading, 2)));
  if (isScript || (reading.isMath && reading.at < reading.end)) {
    write(reading, texScript(sign, readArgument(reading, true)));
  } else if (digits !== undefined) {
    write(reading, texScript(sign, digits));
    reading.at += digits.length;
  } else write(reading, sign);
}
