import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokenise } from '../../../shared/domain/filter/normalise.js';

const terms = (text: string) => tokenise(text).map(({ term }) => term);

describe('normalising', () => {
  it.each([
    ['LLMs', 'LLM'],
    ['GPUs', 'gpu'],
    ['VAEs', 'VAE'],
    ["LLM's", 'LLM'],
    ['Poincaré', 'POINCARE'],
    ['Łukasz Straße', 'lukasz strasse'],
    ['inference-time', 'Inference Time'],
    ['state–of‑the-art', 'state of the art'],
    ['analyses', 'analysis'],
    ['matrices', 'matrix'],
    ['aligning', 'aligned'],
    ['ﬁne-tuning', 'fine tuning'],
    ['x²', 'x2'],
    ['don’t', "don't"],
    ['multi\u00admodal', 'multimodal'],
  ])('takes %s and %s for the same', (one, other) => {
    expect(terms(one)).toEqual(terms(other));
  });

  it.each([
    ['C', 'C++'],
    ['C#', 'C'],
    ['loss', 'los'],
    ['3D', '2D'],
  ])('tells %s from %s', (one, other) => {
    expect(terms(one)).not.toEqual(terms(other));
  });

  it('finds the words between signs', () => {
    expect(tokenise('(C++, GPT-4: 3D!)').map(({ word }) => word)).toEqual(['c++', 'gpt', '4', '3d']);
  });

  it('knows where each word stands, whatever its letters fold to', () => {
    const text = 'Zwölf ﬁne Straßen, naïve e\u0301tudes, cafe\u0301';
    expect(tokenise(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      'Zwölf',
      'ﬁne',
      'Straßen',
      'naïve',
      'e\u0301tudes',
      'cafe\u0301',
    ]);
  });

  it('gives every word the offsets at which it stands, in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { word, start, end } of tokenise(text)) {
          expect(tokenise(text.slice(start, end)).map((token) => token.word)).toContain(word);
        }
      }),
    );
  });

  it('does not mind case', () => {
    const letters = fc.stringMatching(/^[ a-zäéñöøß0-9'-]*$/);
    fc.assert(fc.property(letters, (text) => expect(terms(text.toUpperCase())).toEqual(terms(text))));
  });

  it('does not mind hyphens for spaces', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]+$/));
    fc.assert(fc.property(words, (parts) => expect(terms(parts.join('-'))).toEqual(terms(parts.join(' ')))));
  });

  it('reads its own words as themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const { word } of tokenise(text)) expect(tokenise(word).map((token) => token.word)).toEqual([word]);
      }),
    );
  });
});
