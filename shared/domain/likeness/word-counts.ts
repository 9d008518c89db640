import { sentencesOf } from '../filter/words/normalise.js';
import { texToText } from '../text/tex-to-text.js';
import type { WordCounts } from './learned-topic.js';

/** Words that say nothing of what a text is about; folded, as they are before stemming. */
const functionWords: ReadonlySet<string> = new Set(
  `a an the of and or in on at to for from by with without into onto over under between among through during per via as is are
  was were be been being am do does did done has have had having can could may might must shall should will would not no nor
  that this these those it its they them their there here we our us i you your he she his her who whom which what when where
  why how if then than so such both each either neither any all some most more less many much few other another same own only
  just also too very but however although though while whereas because since until unless about against after before above
  below again further once out up down off`.split(/\s+/),
);

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
