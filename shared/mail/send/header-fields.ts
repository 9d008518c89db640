import type { Mailbox } from '../../domain/subscriber/mail-address.js';
import { singleLine } from '../../domain/text/shown-text.js';

/** RFC 5322, 2.1.1: what a line of a header should not exceed. */
const foldedAt = 76;
/** The same rule's hard limit is 998: a word that is nearly so long is encoded, for encoded words can be folded. */
const longestWord = 900;

/** An unstructured field, folded, with its line break; no value adds a field. */
export function textField(name: string, value: string): string {
  const line = plainLine.test(value) ? value : singleLine(value);
  return folded(`${name}: ${needsEncoding(line) ? encodedWords(line) : line}`);
}

/** A field of one mailbox, never more, folded, with its line break. */
export function mailboxField(name: string, { name: shown, address }: Mailbox): string {
  const bare = address
    .replace(/[<>]/g, ' ')
    .replace(/[^\x20-\x7e]/g, '?')
    .trim();
  if (shown !== '') return folded(`${name}: ${phrase(shown)} <${bare}>`);
  // What has signs of a list is one address in angle brackets only.
  return folded(`${name}: ${/^[^\s"(),:;<>@[\\\]]+@[^\s"(),:;<>@[\\\]]+$/.test(bare) ? bare : `<${bare}>`}`);
}

/** A field of one message identifier, `left@right`, folded, with its line break. */
export function identifierField(name: string, identifier: string): string {
  return folded(`${name}: <${singleLine(identifier)}>`);
}

const plainLine = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;

function needsEncoding(line: string): boolean {
  // A quote may stand in such a field, but not every program reads it so; `=?` may begin an encoded word.
  return /["\u0080-\uffff]|=\?/.test(line) || (line.length > longestWord && hasLongWord(line));
}

function hasLongWord(line: string): boolean {
  return line.split(' ').some((word) => word.length > longestWord);
}

function phrase(name: string): string {
  if (hasLongWord(name) || name.includes('=?') || /[^\x20-\x7e]/.test(name)) return encodedWords(name);
  return /^[\w ]*$/.test(name) ? name : `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Octets of the text that one encoded word holds: with 12 around them they are well below 75 (RFC 2047, 2). */
const mostInQ = 40;
const mostInB = 30;

/** A text as encoded words (RFC 2047), none of which has a part of a character; the shorter encoding of the two. */
function encodedWords(text: string): string {
  return isMostlyLetters(text)
    ? cut(text, mostInQ, inQ, (word) => word.length)
        .map((word) => `=?UTF-8?Q?${word}?=`)
        .join(' ')
    : cut(text, mostInB, (character) => character, Buffer.byteLength)
        .map((word) => `=?UTF-8?B?${Buffer.from(word).toString('base64')}?=`)
        .join(' ');
}

function isMostlyLetters(text: string): boolean {
  let letters = 0;
  let others = 0;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit > 0x7f) others += 1;
    else if ((unit | 0x20) >= 0x61 && (unit | 0x20) <= 0x7a) letters += 1;
  }
  return others < letters;
}

function cut(
  text: string,
  most: number,
  write: (character: string) => string,
  sizeOf: (written: string) => number,
): readonly string[] {
  const words: string[] = [];
  let word = '';
  let size = 0;
  for (const character of text) {
    const written = write(character);
    const more = sizeOf(written);
    if (size + more > most) {
      words.push(word);
      word = '';
      size = 0;
    }
    word += written;
    size += more;
  }
  return [...words, word];
}

/** RFC 2047, 5 (3). */
const ownInQ = new Set('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!*+-/');

/** RFC 2047, 4.2. */
function inQ(character: string): string {
  if (character === ' ') return '_';
  return ownInQ.has(character) ? character : Buffer.from(character).toString('hex').toUpperCase().replace(/../g, '=$&');
}

/** Breaks a field before the last blank that keeps a line short; a longer word keeps its line. */
function folded(field: string): string {
  let lines = '';
  let rest = field;
  while (rest.length >= foldedAt) {
    const before = rest.lastIndexOf(' ', foldedAt - 1);
    const end = before > 0 ? before : rest.indexOf(' ', foldedAt);
    if (end < 0) break;
    lines += `${rest.slice(0, end)}\r\n`;
    rest = rest.slice(end);
  }
  return `${lines}${rest}\r\n`;
}
