import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cardView } from '../../../shared/mail/card/card-view.js';
import { digestView } from '../../../shared/mail/digest/digest.js';
import { aDigest, aDigestPaper, papers } from '../digest-builder.js';

const authors = (count: number) => Array.from({ length: count }, (_, at) => `Author ${at + 1}`);

describe('a card', () => {
  it('names up to four authors and counts the rest', () => {
    const lineFor = (count: number) => cardView(aDigestPaper({ authors: authors(count) })).authors;
    expect(lineFor(0)).toBe('');
    expect(lineFor(1)).toBe('Author 1');
    expect(lineFor(2)).toBe('Author 1 and Author 2');
    expect(lineFor(4)).toBe('Author 1, Author 2, Author 3 and Author 4');
    expect(lineFor(533)).toBe('Author 1, Author 2, Author 3 and 530 more');
  });

  it('keeps an AI summary apart from the authors’ words, for leads whose readers want it', () => {
    const paper = aDigestPaper({ aiSummary: 'Small models read maps.' });
    const summary = 'Maps are hard to read. We teach small models to read them. It works on three cities.';
    expect(cardView(paper)).toMatchObject({ summary, aiSummary: 'Small models read maps.' });
    for (const size of ['lead-own-words', 'short', 'line'] as const) expect(cardView(paper, size).aiSummary).toBe('');
  });

  it('shortens an abstract at a sentence', () => {
    const sentence = 'We walk through one more city and count its bridges. ';
    const { summary } = cardView(aDigestPaper({ abstract: sentence.repeat(30).trim() }));
    expect(summary.length).toBeLessThanOrEqual(420);
    expect(summary).toMatch(/^We walk .* bridges\.( ?…)?$/);
  });

  it('turns TeX into text and drops tags that authors typed', () => {
    const card = cardView(aDigestPaper({ title: 'An $\\alpha$-Bound', abstract: 'A <b>bold</b> claim: 1 < 2.' }));
    expect(card).toMatchObject({ title: 'An α-Bound', summary: 'A bold claim: 1 < 2.' });
  });

  it('shows organisation and categories on one line', () => {
    expect(cardView(aDigestPaper({ organisation: 'Map Lab' })).about).toBe('Map Lab · cs.CL, cs.AI');
    expect(cardView(aDigestPaper({ categories: [] })).about).toBe('');
  });

  it('removes marks that reorder or hide text', () => {
    expect(cardView(aDigestPaper({ title: 'Safe\u202e gnp\u2066.exe\u200b name' })).title).toBe('Safe gnp.exe name');
  });
});

describe('a digest view', () => {
  it('writes the day in words', () => {
    expect(digestView(aDigest()).date).toBe('Friday, 7 August 2026');
  });

  it('puts the best title and the number of others into the subject', () => {
    expect(digestView(aDigest({ papers: papers(1) })).subject).toBe('Paper number 1 on maps');
    expect(digestView(aDigest({ papers: papers(10) })).subject).toBe('Paper number 1 on maps + 9 more');
  });

  it('puts the topic there where it is short and not in the title', () => {
    const subjectOf = (title: string, topic: string) =>
      digestView(
        aDigest({ papers: papers(10, { title }).map((paper) => ({ ...paper, reasons: [{ topic, words: [] }] })) }),
      ).subject;
    expect(subjectOf('Reading Maps', 'Vision')).toBe('Reading Maps · Vision');
    expect(subjectOf('Reading Maps', 'map')).toBe('Reading Maps + 9 more');
    expect(subjectOf('Reading Maps', 'Reinforcement learning for language models')).toBe('Reading Maps + 9 more');
    expect(subjectOf('Very long title: '.repeat(20), 'Vision')).toMatch(/^Very long title: Very .*[a-z]… · Vision$/);
  });

  it('keeps the number of others when the title is long', () => {
    const long = papers(25, { title: `${'Very long title: '.repeat(20)}end` }).map((paper) => ({
      ...paper,
      reasons: [],
    }));
    const { subject } = digestView(aDigest({ papers: long }));
    expect(subject).toMatch(/^Very long title: Very .*[a-z]… \+ 24 more$/);
    expect(subject.length).toBeLessThanOrEqual(78);
  });

  it('keeps any subject to one line of 78 characters', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 300 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 25 }), (title, count) => {
        const { subject } = digestView(aDigest({ papers: papers(count, { title: `A${title}` }) }));
        expect(subject.length).toBeLessThanOrEqual(78);
        expect(subject).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
        expect(subject).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('previews the other titles, or the summary of a single paper', () => {
    expect(digestView(aDigest({ papers: papers(3) })).preheader).toBe(
      'Also: Paper number 2 on maps · Paper number 3 on maps',
    );
    expect(digestView(aDigest()).preheader).toMatch(/^Maps are hard to read\./);
  });

  it('says why a paper is here', () => {
    const paper = {
      ...aDigestPaper(),
      reasons: [
        { topic: 'Maps', words: ['map', 'city'] },
        { topic: 'Vision', words: [] },
      ],
    };
    expect(digestView(aDigest({ papers: [paper] })).papers[0]?.reason).toEqual({
      topics: 'Maps, Vision',
      words: '“city”',
    });
  });

  it('says so without the tags that an author typed', () => {
    const paper = { ...aDigestPaper(), reasons: [{ topic: 'Maps', words: ['map of <i>old</i> cities'] }] };
    expect(digestView(aDigest({ papers: [paper] })).papers[0]?.reason).toEqual({
      topics: 'Maps',
      words: '“map of old cities”',
    });
  });

  it('shows one lead, three short cards, and the others in a line', () => {
    const sizes = (count: number, changes = {}) =>
      digestView(aDigest({ papers: papers(count), ...changes })).papers.map(({ size }) => size);
    expect(sizes(6)).toEqual(['lead', 'short', 'short', 'short', 'line', 'line']);
    expect(sizes(1)).toEqual(['lead']);
    expect(sizes(2, { aiSummaries: false })).toEqual(['lead-own-words', 'short']);
  });

  it('says how many matched, and leads to them all', () => {
    const told = (count: number, matched: number) => {
      const view = digestView(aDigest({ papers: papers(count), matched }));
      return `${view.matched} ${view.seeAll.label}`;
    };
    expect(told(8, 23)).toBe('8 of the 23 papers that matched your topics today. See all 23');
    expect(told(1, 1230)).toBe('1 of the 1,230 papers that matched your topics today. See all 1,230');
    expect(told(8, 8)).toBe('All 8 papers that matched your topics today. Read in the browser');
    expect(told(1, 1)).toBe('The one paper that matched your topics today. Read in the browser');
  });

  it('refuses a digest without papers', () => {
    expect(() => digestView(aDigest({ papers: [] }))).toThrow('a digest without papers is no mail');
  });
});
