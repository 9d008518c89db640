import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { abstractSentences } from '../../../shared/domain/highlights/sentences.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { hostileAbstract } from './hostile-abstracts.js';

const texts = (abstract: string) => abstractSentences(abstract).map(({ text }) => text);

describe("an abstract's sentences", () => {
  it('keep the signs that end and open them', () => {
    expect(
      texts('Is oil dear? "It is." (We checked.) Lantern, e.g. ours, needs 1.5 l. Candle [2] needs none!'),
    ).toEqual([
      'Is oil dear?',
      '"It is."',
      '(We checked.)',
      'Lantern, e.g. ours, needs 1.5 l.',
      'Candle [2] needs none!',
    ]);
  });

  it('may follow one another without blanks', () => {
    expect(texts('灯是亮的。我们读表。')).toEqual(['灯是亮的。', '我们读表。']);
  });

  it('join, with the blanks between them, to the shown abstract', () => {
    fc.assert(
      fc.property(hostileAbstract, (abstract) => {
        const shown = shownText(abstract);
        const sentences = abstractSentences(abstract);
        let end = 0;
        for (const sentence of sentences) {
          expect(shown.slice(end, sentence.start).trim()).toBe('');
          expect(shown.slice(sentence.start, sentence.end)).toBe(sentence.text);
          expect(sentence.words.length).toBeGreaterThan(0);
          end = sentence.end;
        }
        if (sentences.length > 0) expect(end).toBe(shown.length);
      }),
      { numRuns: 300 },
    );
  });
});
