import type { Paper } from '../paper.js';
import { type CitedName, citedWork } from './cited-work.js';

const signs: Readonly<Record<string, string>> = {
  '\\': '{\\textbackslash}',
  '~': '{\\textasciitilde}',
  '^': '{\\textasciicircum}',
};

/** A text as BibTeX reads it back: every sign that means something to TeX is spelled out, and no two join to a dash. */
function escaped(text: string): string {
  const plain = text.replace(/[\\{}$&#^_~%]/g, (sign) => signs[sign] ?? `\\${sign}`);
  return plain.replace(/-(?=-)|'(?=')|`(?=`)|[?!](?=`)|,(?=,)/g, '$&{}');
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The word "and" would cut a name in two, and parsers differ on signs in names; braces keep such a part whole. */
function nameInBibtex(name: CitedName): string {
  if ('literal' in name) return `{${escaped(name.literal)}}`;
  const part = (text: string) => (/\band\b|--|''|[^\p{L}\p{M}\s.'’-]/iu.test(text) ? `{${escaped(text)}}` : text);
  return `${part(name.family)}, ${part(name.given)}`;
}

/**
 * One paper as an entry of BibTeX, as arXiv's own exports have it (`@misc` with `eprint`); texts in UTF-8.
 * https://info.arxiv.org/help/hypertex/bibstyles/index.html
 */
export function bibtexOf(paper: Paper): string {
  const { id, title, authors, abstract, published, categories, doi, url, isWithdrawn } = citedWork(paper);
  const [year = '', month] = published.split('-');
  const fields = {
    // Twice, so that styles keep the capitals of the title.
    title: `{{${escaped(title)}}}`,
    author: authors.length > 0 && `{${authors.map(nameInBibtex).join(' and ')}}`,
    year: `{${year}}`,
    month: months[Number(month) - 1],
    eprint: `{${id}}`,
    archivePrefix: '{arXiv}',
    primaryClass: categories[0] !== undefined && `{${categories[0]}}`,
    doi: `{${doi}}`,
    url: `{${url}}`,
    note: isWithdrawn && '{Withdrawn}',
    abstract: abstract !== '' && `{${escaped(abstract)}}`,
  };
  const lines = Object.entries(fields).flatMap(([name, value]) => (value ? [`  ${name} = ${value}`] : []));
  return `@misc{arxiv:${id},\n${lines.join(',\n')}\n}\n`;
}

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
