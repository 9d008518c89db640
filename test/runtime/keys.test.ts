import { describe, expect, it } from '@jest/globals';
import { parseKeys, rotateKeys } from '../../shared/runtime/keys.js';

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

  it('are rotated: a new key signs, two older ones verify, and the identity key stays', () => {
    const first = JSON.stringify({ root, signing: ['k1'] });
    const second = rotateKeys(first, 'b'.repeat(64));
    const third = rotateKeys(second, 'c'.repeat(64));
    const fourth = rotateKeys(third, 'd'.repeat(64));
    const ids = (text: string) => parseKeys(text).signing.map(({ id }) => id);
    expect([second, third, fourth].map(ids)).toEqual([
      ['k2', 'k1'],
      ['k3', 'k2', 'k1'],
      ['k4', 'k3', 'k2'],
    ]);
    expect(parseKeys(third).signing.at(-1)).toEqual(parseKeys(first).signing[0]);
    expect(parseKeys(fourth).identity).toEqual(parseKeys(first).identity);
    expect(fourth).not.toContain('k1');
  });

  it('made by a rotation do not derive from the root', () => {
    const [a, b] = ['b', 'c'].map((letter) =>
      parseKeys(rotateKeys(JSON.stringify({ root, signing: ['k1'] }), letter.repeat(64))),
    );
    expect(a?.signing[0]).not.toEqual(b?.signing[0]);
  });
});
