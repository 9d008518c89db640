import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authorsWords } from '../../../shared/domain/highlights/authors-words.js';
import { chooseHighlights } from '../../../shared/domain/highlights/choose-highlights.js';
import type { Highlights } from '../../../shared/domain/highlights/highlights.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { hostileAbstract } from './hostile-abstracts.js';

const background = 'Lamp oil is expensive in the winter.';
const idea = 'We present Lantern, which reads tables row by row.';
const result = 'Experiments show that it outperforms Candle by half.';
const aside = 'Rows are rows.';
const code = 'Code is on the shelf.';

const words = (abstract: string, most: number, highlights?: Highlights) =>
  authorsWords({ paper: { abstract }, ...(highlights && { highlights }) }, most);

describe("the authors' words", () => {
  it('are whole sentences in their order, with a mark where others were passed over', () => {
    const abstract = `${background} ${idea} ${aside} ${result} ${code}`;
    expect(words(abstract, 200, { of: 5, task: 0, idea: 1, result: 3 })).toBe(`${background} ${idea} … ${result} …`);
  });

  it('are idea and result before background', () => {
    const abstract = `${background} ${idea} ${result}`;
    const highlights = { of: 3, task: 0, idea: 1, result: 2 };
    expect(words(abstract, abstract.length, highlights)).toBe(abstract);
    expect(words(abstract, 110, highlights)).toBe(`… ${idea} ${result}`);
    expect(words(abstract, 60, highlights)).toBe(`… ${idea} …`);
  });

  it('are the result where the idea is too long', () => {
    const long = `We present Lantern, which reads ${'very '.repeat(40)}long tables.`;
    const highlights = { of: 3, task: 0, idea: 1, result: 2 };
    expect(words(`${background} ${long} ${result}`, 120, highlights)).toBe(`${background} … ${result}`);
  });

  it('take another finding where idea and result are too long, but never background alone', () => {
    const long = `We present Lantern, which reads ${'very '.repeat(40)}long tables.`;
    const abstract = `${background} ${long} ${aside}`;
    expect(words(abstract, 40, { of: 3, task: 0, idea: 1, others: [2] })).toBe(`… ${aside}`);
    expect(words(abstract, 60, { of: 3, task: 0, idea: 1 })).toBe(
      '… We present Lantern, which reads very very very very very…',
    );
  });

  it('cut a single endless sentence at a word, and say so', () => {
    const endless = `${'lamplight '.repeat(300)}ends.`;
    const shown = words(endless, 200);
    expect(shown).toMatch(/^(?:lamplight )+lamplight…$/);
    expect(shown.length).toBeGreaterThan(180);
    expect(shown.length).toBeLessThanOrEqual(200);
  });

  it('are nothing where the abstract has no words', () => {
    for (const abstract of ['', ' \n ', '$$', '— … —', '\\[ \\]']) expect(words(abstract, 420)).toBe('');
  });

  it('are shown without TeX', () => {
    expect(words('$\\alpha$-Lantern reads \\emph{tables}.', 420)).toBe('α-Lantern reads tables.');
    expect(words('$x^2 + y_1$', 420)).toBe('x² + y₁');
  });

  it('keep sentences together that have no blank between them', () => {
    expect(words('灯是亮的。我们读表。', 420, { of: 2, task: 0, idea: 1 })).toBe('灯是亮的。我们读表。');
  });

  it('come from expressions alone where the edition kept no places, or places among other sentences', () => {
    const abstract = `${background} ${idea} ${aside} ${result} ${code}`;
    const expected = `… ${idea} … ${result} …`;
    expect(words(abstract, 112)).toBe(expected);
    expect(words(abstract, 112, { of: 4, idea: 0, result: 2 })).toBe(expected);
  });

  it.each([
    ['We distil the whole schedule rather than single steps.'],
    ['To this end, we carefully build a corpus of lamps.'],
    ['This paper releases a corpus of lamps.'],
    ['We keep the cache of shared wicks in pages.'],
    ['In this way, we keep the cache of shared wicks in pages.'],
  ])('know without kept places that “%s” is an idea', (sentence) => {
    expect(words(`${background} ${aside} ${sentence} ${code}`, 90)).toContain(`… ${sentence}`);
  });

  it('take what is proposed for the idea rather than what else the authors do, and no finding for one', () => {
    const done = 'We read tables.';
    expect(words(`${background} ${done} ${idea}`, 60)).toBe(`… ${idea}`);
    expect(words(`${background} We show that lamps are bright. ${done}`, 50)).toBe(`… ${done}`);
  });

  it('stand letter for letter in the shown abstract and are never longer than allowed, whatever the text', () => {
    fc.assert(
      fc.property(hostileAbstract, fc.constantFrom(0, 1, 2, 3, 40, 200, 420), fc.boolean(), (abstract, most, kept) => {
        const highlights = kept ? chooseHighlights(abstract) : undefined;
        const shown = words(abstract, most, highlights);
        expect(shown.length).toBeLessThanOrEqual(most);
        expect(shown).toBe(words(abstract, most, highlights));
        for (const part of shown.split('…')) expect(shownText(abstract)).toContain(part.trim());
      }),
      { numRuns: 300 },
    );
  });
});
