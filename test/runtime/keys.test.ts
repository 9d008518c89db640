import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from '@jest/globals';
import { keysFrom, parseKeys, rotateKeys } from '../../shared/runtime/keys.js';

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

describe('the keys of a process', () => {
  const text = JSON.stringify({ root: 'r'.repeat(64), signing: ['k1'] });

  it('are asked for once by mails that are composed together, and again after a question that failed', async () => {
    let asked = 0;
    let isDown = true;
    const send = async () => {
      asked += 1;
      if (isDown) throw new Error('throttled');
      return { SecretString: text };
    };
    const keys = keysFrom({ send } as unknown as SecretsManagerClient, 'secret', () => 0);
    const failed = await Promise.allSettled([keys(), keys()]);
    expect(failed.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    isDown = false;
    const [one, other] = await Promise.all([keys(), keys()]);
    expect(one.signing[0].id).toBe('k1');
    expect(other).toBe(one);
    expect(asked).toBe(2);
  });
});
