import { describe, expect, it } from '@jest/globals';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import {
  addExclusion,
  addRead,
  exclusionInWords,
  isExcluded,
  mostExclusions,
  readExclusions,
  removeExclusion,
} from '../../../../shared/domain/subscriber/exclusions/exclusions.js';
import { compiledOf } from '../../../support/filters.js';

describe('what a reader leaves out', () => {
  it('is added once, however it is spelled', () => {
    const never = ['author:"Ada Moss"'];
    expect(addExclusion([], 'author:"Ada Moss"')).toEqual(never);
    expect(addExclusion(never, 'author:"ada MOSS"')).toBe(never);
    expect(isExcluded(['author:"Ada Moss"'], 'author:"ada moss"')).toBe(true);
    expect(isExcluded(['author:"Ada Moss"'], 'author:"Ben Reed"')).toBe(false);
  });

  it('is taken away with all that is equal to it', () => {
    const never = ['"wax lamp"', 'author:"Ada Moss"', '"Wax lamps"'];
    expect(removeExclusion(never, '"wax LAMPS"')).toEqual(['author:"Ada Moss"']);
    expect(removeExclusion(never, '"zinc"')).toEqual(never);
  });

  it('is fifty filters at most', () => {
    const never = Array.from({ length: mostExclusions }, (_, at) => `"word${at}"`);
    expect(addExclusion(never, '"zinc"')).toBe('full');
    expect(addExclusion(never, '"word7"')).toBe(never);
  });

  it('may be one paper, in place of the one put aside first where there are twenty', () => {
    const id = (number: number) => `2608.${String(number).padStart(5, '0')}` as PaperId;
    const never = ['"wax"', ...Array.from({ length: 20 }, (_, at) => id(at + 1))];
    expect(addRead(['"wax"'], id(1))).toEqual(['"wax"', id(1)]);
    expect(addRead(never, id(7))).toBe(never);
    expect(addRead(never, id(90))).toEqual(['"wax"', ...never.slice(2), id(90)]);
    const full = Array.from({ length: mostExclusions }, (_, at) => `"word${at}"`);
    expect(addRead(full, id(1))).toBe('full');
    expect(exclusionInWords(id(1))).toBe('the paper 2608.00001');
  });

  it('is compiled like every filter, one object for equal ones, and what cannot be read is counted', () => {
    const { filters, unreadable } = readExclusions(['org:"Reed Labs"', 'org:', '"wax"']);
    expect(filters[0]).toBe(compiledOf('org:"reed labs"'));
    expect([filters.length, unreadable]).toEqual([2, 1]);
    expect(readExclusions(undefined)).toEqual({ filters: [], unreadable: 0 });
  });

  it('cannot be taken away by another text that does not parse either', () => {
    expect(removeExclusion(['org:', 'cat:'], 'cat:')).toEqual(['org:']);
  });

  it.each([
    ['author:"Ada Moss"', 'papers by Ada Moss'],
    ['org:"Reed Labs"', 'papers from Reed Labs'],
    ['"wax lamps"', 'papers about “wax lamps”'],
    ['wax OR lamp', 'papers about “wax OR lamp”'],
  ])('%s is called %s', (filter, name) => {
    expect(exclusionInWords(filter)).toBe(name);
  });
});
