import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { oneLine, parseInstant } from '../../shared/sources/source-text.js';

describe('oneLine', () => {
  it('folds white space and keeps TeX', () => {
    expect(oneLine('  A\n  $\\alpha_{1}$-plan\t\u2028for \\emph{all} ', 100)).toBe(
      'A $\\alpha_{1}$-plan for \\emph{all}',
    );
  });

  it('strips control, bidirectional and invisible characters', () => {
    expect(oneLine('a\u0000b\u202Ec\u2066d\u200Be\uFEFFf\u001B[31mg\u{E0041}\ud800h', 100)).toBe('abcdef[31mgh');
  });

  it('keeps joined emoji', () => {
    expect(oneLine('👩\u200d🔬 at work', 100)).toBe('👩\u200d🔬 at work');
  });

  it('ends a text that is too long with an ellipsis, never within a character', () => {
    expect(oneLine('abcdef', 4)).toBe('abc…');
    expect(oneLine('ab😀cd', 4)).toBe('ab…');
    expect(oneLine('abcd', 4)).toBe('abcd');
  });

  it.each([
    ['Rain &amp; Wind', 'Rain & Wind'],
    ['Rain &amp;amp; Wind', 'Rain & Wind'],
    ['the harbour&amp;#39;s caf&eacute;', "the harbour's café"],
    ['&amp;lt;tide&amp;gt; &#x3b1; &ldquo;low&rdquo;', '<tide> α “low”'],
    ['a&nbsp;&nbsp;b&shy;c', 'a bc'],
    ['no &#x202e;turn', 'no turn'],
  ])('resolves the entities of %s', (given, wanted) => {
    expect(oneLine(given, 100)).toBe(wanted);
  });

  it.each(['R&D at AT&T; a & b', 'x &lt 3', '&unheard; of', 'if a &= b; c', '&'])('leaves %s alone', (text) => {
    expect(oneLine(text, 100)).toBe(text);
  });

  it('is one printable, bounded line for every text, and the same when done again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.integer({ min: 1, max: 50 }), (text, limit) => {
        const line = oneLine(text, limit);
        expect(line.length).toBeLessThanOrEqual(limit);
        expect(line).not.toMatch(/[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]|^ {2}| {2}/u);
        expect(oneLine(line, limit)).toBe(line);
      }),
    );
  });
});

describe('parseInstant', () => {
  it('reads times with a zone', () => {
    expect(parseInstant('2026-08-07T00:00:00-04:00')).toBe(Date.UTC(2026, 7, 7, 4));
    expect(parseInstant('2024-06-06T21:27:40.000Z')).toBe(Date.UTC(2024, 5, 6, 21, 27, 40));
  });

  it.each(['', '2026-08-07', '2026-08-07T00:00:00', '7', 'Fri, 07 Aug 2026 05:00:00 GMT', '2026-13-01T00:00:00Z'])(
    'reads no time from %j',
    (text) => {
      expect(parseInstant(text)).toBeUndefined();
    },
  );
});
