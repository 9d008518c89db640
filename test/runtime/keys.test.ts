import { describe, expect, it } from '@jest/globals';
import { parseKeys } from '../../shared/runtime/keys.js';

const root = 'r'.repeat(64);
const keysOf = (...signing: string[]) => parseKeys(JSON.stringify({ root, signing }));

describe('the keys of an installation', () => {
  it('are the same each time they are derived, and each differs', () => {
    expect(keysOf('k1')).toEqual(keysOf('k1'));
    const { identity, signing } = keysOf('k2', 'k1');
    const all = [identity, ...signing.map(({ secret }) => secret)].map((key) => key.toString('hex'));
    expect(new Set(all).size).toBe(3);
  });

  it('keep the identity key when a signing key is added', () => {
    expect(keysOf('k2', 'k1').identity).toEqual(keysOf('k1').identity);
  });

  it('are refused when the secret names none, or is no secret of ours', () => {
    expect(() => keysOf()).toThrow();
    expect(() => parseKeys('{"root":"short","signing":["k1"]}')).toThrow();
    expect(() => parseKeys('')).toThrow();
  });
});
