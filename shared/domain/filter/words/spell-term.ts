import type { Spelling } from '../filter.js';
import { tokenise } from './normalise.js';

/** Porter2 takes some of its own stems apart once more ("analys"); a word that ends so keeps them. */
const endings = ['', 'e', 'ness', "'s"];

/**
 * One spelling for all words of a stem, so that filters that mean the same print alike: mostly the stem itself, always a
 * word with that stem. `word`, which has that stem, is taken where no ending helps.
 */
export function spellTerm(term: string, word: string): string {
  for (const ending of endings) {
    const spelling = term + ending;
    const [token, ...others] = tokenise(spelling);
    if (token?.word === spelling && token.term === term && others.length === 0) return spelling;
  }
  return word;
}

/** Spells words as they stand in the text that a filter was read from, to show parts of it. */
export function spellingIn(text: string): Spelling {
  const written = new Map(tokenise(text).map(({ term, start, end }) => [term, text.slice(start, end)]));
  return (term, word) => written.get(term) ?? word;
}
