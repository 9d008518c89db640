import { spellTerm, tokenise } from '../../filter/words/normalise.js';
import { shownText } from '../../text/shown-text.js';
import type { Example, LearnedTopic } from '../learned-topic.js';
import type { LearnedLikeness } from './learn-profile.js';

/** How people write a word, or a pair of words, of `wordCounts`. */
export type SpellWord = (word: string) => string;

/** A word of a topic as its page shows it. */
interface CountingWord {
  /** As in `LearnedTopic.struck` and `.pinned`. */
  readonly word: string;
  readonly written: string;
  /** The strongest weighs 1; below 0 it speaks against a paper. */
  readonly weight: number;
  readonly isPinned: boolean;
  /** Liked examples that have it, or those not liked where it speaks against a paper. */
  readonly examples: readonly Example[];
}

/** Spells words as most of some texts write them, else by their stems. */
export function spellingOf(texts: readonly string[]): SpellWord {
  const spellings = new Map<string, Map<string, number>>();
  for (const text of texts) {
    for (const { term, word } of tokenise(shownText(text))) {
      const known = spellings.get(term) ?? new Map<string, number>();
      spellings.set(term, known);
      known.set(word, (known.get(word) ?? 0) + 1);
    }
  }
  const usual = new Map(
    [...spellings].map(([term, words]) => [
      term,
      [...words].reduce((one, other) => (other[1] > one[1] ? other : one))[0],
    ]),
  );
  return (word) =>
    word
      .split(' ')
      .map((term) => usual.get(term) ?? spellTerm(term, term))
      .join(' ');
}

/** The words that count most for a topic, and those most against it, the strongest first. */
export function wordsThatCount(
  topic: LearnedTopic,
  { words }: Pick<LearnedLikeness, 'words'>,
  spell: SpellWord,
  most = 40,
): readonly CountingWord[] {
  const pinned = new Set(topic.pinned);
  const shown = words.flatMap(({ word, weight }) => {
    const examples = topic.examples.filter(({ liked, words }) => liked === weight > 0 && words?.has(word));
    // What speaks against papers only because all papers have it says nothing to a reader.
    return examples.length > 0 || pinned.has(word) ? [{ word, weight, examples }] : [];
  });
  const strongest = Math.max(...shown.map(({ weight }) => Math.abs(weight)), Number.MIN_VALUE);
  return shown.slice(0, most).map(({ word, weight, examples }) => ({
    word,
    written: spell(word),
    weight: weight / strongest,
    isPinned: pinned.has(word),
    examples,
  }));
}
