import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseFilter } from '../../../../shared/domain/filter/read/parse-filter.js';
import { spellingIn, spellTerm, tokenise } from '../../../../shared/domain/filter/words/normalise.js';
import { printFilter } from '../../../../shared/domain/filter/write-filter.js';

const beginnings = fc.stringMatching(/^[a-z]{1,6}$/);
const ends = fc.constantFrom('', 's', 'es', 'ed', 'ing', 'ation', 'ational', 'ness', 'ly', 'sis', 'ies', "'s", 'ement');

describe('spelling a stem', () => {
  it('gives every word a spelling of the same stem', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.tuple(beginnings, ends, ends).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(text, (given) => {
        for (const { word, term } of tokenise(given)) {
          expect(tokenise(spellTerm(term, word)).map((token) => token.term)).toEqual([term]);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('depends on the stem alone', () => {
    fc.assert(
      fc.property(beginnings, ends, ends, (beginning, end, more) => {
        for (const { term, word } of tokenise(beginning + end + more)) {
          expect(spellTerm(term, word)).toBe(spellTerm(term, 'another'));
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('shows a filter in the words that it was written in', () => {
    const text = '"Speculative decoding" OR title:Inference -"not analyses"';
    const parsed = parseFilter(text);
    expect(parsed.ok && printFilter(parsed.filter, spellingIn(text))).toBe(
      '"Speculative decoding" OR -"not analyses" title:Inference',
    );
  });
});
