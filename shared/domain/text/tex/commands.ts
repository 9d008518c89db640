import { ahead, groupEnd, isBehindWord, type Reading, readArgument, readOption, write, writeSpace } from './reading.js';
import { texAccents, texDropped, texFunctions, texScript, texSpaces, texStyles, texSymbols } from './symbols.js';

/** Reads the command at the cursor, which is on its backslash. */
export function readCommand(reading: Reading): void {
  reading.at += 1;
  const name = /^[A-Za-z]+/.exec(ahead(reading, 60))?.[0];
  if (name === undefined) readSign(reading);
  else {
    reading.at += name.length;
    readWordCommand(reading, name);
  }
}

function readWordCommand(reading: Reading, name: string): void {
  const mark = texAccents.get(name);
  if (mark !== undefined && readAccent(reading, mark)) return;
  const symbol = texSymbols.get(name);
  const special = hasArgument(reading, name) ? specials.get(name) : undefined;
  if (special) special(reading);
  else if (symbol !== undefined) writeSymbol(reading, symbol);
  else if (texStyles.has(name)) skipBehindStyle(reading, name);
  else if (texSpaces.has(name)) writeSpace(reading);
  else readNamed(reading, name);
}

/**
 * In running text a command's argument has braces, with or without an option in brackets before it; a root's may be a
 * digit.
 */
function hasArgument(reading: Reading, name: string): boolean {
  if (reading.isMath || groupEnd(reading) !== undefined) return true;
  return name === 'sqrt' ? /^ ?(?:\[[^\]]*\]|\d)/.test(ahead(reading, 80)) : /^\[[^\]]*\] ?\{/.test(ahead(reading, 80));
}

/** A backslash with a sign: an escaped character, an accent, a space, or the border of a formula. */
function readSign(reading: Reading): void {
  const sign = ahead(reading, 1);
  reading.at += 1;
  const mark = reading.isMath ? undefined : texAccents.get(sign);
  if (mark !== undefined) {
    if (isApostrophe(reading, sign) || !readAccent(reading, mark)) write(reading, sign);
  } else if ('{}$%&_#'.includes(sign)) write(reading, sign);
  else if (',;:> \\'.includes(sign)) writeSpace(reading);
  else if ('(['.includes(sign)) reading.isMath = true;
  else if (')]'.includes(sign)) reading.isMath = false;
  else if (sign === '|') write(reading, '‖');
  else if (!'!/-@'.includes(sign)) write(reading, `\\${sign}`);
}

/** Some sources escape quotes: `object\'s` is no ś. */
function isApostrophe(reading: Reading, sign: string): boolean {
  return sign === "'" && isBehindWord(reading) && /^[stdm](?!\p{L})/u.test(ahead(reading, 2));
}

/** Sets a mark on the one letter that follows (`e`, `{e}`, `\i`); reads nothing and says no when that is no letter. */
function readAccent(reading: Reading, mark: string): boolean {
  const found = /^(?: ?\{ ?\\?(\p{L})? ?\}|\{? ?\\([ij])(?![A-Za-z]) ?\}?| ?(\p{L}))/u.exec(ahead(reading, 8));
  const letter = found?.[1] ?? found?.[2] ?? found?.[3];
  if (!found || letter === undefined) return false;
  reading.at += found[0].length;
  write(reading, (letter + mark).normalize('NFC'));
  return true;
}

function writeSymbol(reading: Reading, symbol: string): void {
  if (ahead(reading, 2) === '{}') reading.at += 2;
  const isDoubled = symbol.endsWith('.') && ahead(reading, 1) === '.';
  write(reading, isDoubled ? symbol.slice(0, -1) : symbol);
}

/** Skips the space after a style, and the dot that `\left.` has for "nothing". */
function skipBehindStyle(reading: Reading, name: string): void {
  const isEmptyFence = (name === 'left' || name === 'right') && ahead(reading, 1) === '.';
  const text = groupEnd(reading) === undefined ? '' : readArgument(reading, reading.isMath);
  if (text !== '') write(reading, text);
  else if (isEmptyFence || ahead(reading, 1) === ' ') reading.at += 1;
}

