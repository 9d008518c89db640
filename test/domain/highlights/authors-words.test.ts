import { describe, expect, it } from '@jest/globals';
import { authorsWords } from '../../../shared/domain/highlights/authors-words.js';

const background = 'Lamp oil is expensive in the winter.';
const idea = 'We present Lantern, which reads tables row by row.';
const result = 'Experiments show that it outperforms Candle by half.';
const words = (abstract: string, most: number) => authorsWords({ paper: { abstract } }, most);

describe("the authors' words", () => {
  it('are whole sentences in their order, with a mark where others were passed over', () => {
    const abstract = `${background} ${idea} Rows are rows. ${result} Code is on the shelf.`;
    expect(words(abstract, 200)).toBe(`${background} ${idea} … ${result} …`);
  });

  it('are idea and result before background', () => {
    expect(words(`${background} ${idea} ${result}`, 110)).toBe(`… ${idea} ${result}`);
    expect(words(`${background} ${idea}`, 60)).toBe(`… ${idea}`);
  });
});
