import type { Options } from 'minisearch';
import { tokenise } from '../../../shared/domain/filter/words/normalise.js';

/** A paper as MiniSearch gets it. */
export interface MiniPaper {
  readonly id: number;
  readonly title: string;
  readonly abstract: string;
  readonly keywords: string;
}

/** MiniSearch over our words, with the fields that a filter can name. */
export const miniSearchOptions: Options<MiniPaper> = {
  fields: ['title', 'abstract', 'keywords'],
  tokenize: (text) => tokenise(text).map(({ term }) => term),
  processTerm: (term) => term,
};
