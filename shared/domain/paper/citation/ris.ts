import type { Paper } from '../paper.js';
import { citedWork } from './cited-work.js';

/** One paper as a record of RIS, an unpublished work of arXiv's. https://en.wikipedia.org/wiki/RIS_(file_format) */
export function risOf(paper: Paper): string {
  const { id, title, authors, abstract, published, categories, doi, url, isWithdrawn } = citedWork(paper);
  const lines: readonly (readonly [string, string])[] = [
    ['TY', 'UNPB'],
    ['ID', id],
    ['TI', title],
    ...authors.map((name) => ['AU', 'literal' in name ? name.literal : `${name.family}, ${name.given}`] as const),
    ['PY', published.slice(0, 4)],
    ['DA', published.replaceAll('-', '/')],
    ['PB', 'arXiv'],
    ...categories.map((category) => ['KW', category] as const),
    ['DO', doi],
    ['UR', url],
    ...(isWithdrawn ? [['N1', 'Withdrawn'] as const] : []),
    ['AB', abstract],
  ];
  const filled = lines.filter(([, value]) => value !== '');
  return `${filled.map(([tag, value]) => `${tag}  - ${value}`).join('\r\n')}\r\nER  - \r\n`;
}
