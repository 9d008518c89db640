import { sentencesOf } from '../filter/words/normalise.js';
import { texToText } from '../text/tex-to-text.js';
import { functionWords } from './function-words.js';
import type { WordCounts } from './learned-topic.js';

/** How often a word of the title counts. */
const titleCount = 2;

/**
 * Counts the words of a paper's texts as a source writes them, by their stems (`specul`), and those that stand side by side in
 * a sentence as pairs (`specul decod`), function words passed over. A word of the title counts twice.
 */
export function wordCounts(title: string, abstract: string): WordCounts {
  const counts = new Map<string, number>();
  count(title, titleCount, counts);
  count(abstract, 1, counts);
  return counts;
}

function count(text: string, times: number, counts: Map<string, number>): void {
  for (const sentence of sentencesOf(texToText(text))) {
    let last = '';
    for (const { word, term } of sentence) {
      if (functionWords.has(word)) continue;
      add(term, times, counts);
      if (last !== '') add(`${last} ${term}`, times, counts);
      last = term;
    }
  }
}

function add(word: string, times: number, counts: Map<string, number>): void {
  counts.set(word, (counts.get(word) ?? 0) + times);
}
