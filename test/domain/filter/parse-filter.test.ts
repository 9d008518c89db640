import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { printFilter } from '../../../shared/domain/filter/filter.js';
import { parseFilter } from '../../../shared/domain/filter/parse-filter.js';
import { arbitraryFilterText } from './arbitrary-filter.js';

function printed(text: string): string {
  const parsed = parseFilter(text);
  return parsed.ok ? printFilter(parsed.filter) : parsed.error.message;
}

describe('parsing a filter', () => {
  it('takes words side by side as all of them, and AND for the same', () => {
    expect(parseFilter('alpha beta')).toEqual(parseFilter('alpha AND beta'));
    expect(parseFilter('alpha beta')).toEqual({
      ok: true,
      filter: {
        kind: 'all',
        filters: [
          { kind: 'word', word: 'alpha', term: 'alpha' },
          { kind: 'word', word: 'beta', term: 'beta' },
        ],
      },
    });
  });

  it('binds NOT tighter than AND, and AND tighter than OR', () => {
    expect(printed('a -b OR c d')).toBe(printed('((a AND (NOT b)) OR (c AND d))'));
    expect(printed('a (b OR c)')).not.toBe(printed('a b OR c'));
  });

  it.each([
    ['inference-time', '"inference time"'],
    ['“smart quotes” –minus', '"smart quotes" -minus'],
    ['"one"', 'one'],
    ['cat:cs.CL cat:Math.*', 'cat:cs.cl cat:math'],
    ['author:"Erdős  Pál" author:O’Brien', 'author:"erdos pal" author:obrien'],
    ['llm or vlm', 'llm OR vlm'],
    ['"or" and "not"', '"not" "or"'],
    ['NOT (NOT a)', 'a'],
    ['NOT -a NOT NOT NOT b', '-b a'],
    ['b OR a OR b', 'a OR b'],
    ['C++ C# GPT-4 3D', '"gpt 4" 3d c# c++'],
    [String.raw`Poincar\'e $\mathtt{F}$Laws`, 'flaws poincare'],
  ])('reads %s as %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });

  it.each([
    ['', 'at 1: found the end, expected a word, a "phrase" or "("'],
    ['(alpha OR )', 'at 11: found ")", expected a word, a "phrase" or "("'],
    ['alpha)', 'at 6: found ")", expected AND, OR or the end'],
    ['(alpha', 'at 7: found the end, expected AND, OR or ")" for the "(" at 1'],
    ['a "b c', 'at 7: found the end, expected a closing quote for the one at 3'],
    ['a AND AND b', 'at 7: found "AND", expected a word, a "phrase" or "("'],
    ['a - b', 'at 3: found "-", expected the word to leave out right behind it'],
    ['a & b', 'at 3: found "&", expected a word, a "phrase" or "("'],
    ['a titel:b', 'at 3: found "titel:", expected "cat:", "author:", or a word, a "phrase" or "("'],
    ['cat: cs', 'at 1: found "cat:", expected a category such as cs.CL right behind it'],
    ['cat:12', 'at 1: found "12", expected a category such as cs.CL'],
    ['author:""', 'at 1: found "author:", expected a name right behind it'],
  ])('says what is wrong with %s', (text, wanted) => {
    expect(printed(text)).toBe(wanted);
  });

  it.each(['-a', 'NOT a -b', 'a OR -b', 'NOT (a b)'])('refuses %s, which matches nearly every paper', (text) => {
    expect(printed(text)).toMatch(/^at \d+: found "(-|NOT)", expected a word that must occur as well/);
  });

  it('gives position, find and expectation apart too', () => {
    expect(parseFilter('a )')).toMatchObject({
      ok: false,
      error: { position: 3, found: '")"', expected: 'AND, OR or the end' },
    });
  });

  it.each([
    ['2,000 characters', 'x'.repeat(2000), 'x'.repeat(2001)],
    ['64 terms', 'x '.repeat(64), 'x '.repeat(65)],
    ['brackets 16 deep', `${'('.repeat(16)}x${')'.repeat(16)}`, `${'('.repeat(17)}x${')'.repeat(17)}`],
  ])('takes %s and no more', (_, most, tooMuch) => {
    expect(parseFilter(most).ok).toBe(true);
    expect(printed(tooMuch)).toContain('at most');
  });

  it('reads what it prints as the same', () => {
    fc.assert(
      fc.property(arbitraryFilterText, (text) => {
        const parsed = parseFilter(text);
        // A few of the generated filters are too large; those that come out as errors for another reason are wrong.
        if (!parsed.ok) return expect(parsed.error.expected).toContain('at most');
        expect(parseFilter(printFilter(parsed.filter))).toEqual(parsed);
      }),
    );
  });

  it('prints filters alike that differ in order and repetition alone', () => {
    fc.assert(
      fc.property(arbitraryFilterText, arbitraryFilterText, (one, other) => {
        fc.pre(parseFilter(`(${one}) (${other}) (${one})`).ok);
        expect(printed(`(${one}) (${other}) (${one})`)).toBe(printed(`(${other}) (${one})`));
      }),
    );
  });

  it('takes any text without throwing, and says where it went wrong in one line', () => {
    const pieces = fc.constantFrom(
      '(',
      ')',
      '"',
      '“',
      '-',
      'NOT',
      'OR',
      ' AND ',
      'cat:',
      'author:',
      'x',
      ' ',
      '\\',
      '$',
      '++',
    );
    const text = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 4 }))).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (given) => {
        const parsed = parseFilter(given);
        if (parsed.ok) return expect(parseFilter(printFilter(parsed.filter))).toEqual(parsed);
        expect(parsed.error.position).toBeGreaterThan(0);
        expect(parsed.error.position).toBeLessThanOrEqual(given.length + 1);
        expect(parsed.error.message).toMatch(/^[^\n\r]+$/);
      }),
      { numRuns: 2000 },
    );
  });
});
