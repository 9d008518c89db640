import { sentencesOf, type Token } from '../filter/words/normalise.js';
import type { TextRange } from '../text/excerpt.js';
import { shownText } from '../text/shown-text.js';

/** A sentence with its words; `start` and `end` are its place in the shown text. */
export interface Sentence extends TextRange {
  readonly text: string;
  readonly words: readonly Token[];
}

/** Signs that end a sentence, with the quotes and brackets that they close. */
const stop = /[.!?…。]+['"’”»)\]]*/;

/** The sentences of an abstract as it is shown, without TeX; a text without any word has none. */
export function abstractSentences(abstract: string): readonly Sentence[] {
  const text = shownText(abstract);
  const sentences: Sentence[] = [];
  let start = 0;
  let words: readonly Token[] = [];
  for (const next of sentencesOf(text)) {
    const { end: from = 0 } = words.at(-1) ?? {};
    const between = text.slice(from, next[0]?.start);
    const sign = words.length > 0 ? stop.exec(between) : null;
    if (sign) {
      const end = from + sign.index + sign[0].length;
      sentences.push({ start, end, text: text.slice(start, end), words });
      start = end + (/^\s+/.exec(text.slice(end, end + 2))?.[0].length ?? 0);
    }
    words = next;
  }
  if (words.length > 0) sentences.push({ start, end: text.length, text: text.slice(start), words });
  return sentences;
}
