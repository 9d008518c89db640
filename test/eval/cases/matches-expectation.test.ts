import { describe, expect, it } from '@jest/globals';
import { matchesExpectation } from './matches-expectation.js';

describe('matching an expectation', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['takes an object as a subset', { a: 1 }, { a: 1, b: 2 }, true],
    ['misses a field', { a: 1 }, { b: 1 }, false],
    ['looks into objects', { a: { b: 1 } }, { a: { b: 1, c: 2 } }, true],
    ['compares lists element by element', [{ a: 1 }, 2], [{ a: 1, b: 1 }, 2], true],
    ['takes a longer list for another', ['a'], ['a', 'b'], false],
    ['takes a shorter list for another', ['a', 'b'], ['a'], false],
    ['does not take a list for an object', {}, [], false],
    ['knows null', { a: null }, { a: null }, true],
    ['does not take a text for a number', 1, '1', false],
    ['turns a plain value round', { a: { $not: 'x' } }, { a: 'y' }, true],
    ['turns a value round that is the same', { a: { $not: 'x' } }, { a: 'x' }, false],
    ['turns an object round', { $not: { a: 1 } }, { a: 2 }, true],
    ['turns a missing value round', { a: { $not: 'x' } }, {}, true],
    ['finds an expression in a text', { a: { $matches: 'b+' } }, { a: 'abbc' }, true],
    ['finds no expression in a number', { $matches: '1' }, 1, false],
    ['turns an expression round', { $not: { $matches: '\\(\\[' } }, 'a([b', false],
  ])('%s', (_, expected, answer, matches) => {
    expect(matchesExpectation(expected, answer)).toBe(matches);
  });
});
