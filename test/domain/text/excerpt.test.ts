import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { excerptOf, markMatches, type TextPiece } from '../../../shared/domain/text/excerpt.js';

const shown = (pieces: readonly TextPiece[]) =>
  pieces.map(({ text, isMatch }) => (isMatch ? `[${text}]` : text)).join('');

const rangeOf = (text: string, word: string) => ({
  start: text.indexOf(word),
  end: text.indexOf(word) + word.length,
});

describe('marking matches', () => {
  it('parts a text at them, in whatever order they come and however they overlap', () => {
    const text = 'lamps of wax';
    expect(shown(markMatches(text, [rangeOf(text, 'wax'), rangeOf(text, 'lamps')]))).toBe('[lamps] of [wax]');
    expect(shown(markMatches(text, [{ start: 0, end: 8 }, rangeOf(text, 'of wax')]))).toBe('[lamps of][ wax]');
    expect(shown(markMatches(text, []))).toBe('lamps of wax');
  });
});

describe('an excerpt', () => {
  const text = `${'before it '.repeat(20)}the lamp burns ${'and after it '.repeat(20)}`.trim();

  it('is the whole of a short text', () => {
    expect(shown(excerptOf('A lamp.', [rangeOf('A lamp.', 'lamp')], 20))).toBe('A [lamp].');
  });

  it('stands round the first match, is cut between words, and says where something is left out', () => {
    const excerpt = shown(excerptOf(text, [rangeOf(text, 'lamp')], 60));
    expect(excerpt).toMatch(/^…(before it |it )*before it the \[lamp\] burns (and after it )*and.*…$/);
    expect(excerpt.length).toBeLessThan(70);
  });

  it('begins with the text where nothing matched in it early, and ends with it where the match is last', () => {
    expect(shown(excerptOf(text, [{ start: 0, end: 6 }], 40))).toMatch(/^\[before\] it .*…$/);
    expect(shown(excerptOf(text, [{ start: text.length - 2, end: text.length }], 40))).toMatch(/^….*\[it\]$/);
  });

  it('is never much longer than asked for, and holds the first match when that fits', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,12}$/), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(words, fc.nat(), (given, pick) => {
        const whole = given.join(' ');
        const start = given.slice(0, pick % given.length).reduce((at, word) => at + word.length + 1, 0);
        const word = given[pick % given.length]!;
        const pieces = excerptOf(whole, [{ start, end: start + word.length }], 60);
        expect(pieces.map((piece) => piece.text).join('').length).toBeLessThanOrEqual(62);
        expect(pieces.filter(({ isMatch }) => isMatch).map((piece) => piece.text)).toEqual([word]);
      }),
    );
  });
});
