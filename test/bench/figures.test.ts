import { describe, expect, it } from '@jest/globals';
import { tableOf, timed, verdictOn } from './figures.js';
import { withFigures } from './performance-page.js';
import { middleOf, ratioOf } from './rounds.js';

describe('a bench', () => {
  it('judges a figure by its limit', () => {
    expect(verdictOn({ name: 'ms', value: 9, spread: 0.1, limit: { atMost: 10 } })).toBe('reached');
    expect(verdictOn({ name: 'ms', value: 11, spread: 0.1, limit: { atMost: 10 } })).toBe('missed');
    expect(verdictOn({ name: 'ratio', value: 9, limit: { atLeast: 10 } })).toBe('missed');
    expect(verdictOn({ name: 'ratio', value: 9 })).toBe('');
  });

  it('does not judge where rounds differ by more than 30 %, or where nothing was measured', () => {
    const limit = { atMost: 100 };
    expect(verdictOn(timed('ms', middleOf([10, 10, 14]), limit))).toBe('not judged');
    expect(verdictOn(timed('ms', middleOf([10, 10, 12]), limit))).toBe('reached');
    expect(verdictOn(timed('ms', middleOf([]), limit))).toBe('not judged');
    expect(verdictOn({ name: 'ms', value: null, limit })).toBe('not judged');
  });

  it('leaves one outlier at each end of seven rounds out of their spread', () => {
    expect(middleOf([10, 10, 10, 10, 10, 10, 99]).spread).toBe(0);
    expect(middleOf([10, 10, 10, 10, 10, 99, 99]).spread).toBeCloseTo(8.9);
  });

  it('compares two contenders round by round', () => {
    const rounds = (...cpuMs: number[]) => ({ cpuMs, wallMs: cpuMs });
    expect(ratioOf(rounds(20, 40, 60), rounds(10, 20, 20))).toEqual({ value: 2, spread: 0.5 });
  });

  it('says how far a figure is from its limit', () => {
    const table = tableOf({ score: [{ name: 'ms', value: 8, limit: { atMost: 10 } }] });
    expect(table.split('\n').at(-1)).toMatch(/\| score \| ms +\| 8 +\| +\| ≤ 10 +\| \+20 % +\| reached \|/);
  });

  it('replaces the figures on the page of performance, and nothing else', () => {
    const page = '# Speed\n\n<!-- figures -->\n\nold\n\n<!-- end of figures -->\n\nWhat they mean.\n';
    const written = withFigures(page, '| new |');
    expect(written).toBe(page.replace('old', '| new |'));
    expect(withFigures(written, '| new |')).toBe(written);
    expect(() => withFigures('# Speed\n', '| new |')).toThrow('has no place for figures');
  });
});
