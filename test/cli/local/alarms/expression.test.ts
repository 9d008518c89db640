import { describe, expect, it } from '@jest/globals';
import { readExpression } from '../../../../cli/local/alarms/expression.js';

describe('metric math', () => {
  it.each([
    ['SUM(METRICS())', { m0: 1, m1: 2 }, 3],
    ['SUM(METRICS())', { m0: undefined, m1: 2 }, 2],
    ['100 * MAX([m0 / 600, m1 / 20])', { m0: 60, m1: 18 }, 90],
    ['100 * MAX([m0 / 600, m1 / 20])', { m0: 60, m1: undefined }, 10],
    ['MIN([m0, 4]) / 2', { m0: 7 }, 2],
    ['SUM(METRICS())', { m0: undefined }, undefined],
    ['m0 / m1', { m0: 7, m1: undefined }, undefined],
  ])('%s of %j is %s', (text, values, expected) => {
    expect(readExpression(text)(values)).toBe(expected);
  });

  it.each(['FILL(m0, 0)', 'm0 + m1', 'SUM(m0)', 'MAX([m0, m1]', 'm0 m1', ''])('refuses %j, by its text', (text) => {
    expect(() => readExpression(text)).toThrow(`does not play the metric math ${text}`);
  });
});
