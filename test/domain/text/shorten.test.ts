import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cutTo, shortenAtSentence } from '../../../shared/domain/text/shorten.js';

describe('shortening at a sentence', () => {
  it('keeps as many whole sentences as fit', () => {
    expect(shortenAtSentence('One is here. Two is here! Three is too long to fit.', 30)).toBe(
      'One is here. Two is here!',
    );
  });

  it('returns a text that fits as it is', () => {
    expect(shortenAtSentence('  Short. And sweet  ', 40)).toBe('Short. And sweet');
  });

  it.each([
    'We use e.g. Dropout and more, which is long enough to be cut. Next.',
    'As Quill et al. Showed in two thousand and four, this works well. Next.',
    'See Fig. 3 and Eq. 4 of the appendix, which prove it. Next.',
    'It gains 3.5 points and 1.25 s over the work of J. Doe. Next.',
    'Methods, i.e. Ours vs. Theirs, are compared in detail. Next.',
  ])('sees one sentence in %s', (text) => {
    expect(shortenAtSentence(text, text.length - 1)).toBe(text.replace(/ Next\.$/, ''));
  });

  it('keeps closing quotes and brackets with their sentence', () => {
    expect(shortenAtSentence('They said "yes." (It was late.) Then they left for home.', 35)).toBe(
      'They said "yes." (It was late.)',
    );
  });

  it('ends sentences without spaces where the script has none', () => {
    expect(shortenAtSentence('一二三。四五六。七八九', 9)).toBe('一二三。四五六。');
  });

  it('cuts a first sentence that is too long behind a word', () => {
    expect(shortenAtSentence('A sentence, that goes on and on without an end', 14)).toBe('A sentence…');
    expect(shortenAtSentence('Incomprehensibilities', 10)).toBe('Incompreh…');
  });

  it('never grows longer than asked, and adds nothing but "…"', () => {
    fc.assert(
      fc.property(fc.lorem({ mode: 'sentences' }), fc.integer({ min: 1, max: 200 }), (text, most) => {
        const short = shortenAtSentence(text, most);
        expect(short.length).toBeLessThanOrEqual(most);
        expect(text.trim().startsWith(short.replace(/…$/, ''))).toBe(true);
        expect(short).not.toBe('');
      }),
    );
  });

  it('never cuts a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, most) =>
        expect(shortenAtSentence(text, most)).not.toMatch(/\p{Surrogate}/u),
      ),
    );
  });
});

describe('cutting to a length', () => {
  it('leaves a text that fits, and cuts another wherever it is, but for a character and a blank', () => {
    expect(cutTo('lamps', 5)).toBe('lamps');
    expect(cutTo('lamps of wax', 8)).toBe('lamps o…');
    expect(cutTo('lamps of wax', 7)).toBe('lamps…');
    expect(cutTo('lamp🪔s', 6)).toBe('lamp…');
  });
});
