import { describe, expect, it } from '@jest/globals';
import { decodePunycode } from '../../../shared/domain/text/punycode.js';

describe('punycode', () => {
  it('is decoded as RFC 3492 has it', () => {
    expect(decodePunycode('bcher-kva')).toBe('bücher');
    expect(decodePunycode('zckzah')).toBe('テスト');
    expect(decodePunycode('ls8h')).toBe('💩');
    // Sample (B) of RFC 3492, section 7.1.
    expect(decodePunycode('ihqwcrb4cv8a8dqg056pqjye')).toBe('他们为什么不说中文');
    expect(decodePunycode('abc-')).toBe('abc');
  });

  it('is nothing where it ends too early, or names no character', () => {
    for (const text of ['-', 'zzzzzzzzzzzz', 'bcher-kv', 'é', '99999999']) {
      expect([text, decodePunycode(text)]).toEqual([text, undefined]);
    }
  });
});
