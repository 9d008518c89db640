import { isField } from './fields.js';
import type { FilterError } from './filter-error.js';
import { filterError, onOneLine, quoted } from './filter-error.js';
import type { LeafSymbol } from './symbols.js';

/** `A*` and `Q*` are names of algorithms and `4*` has a footnote: they are not the beginnings of words. */
export function withoutNames(value: string): string {
  return value.includes('*') ? value.replace(/(?<![\p{L}\p{N}])([\p{Lu}\p{N}])\*(?![\p{L}\p{N}])/gu, '$1') : value;
}

const starInside =
  /\*(?=[^\p{L}\p{N}\s]*[\p{L}\p{N}])|\*\s+[\p{L}\p{N}]|(?<![^\s"'([=-])\*+(?=[^\p{L}\p{N}\s]*[\p{L}\p{N}])/u;

/** What people write that would vanish, because words keep no signs; `undefined` when there is no such thing. */
export function wrongText(symbol: LeafSymbol): FilterError | undefined {
  const { at, text, value, kind, isExact } = symbol;
  if (!/[*?:~/]/.test(value)) return undefined;
  if (starInside.test(withoutNames(value))) {
    return filterError(at, `${quoted(text)} has "*" in front or inside: it can only end the last word, as in robot*`);
  }
  if (/[\p{L}\p{N}]\?[\p{L}\p{N}]/u.test(value)) {
    return filterError(at, `${quoted(text)} has "?" inside: write the beginning with "*", or each spelling with OR`);
  }
  const name = /^([A-Za-z]+):(?=\S)/.exec(value)?.[1]?.toLowerCase();
  if (name !== undefined && isField(name)) return misplacedField(symbol, name);
  return kind === 'quoted' || isExact ? undefined : wrongWord(symbol);
}

function misplacedField({ at, text, value, kind, field }: LeafSymbol, name: string): FilterError {
  if (field !== undefined) return filterError(at, `${quoted(text)} has two fields: write one of them only`);
  if (kind === 'word') return filterError(at, `"=" comes before the field: write ${quoted(value.replace(':', ':='))}`);
  const asked = onOneLine(value.slice(name.length + 1, 25)).trim();
  return filterError(at, `The field comes before the quotes: write ${name}:"${asked}"`);
}

function wrongWord({ at, text, value }: LeafSymbol): FilterError | undefined {
  if (/^[^~]*\p{L}~\d{0,2}$/u.test(value)) {
    const how = 'write it after two or more words in quotes, for example "sparse attention"~4';
    return filterError(at, `${quoted(text)} has "~" after a single word: ${how}`);
  }
  if (/^(?:O?NEAR|ADJ|PRE|W)\/\d+$/.test(value)) {
    return filterError(at, `${quoted(text)} joins nothing: write near words as in "sparse attention"~4`);
  }
  if (/^<?(?:https?|ftp):\/\/\S/i.test(value)) {
    const how = 'write words, or an arXiv id';
    return filterError(at, `${quoted(text)} is not the address of a paper on arXiv or Hugging Face: ${how}`);
  }
  return undefined;
}
