import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { markMatches } from '../../../shared/domain/text/excerpt.js';
import { shownMatches, shownText } from '../../../shared/domain/text/shown-text.js';
import { texToText } from '../../../shared/domain/text/tex-to-text.js';

describe('a shown text', () => {
  it('is one line without TeX and without the tags that authors typed; other angle brackets stay', () => {
    expect(shownText('Lamps of\n<i>wax</i> and $\\alpha$<br/>')).toBe('Lamps of wax and α');
    expect(shownText('If a < b, see <u>this</u>')).toBe('If a < b, see <u>this</u>');
  });
});

describe('what matched in a shown text', () => {
  const matched = (source: string, ...words: string[]) => {
    const text = texToText(source);
    const { text: shown, matches } = shownMatches(
      source,
      words.map((word) => ({ start: text.indexOf(word), end: text.indexOf(word) + word.length })),
    );
    return markMatches(shown, matches)
      .map(({ text: piece, isMatch }) => (isMatch ? `[${piece}]` : piece))
      .join('');
  };

  it('is found behind tags and TeX', () => {
    expect(matched('<b>Old</b> $\\alpha$ lamps', 'lamps')).toBe('Old α [lamps]');
  });

  it('loses the tags within it, and those that it cuts in two', () => {
    expect(matched('Lamps of <i>pure</i> wax', 'of <i>pure</i> wax')).toBe('Lamps [of pure wax]');
    expect(matched('Lamps of <i>pure</i> wax', 'of <i')).toBe('Lamps [of ]pure wax');
    expect(matched('Lamps of <i>pure</i> wax', 'i>pure')).toBe('Lamps of [pure] wax');
  });

  it('is nothing where only a tag matched', () => {
    expect(matched('H<sub>2</sub>O', 'sub')).toBe('H2O');
    expect(shownMatches('H<sub>2</sub>O', [{ start: 2, end: 5 }]).matches).toEqual([]);
  });

  it('holds the same letters as before, whatever is typed and wherever it matches', () => {
    const piece = fc.constantFrom('lamp ', '<i>', '</i>', '<br />', 'wax', '<', '>', 'b');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.nat(60), fc.nat(60), (pieces, one, other) => {
        const source = pieces.join('');
        const [start, end] = [Math.min(one, other, source.length), Math.min(Math.max(one, other), source.length)];
        const { text, matches } = shownMatches(source, [{ start, end }]);
        expect(text).toBe(source.replace(/<\/?(?:i|b|br)\s*\/?>/g, ''));
        const shown = matches.map((match) => text.slice(match.start, match.end)).join('');
        const isCut = /<[^<>]*$/.test(source.slice(0, start)) || /<[^<>]*$/.test(source.slice(0, end));
        if (!isCut) expect(shown).toBe(source.slice(start, end).replace(/<\/?(?:i|b|br)\s*\/?>/g, ''));
      }),
    );
  });
});
