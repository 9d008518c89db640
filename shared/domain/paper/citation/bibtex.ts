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
