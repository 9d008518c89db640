import { termOf, tokenise } from './normalise.js';

/** Porter2 takes its own stems apart now and then ("cach" stays, "analys" does not); one of these behind them stops it. */
const endings = ['', 'e', 'ness', "'s"];

/**
 * One spelling for all words of a stem, so that filters that mean the same print alike: mostly the stem itself, always a
 * word with that stem. `word` is taken where no ending helps.
 */
export function spellTerm(term: string, word: string): string {
  const spellings = endings.map((ending) => term + ending);
  return spellings.find((spelling) => termOf(spelling) === term && isOneWord(spelling)) ?? word;
}

function isOneWord(text: string): boolean {
  const [token, ...others] = tokenise(text);
  return token?.word === text && others.length === 0;
}
