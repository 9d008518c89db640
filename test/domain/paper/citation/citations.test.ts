import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { citedWork } from '../../../../shared/domain/paper/citation/cited-work.js';
import { bibtexOf, cslJsonOf, risOf } from '../../../../shared/domain/paper/citation/formats.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { aPaper } from '../../../support/builders.js';

const read = (text: string): ReadItem => new Cite(text).data[0] as ReadItem;

interface ReadItem {
  readonly title: string;
  readonly abstract?: string;
  readonly author?: readonly Readonly<Record<string, string>>[];
  readonly issued: { readonly 'date-parts': readonly (readonly number[])[] };
  readonly DOI?: string;
  readonly URL?: string;
}

const parts = ['family', 'given', 'literal', 'non-dropping-particle', 'dropping-particle', 'suffix'];

/** A name as one text, whatever parts a parser cut it into. */
const wholeName = (name: Readonly<Record<string, string>>) =>
  ['given', 'dropping-particle', 'non-dropping-particle', 'family', 'suffix', 'literal']
    .flatMap((part) => (parts.includes(part) && name[part] ? [name[part]] : []))
    .join(' ');

const fieldsOf = ({ title, abstract = '', author = [], DOI, URL }: ReadItem) => ({
  title,
  abstract,
  authors: author.map(wholeName),
  DOI,
  URL,
});

const expected = (paper: Paper) => {
  const { title, abstract, authors, doi, url } = citedWork(paper);
  return { title, abstract, authors: authors.map((name) => wholeName({ ...name })), DOI: doi, URL: url };
};

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '\\',
        '{',
        '}',
        '$',
        '%',
        '&',
        '#',
        '_',
        '^',
        '~',
        '"',
        "'",
        '@',
        '--',
        'ER  - ',
        ' and ',
        ', ',
        '\n',
      ),
      fc.constantFrom(
        '{\\bf x}',
        '$x^2$',
        '\\emph{a}',
        '<b>',
        '</script>',
        ']]>',
        '\u202e',
        'é',
        '漢字',
        '😀',
        '\\"o',
        'a',
        'Zero',
      ),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { minLength: 1, maxLength: 12 },
  )
  .map((pieces) => pieces.join(' '));

const hostilePaper = fc
  .record({ title: hostileText, abstract: hostileText, authors: fc.array(hostileText, { maxLength: 4 }) })
  .map((texts) => aPaper(texts))
  .filter((paper) => citedWork(paper).title !== '');

describe('the citations of a paper', () => {
  it('are written as reference managers have them', () => {
    const paper = aPaper({ authors: ['Ada van der Quill', 'Ben Okafor Jr.', 'The Lantern Team', 'OpenLab'] });
    expect(citedWork(paper).authors).toEqual([
      { family: 'van der Quill', given: 'Ada' },
      { family: 'Okafor', given: 'Ben Jr.' },
      { literal: 'The Lantern Team' },
      { literal: 'OpenLab' },
    ]);
    expect(bibtexOf(paper)).toBe(
      [
        '@misc{arxiv:2608.00001,',
        '  title = {{Lantern: Reading Long Tables by Candlelight}},',
        '  author = {van der Quill, Ada and Okafor, Ben Jr. and {The Lantern Team} and {OpenLab}},',
        '  year = {2026},',
        '  month = aug,',
        '  eprint = {2608.00001},',
        '  archivePrefix = {arXiv},',
        '  primaryClass = {cs.CL},',
        '  doi = {10.48550/arXiv.2608.00001},',
        '  url = {https://arxiv.org/abs/2608.00001},',
        '  abstract = {We present Lantern. It reads long tables row by row. It needs little memory.}',
        '}',
        '',
      ].join('\n'),
    );
    expect(risOf(paper).split('\r\n')).toEqual(
      expect.arrayContaining(['TY  - UNPB', 'AU  - van der Quill, Ada', 'AU  - OpenLab', 'DA  - 2026/08/06', 'ER  - ']),
    );
    expect(cslJsonOf(paper)[0]).toMatchObject({ type: 'article', issued: { 'date-parts': [[2026, 8, 6]] } });
  });

  it('say that a paper was withdrawn', () => {
    const paper = aPaper({ isWithdrawn: true });
    expect(bibtexOf(paper)).toContain('note = {Withdrawn}');
    expect(risOf(paper)).toContain('N1  - Withdrawn');
    expect(cslJsonOf(paper)[0]?.note).toBe('Withdrawn');
    expect(bibtexOf(aPaper())).not.toContain('Withdrawn');
  });

  it.each([
    ['BibTeX', bibtexOf],
    ['RIS', risOf],
    ['CSL-JSON', (paper: Paper) => JSON.stringify(cslJsonOf(paper))],
  ])('are read back from %s with the same fields, whatever a paper is called', (_, write) => {
    fc.assert(
      fc.property(hostilePaper, (paper) => {
        expect(fieldsOf(read(write(paper)))).toEqual(expected(paper));
      }),
      { numRuns: 500, seed: 17 },
    );
  });
});
