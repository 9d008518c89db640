import { texToText } from '../../text/tex-to-text.js';
import { tokenise } from '../words/normalise.js';

/** Folded words of a person's or an organisation's name: accents, hyphens and apostrophes do not matter. */
export function nameWords(name: string): string[] {
  return tokenise(texToText(name)).map(({ word }) => word.replaceAll("'", ''));
}

const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'sj', 'phd', 'md']);

/** Folded words of a person's name as a paper has it, the last name at the end: `Rob Darnell Jr.` is `rob darnell`. */
export function authorWords(name: string): string[] {
  return withoutSuffix(nameWords(capitalsApart(name)));
}

/**
 * Folded words of a name as people ask for it: also `Darnell, Rob`, `Darnell, R., Jr.`, and arXiv's `darnell_r_1`.
 * Without any word when it is no name.
 */
export function askedName(text: string): string[] {
  const [, last, first] = /^\s*(\p{L}+(?:_\p{L}{2,})*)_(\p{L})(?:_\d+)?\s*$/u.exec(text) ?? [];
  if (last !== undefined && first !== undefined) return nameWords(`${first} ${last.replaceAll('_', ' ')}`);
  const [family = '', ...others] = text.split(/[,;，]/).map((part) => nameWords(capitalsApart(part.trim())));
  const given = others.filter((part) => !part.every((word) => suffixes.has(word)));
  return withoutSuffix([...given.flat(), ...withoutSuffix([...family])]);
}

function withoutSuffix(words: string[]): string[] {
  while (words.length > 1 && suffixes.has(words.at(-1) ?? '')) words.pop();
  return words;
}

/** `JP Quill` and `Quill JP` have two initials; a name all in capitals has none to tell apart. */
function capitalsApart(name: string): string {
  if (!/\p{Ll}/u.test(name)) return name;
  return name.replace(/(?<![\p{L}.'’-])\p{Lu}{2}(?=\s|$)/gu, (letters) =>
    suffixes.has(letters.toLowerCase()) ? letters : [...letters].join(' '),
  );
}

/**
 * Whether somebody of this name is asked for: by last name, by full name, or by first and last name, with or without
 * those in between. An initial stands for any name that begins so, on either side; never the last name for another.
 */
export function isNamed(name: readonly string[], wanted: readonly string[]): boolean {
  if (isEndOf(name, wanted) || isPerson(name, wanted)) return true;
  // "Quill A" and "Quill A B", as in a list of references.
  const initials = wanted.length - wanted.findLastIndex((word) => word.length > 1) - 1;
  if (initials === 0 || initials === wanted.length) return false;
  return isPerson(name, [...wanted.slice(-initials), ...wanted.slice(0, -initials)]);
}

function isEndOf(name: readonly string[], wanted: readonly string[]): boolean {
  return wanted.length <= name.length && wanted.every((word, at) => word === name[name.length - wanted.length + at]);
}

function isPerson(name: readonly string[], wanted: readonly string[]): boolean {
  if (wanted.length < 2 || name.length < 2 || wanted.at(-1) !== name.at(-1)) return false;
  const given = wanted.slice(0, -1);
  const first = startLength(name, given);
  if (first === undefined) return false;
  return areBetween(name.slice(first.name, -1), given.slice(first.given));
}

/** How many words the first names take on either side: `Xiaoming` is `Xiao-Ming`; `undefined` when they differ. */
function startLength(name: readonly string[], given: readonly string[]) {
  const [one = '', two = ''] = name;
  const [other = '', next = ''] = given;
  if (isSame(one, other)) return { name: 1, given: 1 };
  if (name.length > 2 && one.length > 1 && one + two === other) return { name: 2, given: 1 };
  if (given.length > 1 && other.length > 1 && other + next === one) return { name: 1, given: 2 };
  return undefined;
}

/** Names in between may be left out; those asked for must be there, but initials where the paper gives no such name. */
function areBetween(name: readonly string[], given: readonly string[]): boolean {
  const whole = given.filter((word) => word.length > 1);
  if (whole.length === name.length && whole.every((word, at) => word === name[at])) return true;
  let at = 0;
  for (const word of name) if (at < given.length && isSame(word, given[at] ?? '')) at += 1;
  return at === given.length;
}

function isSame(one: string, other: string): boolean {
  return one === other || (one.length === 1 ? other.startsWith(one) : other.length === 1 && one.startsWith(other));
}
