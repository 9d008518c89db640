import type { Paper } from '../paper.js';
import { type CitedName, citedWork } from './cited-work.js';

/** One item of CSL-JSON. https://github.com/citation-style-language/schema#csl-json-schema */
interface CslItem {
  readonly id: string;
  readonly type: 'article';
  readonly title: string;
  readonly author: readonly CitedName[];
  readonly issued: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly publisher: 'arXiv';
  readonly number: string;
  readonly keyword: string;
  readonly DOI: string;
  readonly URL: string;
  readonly note?: 'Withdrawn';
  readonly abstract: string;
}

/** One paper as CSL-JSON has it: a list of one item, of the type that stands for preprints. */
export function cslJsonOf(paper: Paper): readonly CslItem[] {
  const { id, title, authors, abstract, published, categories, doi, url, isWithdrawn } = citedWork(paper);
  return [
    {
      id: `arxiv:${id}`,
      type: 'article',
      title,
      author: authors,
      issued: { 'date-parts': [published.split('-').map(Number)] },
      publisher: 'arXiv',
      number: `arXiv:${id}`,
      keyword: categories.join(', '),
      DOI: doi,
      URL: url,
      ...(isWithdrawn && { note: 'Withdrawn' }),
      abstract,
    },
  ];
}
