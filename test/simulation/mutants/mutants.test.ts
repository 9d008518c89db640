import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { mutants } from '../command/mutants.js';

describe('the planted bugs', () => {
  it('are told apart by their names, and are at least twenty', () => {
    const names = mutants.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(20);
  });

  it.each(mutants)('$name: its place is in the product, exactly once', ({ edits }) => {
    for (const { file, find, replace } of edits) {
      expect(readFileSync(file, 'utf8').split(find)).toHaveLength(2);
      expect(replace).not.toBe(find);
    }
  });
});
