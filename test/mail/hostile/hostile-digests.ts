import fc from 'fast-check';
import type { Digest } from '../../../shared/mail/digest/digest.js';
import { aDigest, aDigestPaper } from '../digest-builder.js';

const tokens = [
  ...['\r\n', '\r', '\n', '\r\nBcc: victim@example.com\r\n\r\n', '\u0000', '\u0007', '\u001b[31m', '\u007f', '\u0085'],
  ...['\u2028', '\u202e', '\u2066', '\u200f', '\u200b', '\ufeff', '\ud800', '\udfff', '\ue000', '\uf8ff', '\ufffd'],
  ...['🗺️', '👩‍👩‍👧‍👦', '雨が降る', 'שלום', 'é', 'ﷺ', `o${'\u0301'.repeat(60)}`, '“”', '…', '\u00a0', '\u3000'],
  ...[
    '</td><script>alert(1)</script>',
    '<slot></slot>',
    '<!--',
    '-->',
    ']]>',
    '<![endif]-->',
    '<style>',
    '<b>',
    '&lt;',
  ],
  ...['javascript:alert(1)', 'https://evil.example/x', '"', "'", '\\', '<', '>', '&', '=', '=3D', '=\r\n', '=?', '?='],
  ...[
    '=?utf-8?q?hidden?=',
    '=?utf-8?b?aGlkZGVu?=',
    '=?x?',
    '--=_',
    '.',
    'From ',
    '%00',
    '$',
    '{x}',
    '{{x}}',
    ';',
    ',',
    '@',
  ],
  ...[
    '$x^{2}_{ij}$',
    '\\textbf{x}',
    '$\\frac{a}{b}$',
    '\\(',
    '{',
    '}',
    '$$',
    '\\cite{x}',
    '_',
    '^',
    '~',
    ' ',
    '  ',
    '\t',
  ],
  ...['a', 'Maps of', 'reader', 'x'.repeat(80), 'word '.repeat(30)],
];

const text = fc.array(fc.constantFrom(...tokens), { minLength: 1, maxLength: 24 }).map((all) => all.join(''));
const long = fc.constantFrom('x'.repeat(1_000_000), '雨'.repeat(300_000), '$'.repeat(20_000), '<b>'.repeat(20_000));
const anything = fc.oneof({ arbitrary: text, weight: 400 }, { arbitrary: long, weight: 1 });
const url = fc.oneof(
  fc.constantFrom(
    'javascript:alert(1)',
    'http://project.example/',
    'https://project.example/"><script>',
    'data:text/html,x',
  ),
  fc.constantFrom(
    'https://a:b@project.example/',
    'https://github.com/a/b',
    'https://github.com/a/b"c',
    '//project.example',
  ),
  text.map((path) => `https://project.example/${path}`),
);

const paper = fc
  .record({
    paper: fc.record({
      title: anything,
      abstract: anything,
      authors: fc.array(text, { maxLength: 4 }),
      organisation: text,
      aiSummary: text,
      categories: fc.array(text, { maxLength: 3 }),
      codeUrl: url,
      projectUrl: url,
    }),
    topic: text,
    words: fc.array(text, { maxLength: 3 }),
  })
  .map(({ paper, topic, words }) => ({ ...aDigestPaper(paper), reasons: [{ topic, words }] }));

/** Digests in which everything that somebody else may have written is hostile; the same for the same seed. */
export function hostileDigests(count: number, seed: number): readonly Digest[] {
  const digest = fc
    .record({
      papers: fc.array(paper, { minLength: 1, maxLength: 5 }),
      dayLine: text,
      postalAddress: text,
      name: text.map((name) => name.replace(/[<>]/g, '')),
    })
    .map(({ papers, name, ...rest }) =>
      aDigest({ ...rest, papers: papers.map(numbered), sender: `${name} <post@example.org>`, matched: papers.length }),
    );
  return fc.sample(digest, { numRuns: count, seed });
}

function numbered(one: Digest['papers'][number], at: number): Digest['papers'][number] {
  return { ...one, paper: { ...one.paper, id: aDigestPaper({}, `2608.0000${at + 1}`).paper.id } };
}
