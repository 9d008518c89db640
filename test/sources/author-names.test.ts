import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { authorNames, authorsIn } from '../../shared/sources/author-names.js';

describe('authorNames', () => {
  it('leaves out empty names and keeps at most 2,000', () => {
    expect(authorNames([' Ada\nExample ', '', '\u202e'])).toEqual(['Ada Example']);
    expect(authorNames(Array.from({ length: 3000 }, (_, index) => `N${index}`))).toHaveLength(2000);
  });

  it('parts a group from its members, and knows that a colon is nobody', () => {
    expect(authorNames(['Lantern Team', ':', 'Ola Vik'])).toEqual(['Lantern Team', 'Ola Vik']);
    expect(authorNames(['Lantern Team: Ola Vik', 'Bo Ek'])).toEqual(['Lantern Team', 'Ola Vik', 'Bo Ek']);
  });

  it('gives a suffix back to the name before it', () => {
    expect(authorNames(['Tom Reed', 'Jr.', 'Ida Holm, III'])).toEqual(['Tom Reed Jr.', 'Ida Holm III']);
  });

  it('keeps a name that is turned round, and parts two that share a place', () => {
    expect(authorNames(['Reed, Tom', 'van der Holm, Ida'])).toEqual(['Reed, Tom', 'van der Holm, Ida']);
    expect(authorNames(['Tom Reed, Ida Holm', 'and Bo Ek'])).toEqual(['Tom Reed', 'Ida Holm', 'Bo Ek']);
  });

  it('keeps quotes, numbers and signs that belong to a name', () => {
    const names = ['Ida "Tide" Holm', 'Team Harbour3D', 'Tide-4. 5 Team', "Conan O'Reed", '海洋'];
    expect(authorNames(names)).toEqual(names);
  });
});

describe('authorsIn', () => {
  it.each([
    ['Lantern-AI, :, Ola Vik, Bo Ek', ['Lantern-AI', 'Ola Vik', 'Bo Ek']],
    ['Lantern Collaboration: O. Vik, B. Ek', ['Lantern Collaboration', 'O. Vik', 'B. Ek']],
    ['灯塔团队：李四、张三', ['灯塔团队', '李四', '张三']],
    ['Tom Reed, Jr., Ida Holm', ['Tom Reed Jr.', 'Ida Holm']],
    ['Ida Holm, PhD, Bo Ek, M.D.', ['Ida Holm PhD', 'Bo Ek M.D.']],
    ['O. Vik, B. Ek, and T. Reed', ['O. Vik', 'B. Ek', 'T. Reed']],
    ['O. Vik and B. Ek', ['O. Vik', 'B. Ek']],
    ['O. Vik & B. Ek', ['O. Vik', 'B. Ek']],
    ['O. Vik and the Lantern Group', ['O. Vik', 'the Lantern Group']],
    ['Tide2 and Deep Harbour Collaborations', ['Tide2 and Deep Harbour Collaborations']],
    ['Centre for Tides and Winds', ['Centre for Tides and Winds']],
    ['O. Vik et al.', ['O. Vik']],
    ['O. Vik, B. Ek and 12 others', ['O. Vik', 'B. Ek']],
    ['O. Vik, et al', ['O. Vik']],
    ['Vi Ek, Vi', ['Vi Ek', 'Vi']],
  ])('reads %s', (text, names) => {
    expect(authorsIn(text)).toEqual(names);
  });

  it.each([
    ['in brackets', 'O. Vik (Harbour Institute, Bergen), B. Ek'],
    ['in brackets within brackets', 'O. Vik (Institute (Dept. of Tides), Bergen), B. Ek (Oslo)'],
    [
      'by number, with a legend in brackets',
      'O. Vik (1), B. Ek (1 and 2) ((1) Institute, Bergen, (2) School (Tides), Oslo)',
    ],
    ['by number, with a legend behind the names', 'O. Vik (1), B. Ek (2), (1) Institute, Bergen, (2) School, Oslo'],
    ['by number in square brackets', 'O. Vik[1], B. Ek[2], [1] Institute, [2] School'],
    ['as a raised number', 'O. Vik$^{1,2}$, B. Ek$^{2}$'],
    ['by signs', 'O. Vik*, B. Ek†'],
    ['in a bracket that never closes', 'O. Vik (Institute, B. Ek'],
    ['alone', 'O. Vik, (on behalf of the harbour), B. Ek'],
  ])('makes no author of an affiliation %s', (_how, text) => {
    expect(authorsIn(text)).toEqual(['O. Vik', 'B. Ek']);
  });

  it('leaves commas to TeX', () => {
    expect(authorsIn("Ol{\\'a} V\\i{k,}, J.\\,Ek")).toEqual(["Ol{\\'a} V\\i{k,}", 'J.\\,Ek']);
  });

  it('gives names with a letter, whatever the text', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '[',
      ']',
      '{',
      '}',
      '\\',
      ',',
      ':',
      ' ',
      'A. B',
      'and',
      '1',
      '(1) ',
      '*',
      '$^1$',
    );
    const text = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, (given) => {
        for (const name of authorsIn(given)) expect(name).toMatch(/\p{L}/u);
      }),
    );
  });
});
