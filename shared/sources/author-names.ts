import { oneLine, textLimits } from './source-text.js';

/** A name as it stands between two separators. */
interface Piece {
  readonly text: string;
  /** It begins with a number in brackets: an affiliation in a legend, `(1) University of …`. */
  readonly isNumbered: boolean;
}

const mostNames = 2000;
const suffix = /^(?:[Jj][Rr]|[Ss][Rr]|I{2,3}|I?V|VI{1,3}|Ph\.? ?D|M\.? ?D|M\.? ?Sc|D\.? ?Sc|S\.? ?J|O\.? ?P|Esq)\.?$/;
const others = /^(?:(?:and\s+)?(?:\d+\s+)?(?:more|others?)|et\.?\s*al\.?|etc\.?)$/i;
const andOthers = /\s+(?:et\.?\s*al\.?|and\s+(?:\d+\s+)?(?:more|others))$/i;
const group =
  /\b(?:team|collaborations?|groups?|consorti(?:um|a)|institut\w*|universit\w*|labs?|laborator(?:y|ies)|cent(?:er|re)s?|departments?|society|foundation|research|technolog\w*|for|of|the)\b/i;

/** The authors of a list that holds them one by one, in order, at most 2,000; what is not a name is left out. */
export function authorNames(names: readonly string[]): string[] {
  return joinNames(names.slice(0, mostNames).flatMap(piecesOfName));
}

/**
 * The authors in a list written as one text, as feeds do: names are separated by commas, semicolons and colons,
 * `A. Doe and B. Roe` are two, and affiliations, in brackets or in a legend after the names, are not authors.
 */
export function authorsIn(creators: string): string[] {
  const pieces = piecesOf(creators.slice(0, 400_000));
  const legend = pieces.findIndex(({ isNumbered }, index) => isNumbered && index > 0);
  return joinNames(legend < 0 ? pieces : pieces.slice(0, legend));
}

/** One author's name may hold a comma: `Doe, Jane`. */
function piecesOfName(name: string): readonly Piece[] {
  const pieces = piecesOf(name);
  const [last, first] = pieces;
  const isTurned = pieces.length === 2 && /,/.test(name) && !suffix.test(first?.text ?? '') && !/:/.test(name);
  if (!isTurned || (/\s/.test(last?.text ?? '') && /\s/.test(first?.text ?? ''))) return pieces;
  return [{ text: `${last?.text}, ${first?.text}`, isNumbered: false }];
}

function joinNames(pieces: readonly Piece[]): string[] {
  const names: string[] = [];
  for (const { text, isNumbered } of pieces) {
    const before = names.at(-1);
    if (isNumbered && before !== undefined) continue;
    if (before !== undefined && suffix.test(text))
      names[names.length - 1] = oneLine(`${before} ${text}`, textLimits.name);
    else names.push(...partedByAnd(text));
  }
  return names.filter((name) => /\p{L}/u.test(name) && !others.test(name)).slice(0, mostNames);
}

/** Two people joined by "and"; the "and" in a group's own name joins nobody. */
function partedByAnd(text: string): string[] {
  const name = text.replace(/^(?:and|&)\s+/i, '').replace(andOthers, '');
  const [, first = '', second = ''] = /^(.+?)\s+(?:and|&|\\&)\s+(.+)$/.exec(name) ?? [];
  const isPerson = (part: string) => /\S\s+\S/.test(part) && !group.test(part) && !/\d/.test(part);
  const isPair = isPerson(first) && (isPerson(second) || /^the\s/i.test(second));
  return isPair ? [first, ...partedByAnd(second)] : [name];
}

const separators = /[,;，；、]/;

function piecesOf(text: string): Piece[] {
  const closing = closingBrackets(text);
  const pieces: Piece[] = [];
  let [kept, isNumbered] = ['', false];
  const finish = () => {
    const name = oneLine(
      kept.slice(0, 2000).replace(/\$?\^\{?[\d,*†‡§¶\s]+\}?\$?|[*†‡§¶]+\s*$/g, ' '),
      textLimits.name,
    );
    if (name !== '') pieces.push({ text: name, isNumbered });
    [kept, isNumbered] = ['', false];
  };
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    const close = closing.get(at);
    if (character === '\\') {
      kept += text.slice(at, at + 2);
      at += 1;
    } else if (character === '{' && close !== undefined) {
      kept += text.slice(at, close + 1);
      at = close;
    } else if ('([（'.includes(character)) {
      // What an affiliation's bracket does not close, the next comma does.
      isNumbered ||=
        kept.trim() === '' && close !== undefined && /^\s*(?:\d{1,3}|[a-z*†‡§])\s*$/.test(text.slice(at + 1, close));
      at = close ?? (text.slice(at).search(separators) < 0 ? text.length : at + text.slice(at).search(separators) - 1);
    } else if (separators.test(character) || isColon(text, at)) {
      finish();
    } else if (!')]）'.includes(character)) kept += character;
  }
  finish();
  return pieces;
}

/** The colon between a collaboration and its members; one within a name has no space behind it. */
function isColon(text: string, at: number): boolean {
  return text[at] === '：' || (text[at] === ':' && /^\s?$/.test(text.slice(at + 1, at + 2)));
}

const partners: Readonly<Record<string, string>> = { ')': '(', ']': '[', '）': '（', '}': '{' };

/** Where each bracket closes that does; an outer one spans those in it. */
function closingBrackets(text: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (let at = 0; at < text.length; at += 1) {
    const character = text.charAt(at);
    if (character === '\\') at += 1;
    else if ('([（{'.includes(character)) open.push(at);
    else if (partners[character] !== undefined) {
      // Bounded, because a hostile text opens thousands.
      const partner = open.slice(-8).findLastIndex((start) => text[start] === partners[character]);
      if (partner < 0) continue;
      const [start = at] = open.splice(Math.max(0, open.length - 8) + partner);
      closing.set(start, at);
    }
  }
  return closing;
}
