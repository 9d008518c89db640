import { describe, expect, it } from '@jest/globals';
import { authorNames, authorsIn } from '../../shared/sources/author-names.js';

describe('authorNames', () => {
  it('leaves out empty names and keeps at most 2,000', () => {
    expect(authorNames([' Ada\nExample ', '', '\u202e'])).toEqual(['Ada Example']);
    expect(authorNames(Array.from({ length: 3000 }, (_, index) => `N${index}`))).toHaveLength(2000);
  });
});
