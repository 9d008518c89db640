import { describe, expect, it } from '@jest/globals';
import { indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { aPaper } from '../../../support/builders.js';
import { filterOf, isMatch } from '../../../support/filters.js';

const isAuthor = (asked: string, name: string) =>
  isMatch(filterOf(`author:"${asked}"`), indexPaper(aPaper({ authors: [name] })));

describe('an author', () => {
  it.each([
    ['A. Quill', 'Ada Quill'],
    ['A Quill', 'Ada Quill'],
    ['Quill, Ada', 'Ada Quill'],
    ['Quill, A.', 'Ada Quill'],
    ['Quill A', 'Ada Quill'],
    ['quill_a', 'Ada Quill'],
    ['quill_a_2', 'Ada Quill'],
    ['Ada Quill', 'A. Quill'],
    ['Ada Quill', 'A. B. Quill'],
    ['A. B. Quill', 'Ada Bea Quill'],
    ['A.B. Quill', 'Ada Bea Quill'],
    ['AB Quill', 'Ada Bea Quill'],
    ['Quill AB', 'Ada Bea Quill'],
    ['Quill, A. B.', 'Ada Bea Quill'],
    ['Ada Quill', 'Ada Bea Quill'],
    ['Ada Bea Quill', 'Ada B. Quill'],
    ['Ada B. Quill', 'Ada Quill'],
    ['Ada Bea Quill', 'AB Quill'],
    ['Bea Quill', 'Ada Bea Quill'],
    ['L. van der Wick', 'Lars van der Wick'],
    ['van der Wick, Lars', 'Lars van der Wick'],
    ['van der Wick, L. J.', 'Lars van der Wick'],
    ['L. Wick', 'Lars van der Wick'],
    ['van_der_wick_l_1', 'Lars van der Wick'],
    ['J.-P. Lampe', 'Jean-Paul Lampe'],
    ['Jean-Paul Lampe', 'J.-P. Lampe'],
    ['Jean Lampe', 'Jean-Paul Lampe'],
    ['Xiaodeng La', 'Xiao-Deng La'],
    ['Xiao-Deng La', 'Xiaodeng La'],
    ['Quill', 'Ada Quill Jr.'],
    ['Ada Quill', 'Ada Quill III'],
    ['Quill, Ada, Jr.', 'Ada Quill'],
    ['Quill Jr., Ada', 'Ada Quill, Jr.'],
    ['Ada Quill Jr', 'A. Quill Jr'],
    ['Weinan O', 'Weinan O'],
    ['O, Weinan', 'Weinan O'],
    ['W. O', 'Weinan O'],
    ['Garcia-Lampe, Zoe', 'Zoë García-Lampe'],
    ['Lampe', 'Zoë García-Lampe'],
    ["A. O'Wick", 'Ada O’Wick'],
  ])('asked for as %s is %s', (asked, name) => {
    expect(isAuthor(asked, name)).toBe(true);
  });

  it.each([
    ['B. Quill', 'Ada Quill'],
    ['Quill, B.', 'Ada Quill'],
    ['Quill B', 'Ada Quill'],
    ['quill_b', 'Ada Quill'],
    ['B. Quill', 'Ada Bea Quill'],
    ['A. C. Quill', 'Ada Bea Quill'],
    ['Ada C. Quill', 'Ada B. Quill'],
    ['Ada Cleo Quill', 'Ada B. Quill'],
    ['Ada Bea Quill', 'Ada Quill'],
    ['Ida Quill', 'A. Quill'],
    ['Adam Quill', 'Ada Quill'],
    ['Ada', 'Ada Quill'],
    ['Ada Q.', 'Ada Quill'],
    ['Quill, Ada', 'Quill Ada'],
    ['A. Q', 'Ada Quill'],
    ['Jr', 'Ada Quill Jr.'],
  ])('asked for as %s is not %s', (asked, name) => {
    expect(isAuthor(asked, name)).toBe(false);
  });
});
