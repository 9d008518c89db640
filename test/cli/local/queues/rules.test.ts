import { describe, expect, it } from '@jest/globals';
import { matchesPattern } from '../../../../cli/local/queues/rules.js';

const event = { source: 'aws.ses', detail: { kind: 'Bounce', count: 2, tags: { set: ['a', 'b'] } } };

describe('event patterns', () => {
  it.each([
    [{ source: ['aws.ses'] }, true],
    [{ source: ['other', 'aws.ses'] }, true],
    [{ source: ['other'] }, false],
    [{ detail: { kind: ['Bounce'], count: [2] } }, true],
    [{ detail: { count: ['2'] } }, false],
    [{ detail: { tags: { set: ['b'] } } }, true],
    [{ detail: { kind: [{ prefix: 'Bou' }] } }, true],
    [{ detail: { kind: [{ 'anything-but': ['Bounce', 'Send'] }] } }, false],
    [{ detail: { missing: [{ exists: false }] } }, true],
    [{ detail: { kind: [{ exists: false }] } }, false],
    [{ missing: { deeper: ['x'] } }, false],
  ])('%j matches: %s', (pattern, expected) => {
    expect(matchesPattern(pattern, event)).toBe(expected);
  });

  it('refuses a comparison that it does not play', () => {
    expect(() => matchesPattern({ source: [{ wildcard: 'a*' }] }, event)).toThrow('does not play');
  });
});
