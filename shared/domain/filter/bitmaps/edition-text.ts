import type { TextField } from '../filter.js';
import type { IndexedPaper } from '../match/index-paper.js';

/** An edition's papers in rank order, and their words one after the other, with a gap after each text. */
export interface EditionText {
  readonly papers: readonly IndexedPaper[];
  /** How many words, including the gaps. */
  readonly length: number;
  /** Place of the paper of each word. */
  readonly placeAt: Uint32Array;
  /** The text of each word, as in `partCodes`. */
  readonly partAt: Uint8Array;
  /** Where each paper's words begin, and behind them all their end. */
  readonly startAt: Uint32Array;
}

/** How `partAt` writes the texts; nothing is 0. */
export const partCodes = { title: 1, abstract: 2, keyword: 3 } as const;

/** Joins the texts of papers. */
export function editionText(papers: readonly IndexedPaper[]): EditionText {
  const length = papers.reduce((sum, { words }) => sum + words.length, 0);
  const placeAt = new Uint32Array(length);
  const partAt = new Uint8Array(length);
  const startAt = new Uint32Array(papers.length + 1);
  let at = 0;
  for (const [place, { words, texts }] of papers.entries()) {
    placeAt.fill(place, at, at + words.length);
    for (const { part, first } of texts) {
      if (part in partCodes) partAt.fill(partCodes[part as TextField], at + first, at + words.length);
    }
    at += words.length;
    startAt[place + 1] = at;
  }
  return { papers, length, placeAt, partAt, startAt };
}
