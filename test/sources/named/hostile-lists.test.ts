import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mostNamed } from '../../../shared/domain/likeness/named-paper.js';
import { readNamedPapers } from '../../../shared/sources/named/read-named-papers.js';

/** `N=10000 npx jest test/sources/named/hostile-lists` for more. */
const runs = Number(process.env.N ?? 500);

const many = fc.integer({ min: 1, max: 3000 });
const id = fc.tuple(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 99_999 })).map(([month, number]) => {
  const digits = (value: number, length: number) => String(value).padStart(length, '0');
  return `${digits(month, 4)}.${digits(number, 5)}`;
});
const piece = fc.oneof(
  id,
  id.map((text) => `https://arxiv.org/abs/${text}v0`),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.constantFrom(
    ...[
      '@article{',
      '@a(',
      '}',
      '{',
      '"',
      ',',
      '=',
      '#',
      'title=',
      'title={',
      'abstract = "',
      '\\',
      '\\"{',
      '$',
      '%',
      '@string{x=',
      '@comment',
    ],
    ...[
      'TY  - JOUR',
      'TI  - ',
      'ER  - ',
      'AB  -',
      '[{"title":',
      '{"items":[',
      ']',
      '"__proto__":{',
      '\n',
      '\r',
      '\ufeff',
      '\ud800',
      '\u202e',
    ],
    ...['<script>', '&amp;', 'constructor', '10.48550/arXiv.', '10.1145/', 'http://', '\u2028', '  ', '\t'],
  ),
);
const repeated = fc
  .tuple(piece, many)
  .map(([text, times]) => text.repeat(Math.min(times, Math.ceil(200_000 / (text.length + 1)))));
const nested = fc
  .tuple(fc.constantFrom('{', '[', '(', '$', '\\frac{', '[{"a":', '{"'), many, many)
  .map(([open, deep, less]) => `@a{k, title={${open.repeat(deep)}x${'}'.repeat(less)}}, year=1}`);
const text = fc
  .array(fc.oneof({ weight: 5, arbitrary: piece }, repeated, nested), { maxLength: 30 })
  .map((parts) => parts.join(''));
const bytes = fc.oneof(
  text.map((written) => Buffer.from(`${written}\0`)),
  text.map((written) => Buffer.from(written, 'utf16le')),
  text.map((written) => Buffer.from(written, 'latin1')),
  text.map((written) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(written)])),
  fc.uint8Array({ maxLength: 3000 }),
);

function expectSound(given: string | Uint8Array): void {
  const read = readNamedPapers(given);
  if (!read.ok) {
    expect(read.problem).toMatch(/^[A-Z][^\n]{20,150}\.$/);
    return;
  }
  expect(read.papers.length).toBeGreaterThan(0);
  expect(read.papers.length).toBeLessThanOrEqual(mostNamed);
  expect(read.unread.length).toBeLessThanOrEqual(20);
  for (const paper of read.papers) {
    expect(paper.id ?? paper.title).toBeTruthy();
    expect((paper.title ?? '').length).toBeLessThanOrEqual(500);
    expect((paper.abstract ?? '').length).toBeLessThanOrEqual(10_000);
  }
  for (const line of [...read.unread, ...read.papers.map(({ title = '' }) => title)]) {
    expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069]/u);
  }
}

describe('hostile files and lists', () => {
  it(`give papers that can be shown, or one clear sentence (${runs} of them)`, () => {
    fc.assert(fc.property(fc.oneof(text, bytes), expectSound), { numRuns: runs, seed: 19 });
  }, 600_000);

  it.each([
    ['a million ids', '2401.00001\n'.repeat(90_000)],
    ['a million other ids', Array.from({ length: 90_000 }, (_, at) => `2401.${String(at).padStart(5, '0')}`).join(' ')],
    ['braces that never close', '\n@a{k,title={'.repeat(70_000)],
    ['braces nested deeply', `@a{k,title={${'{'.repeat(480_000)}${'}'.repeat(480_000)}}}`],
    ['entries without end', '\n@a{'.repeat(240_000)],
    ['quotes without end', `@a{k,title="${'{"'.repeat(400_000)}`],
    ['brackets nested deeply', '['.repeat(900_000)],
    ['objects nested deeply', '[{"title":'.repeat(90_000)],
    ['empty lines', '\n'.repeat(1_000_000)],
    ['blanks', `@${' '.repeat(900_000)}a{`],
    ['TeX without end', `@a{k, title={${'\\frac{'.repeat(8000)}}}`],
    ['RIS without end', `TY  - ${'A1  - \n'.repeat(100_000)}`],
  ])('are read in bounded work: %s', (_, given) => expectSound(given));

  it('keep what is sound of a file with a damaged end', () => {
    const sound = Array.from({ length: 100 }, (_, at) => `@a{k${at}, title={Kites of kind ${at}}}`).join('\n');
    const read = readNamedPapers(`${sound}\n@a{broken, title={${'{'.repeat(50_000)}`);
    expect(read).toMatchObject({ ok: true, papers: { length: 100 }, unread: ['broken'] });
  });
});
