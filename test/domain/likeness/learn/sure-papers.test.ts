import { describe, expect, it } from '@jest/globals';
import { surePapers } from '../../../../shared/domain/likeness/learn/sure-papers.js';

/** So many scores evenly about a middle. */
const about = (middle: number, count: number) =>
  Array.from({ length: count }, (_, place) => middle + (2 * place) / (count - 1) - 1);

/** An archive of which a share scores as likes do. */
const archive = (papers: number, share: number, middle: number) => () =>
  Float64Array.from([...about(middle, Math.round(papers * share)), ...about(0, Math.round(papers * (1 - share)))]);

const apart = { liked: about(4, 30), disliked: about(0, 30) };

describe('the papers of the strictest step', () => {
  it('are one in ten of what would be liked', () => {
    expect(surePapers(apart, archive(210, 0.3, 4))).toBe(6);
    expect(surePapers(apart, archive(110, 0.5, 4))).toBe(5);
  });

  it('are few, however many would be liked', () => {
    expect(surePapers(apart, archive(10_000, 0.3, 4))).toBe(11);
  });

  it('are none where hardly anything would be liked', () => {
    expect(surePapers(apart, archive(10_000, 0.02, 4))).toBe(0);
  });

  it('are none while few examples of either kind are known, and the archive is not asked', () => {
    const unasked = () => {
      throw new Error('asked');
    };
    expect(surePapers({ ...apart, liked: about(4, 24) }, unasked)).toBe(0);
    expect(surePapers({ ...apart, disliked: about(0, 24) }, unasked)).toBe(0);
  });

  it('are none where likes score no higher than dislikes', () => {
    const same = about(1, 30);
    expect(surePapers({ liked: same, disliked: same }, archive(1000, 0.3, 1))).toBe(0);
    expect(surePapers({ liked: about(0, 30), disliked: about(1, 30) }, archive(1000, 0.3, 1))).toBe(0);
  });

  it('are told from what is usual where examples hardly differ', () => {
    const alike = { liked: about(0.1, 30), disliked: about(0, 30) };
    expect(surePapers(alike, archive(400, 0.9, 0.1))).toBe(6);
    expect(surePapers(apart, archive(400, 0.9, 4))).toBe(11);
  });
});