/** An unknown command with an argument gives that, one without gives its name: authors' own macros stand for words. */
function readNamed(reading: Reading, name: string): void {
  const isFunction = texFunctions.has(name);
  const isMath = reading.isMath && !name.startsWith('text') && name !== 'mbox';
  const text = groupEnd(reading) === undefined ? '' : readArgument(reading, isMath);
  if (text !== '' && !isFunction) {
    write(reading, text);
    return;
  }
  // `C:\Users` is no TeX: without its backslash it would run together.
  const glue = !reading.isMath && text === '' && /[A-Za-z:]/.test(reading.last) ? '\\' : '';
  const before = reading.isMath && isBehindWord(reading) ? ' ' : glue;
  const after = reading.isMath && /[A-Za-z\d]/.test(ahead(reading, 1)) ? ' ' : '';
  write(reading, before + name + (text === '' ? after : ` ${text}`));
}

function readFraction(reading: Reading): void {
  const parts = [readArgument(reading, reading.isMath), readArgument(reading, reading.isMath)];
  write(reading, parts.map(inBrackets).join('/'));
}

function inBrackets(text: string): string {
  return /^[\p{L}\p{N}\p{M}.]*$/u.test(text) ? text : `(${text})`;
}

/** Commands with arguments of a meaning of their own. */
const specials = new Map<string, (reading: Reading) => void>([
  ...['frac', 'dfrac', 'tfrac', 'nicefrac'].map((name) => [name, readFraction] as const),
  ...[...texDropped].map((name) => [name, behindOption((reading) => void readArgument(reading, false))] as const),
  ['href', behindOption(readSecond)],
  ['textcolor', behindOption(readSecond)],
  ['colorbox', behindOption(readSecond)],
  ['color', behindOption(readColour)],
  ['sqrt', readRoot],
  ['root', readRootOf],
  ['footnote', behindOption(readFootnote)],
]);

/** `\sqrt[3]{x}` is ∛x, `\sqrt[n]{x}` ⁿ√x. */
function readRoot(reading: Reading): void {
  const index = readOption(reading);
  // An option that does not end is no argument either.
  const text = /^[[\]]?$/.test(ahead(reading, 1)) ? '' : inBrackets(readArgument(reading, reading.isMath));
  const sign = rootSigns.get(index) ?? `${texScript('^', index)}√`;
  // Else the index would raise what stands before it.
  const gap = index !== '' && !rootSigns.has(index) && isBehindWord(reading) ? ' ' : '';
  write(reading, gap + sign + text);
}

const rootSigns = new Map([
  ['', '√'],
  ['2', '√'],
  ['3', '∛'],
  ['4', '∜'],
]);

/** Plain TeX's `\root 3 \of {x}`. */
function readRootOf(reading: Reading): void {
  const found = /^\s*\{?\s*([^{}\\]{1,12}?)\s*\}?\s*\\of(?![A-Za-z])\s*/.exec(ahead(reading, 40));
  if (!found) {
    write(reading, 'root');
    return;
  }
  reading.at += found[0].length;
  const sign = rootSigns.get(found[1] ?? '') ?? `${texScript('^', found[1] ?? '')}√`;
  write(reading, sign + inBrackets(readArgument(reading, reading.isMath)));
}

/** Reads the argument of a command without what its option says. */
function behindOption(read: (reading: Reading) => void): (reading: Reading) => void {
  return (reading) => {
    readOption(reading);
    read(reading);
  };
}

function readFootnote(reading: Reading): void {
  const text = readArgument(reading, false);
  write(reading, ` (${text})`);
}

function readSecond(reading: Reading): void {
  const first = readArgument(reading, false);
  write(reading, groupEnd(reading) === undefined ? first : readArgument(reading, reading.isMath));
}

/** A name of a colour is no text; what is none was torn out of some other command and is kept. */
function readColour(reading: Reading): void {
  const colour = readArgument(reading, false);
  if (!/^[a-z]+[a-z0-9!]*$/.test(colour)) write(reading, colour);
}
