import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { tokenise } from '../../../../shared/domain/filter/words/normalise.js';

/** The words of a text by the rule itself: slow, and without offsets. */
function plainWords(text: string): string[] {
  const letters = new Map(
    [...'ßæœøłđðþħıς’ʼ'].map((letter, index) => [letter, "ss ae oe o l d d th h i σ ' '".split(' ')[index]]),
  );
  const fold = (character: string) =>
    [
      ...character
        .normalize('NFKD')
        .toLowerCase()
        .normalize('NFKD')
        .replace(/[\p{M}\p{Cf}]/gu, ''),
    ]
      .map((part) => letters.get(part) ?? part)
      .join('');
  const folded = [...text].map(fold).join('');
  return folded.match(/[\p{L}\p{N}]+(?:'\p{L}+)*(?:\+\+(?![\p{L}\p{N}+])|#(?![\p{L}\p{N}#]))?/gu) ?? [];
}

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

  const pieces = fc.constantFrom(
    'c',
    'C++',
    'c+',
    '#',
    '##',
    'x#1',
    "'",
    "'s",
    'don’t',
    'é',
    'e\u0301',
    'ß',
    'ﬁ',
    '𝐀',
    '\ud835',
    ' ',
    '-',
  );
  const mixed = fc.array(fc.oneof(pieces, fc.string({ unit: 'binary', maxLength: 2 }))).map((parts) => parts.join(''));

  it('reads the words that the plain rule reads, in short texts and long ones', () => {
    fc.assert(
      fc.property(mixed, fc.constantFrom(1, 30), fc.boolean(), (piece, times, isAscii) => {
        const text = isAscii ? piece.replace(/[^\0-\x7f]/g, 'x').repeat(times) : piece.repeat(times);
        expect(tokenise(text).map(({ word }) => word)).toEqual(plainWords(text));
      }),
      { numRuns: 1000 },
    );
  });

  it('reads a text as it did before, whatever came in between', () => {
    fc.assert(
      fc.property(mixed, mixed, (text, other) => {
        const first = tokenise(text);
        tokenise(other.repeat(50));
        expect(tokenise(text)).toEqual(first);
      }),
    );
  });

  it('reads more words than it remembers', () => {
    const many = Array.from({ length: 60_000 }, (_, index) => `w${index}s`);
    expect(tokenise(many.join(' ')).map(({ word }) => word)).toEqual(many);
    expect(terms('LLMs w59999s')).toEqual(terms('llm w59999s'));
  });
});
