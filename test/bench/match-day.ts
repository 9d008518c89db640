import * as z from 'zod/mini';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { anEdition, aRankedPaper, aTrendScore, paperId } from '../support/builders.js';
import { readJsonInput } from '../support/read-input.js';
import { seeded } from './measure.js';

/** What a corpus file holds of a paper: `[{ "title", "abstract" }]`. */
export interface CorpusPaper {
  readonly title: string;
  readonly abstract: string;
}

const papersFile = z.array(z.object({ title: z.string(), abstract: z.string() })).check(z.minLength(2));

const syllables = 'ba co di fu ge lo mi na pe ra su ti ve wo xi zu'.split(' ');
const endings = ['', '', 's', 'ing', 'ed', 'ation', 'al'];

/** Reads a corpus file, or makes up a small corpus: 120 papers of invented words, frequent and rare as words are. */
export function corpusOf(path: string | undefined): readonly CorpusPaper[] {
  if (path !== undefined) return readJsonInput(path, papersFile);
  const random = seeded(3);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const words = Array.from({ length: 4000 }, () => {
    const stem = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(syllables)).join('');
    return stem + pick(endings);
  });
  const sentence = (length: number) =>
    Array.from({ length }, () => words[Math.floor(words.length ** random()) - 1]).join(' ');
  return Array.from({ length: 120 }, () => ({
    title: sentence(8),
    abstract: Array.from({ length: 8 }, () => `A${sentence(22)}.`).join(' '),
  }));
}

/** An edition of `size` papers: each has a title of the corpus and the mixed sentences of two abstracts. */
export function mixedDay(corpus: readonly CorpusPaper[], size: number): Edition {
  const random = seeded(4);
  const pick = () => corpus[Math.floor(random() * corpus.length)] ?? { title: '', abstract: '' };
  const papers = Array.from({ length: size }, (_, index) => {
    const [one, other] = [pick(), pick()];
    const sentences = `${one.abstract} ${other.abstract}`.split(/(?<=[.!?])\s+(?=\p{Lu})/u);
    const mixed = sentences.filter(() => random() < 0.5).join(' ');
    const paper = { id: paperId(index), title: one.title, abstract: mixed, keywords: [] };
    return aRankedPaper(paper, aTrendScore(size - index));
  });
  return anEdition({ papers });
}
