import { texToText } from '../tex-to-text.js';
import type { TermFilter } from './filter.js';
import { nameWords } from './index-paper.js';
import { tokenise } from './normalise.js';
import type { FilterSymbol } from './read-symbols.js';

/** Reads one word, phrase, category or author; `undefined` when nothing in it can be looked for. */
export function readTerm(symbol: FilterSymbol): TermFilter | undefined {
  if (symbol.field === 'cat') return readCategory(symbol.text);
  const tokens = tokenise(texToText(symbol.text));
  const [first, second] = tokens;
  if (first === undefined) return undefined;
  if (symbol.field === 'author') return { kind: 'author', words: nameWords(symbol.text) };
  if (second === undefined) return { kind: 'word', word: first.word, term: first.term };
  return { kind: 'phrase', words: tokens.map(({ word }) => word), terms: tokens.map(({ term }) => term) };
}

/** An archive may be written `cs` or `cs.*`. Names: https://arxiv.org/category_taxonomy */
function readCategory(text: string): TermFilter | undefined {
  const category = text.trim().toLowerCase();
  const found = /^([a-z]+(?:-[a-z]+)*(?:\.[a-z]+(?:-[a-z]+)*)?)(?:\.\*)?$/.exec(category)?.[1];
  return found === undefined ? undefined : { kind: 'category', category: found };
}
