import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parseKeys } from '../../shared/runtime/keys.js';
import { signToken, verifyToken } from '../../shared/runtime/tokens.js';

const root = 'r'.repeat(64);
const { signing } = parseKeys(JSON.stringify({ root, signing: ['k1'] }));
const claims = { subscriber: 'subscriber-00000000001', issuedOn: 20_672 };
const token = signToken(signing[0], 'unsubscribe', claims);
const verify = (text: string, scope: 'unsubscribe' | 'preferences' = 'unsubscribe', today = claims.issuedOn) =>
  verifyToken(signing, scope, text, today, 365);

describe('a signed token', () => {
  it('opens what it was signed for, for a year', () => {
    expect(verify(token)).toEqual(claims);
    expect(verify(token, 'unsubscribe', claims.issuedOn + 365)).toEqual(claims);
    expect(verify(token, 'unsubscribe', claims.issuedOn + 366)).toBeUndefined();
  });

  it('opens nothing of another scope', () => {
    expect(verify(token, 'preferences')).toBeUndefined();
  });

  it('goes on opening after its key was rotated twice, and not when the key is gone', () => {
    const rotated = parseKeys(JSON.stringify({ root, signing: ['k3', 'k2', 'k1'] })).signing;
    expect(verifyToken(rotated, 'unsubscribe', token, claims.issuedOn, 365)).toEqual(claims);
    expect(verifyToken(rotated.slice(0, 2), 'unsubscribe', token, claims.issuedOn, 365)).toBeUndefined();
  });

  it('holds only characters that need no escape in an address', () => {
    expect(token).toMatch(/^[A-Za-z0-9._-]+$/);
  });

  it('is accepted in no other spelling', () => {
    const characters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ %'];
    const changed = fc
      .tuple(fc.nat(token.length - 1), fc.constantFrom(...characters))
      .map(([at, character]) => token.slice(0, at) + character + token.slice(at + 1));
    const cut = fc.nat(token.length - 1).map((length) => token.slice(0, length));
    const longer = fc.string().map((more) => token + more);
    fc.assert(
      fc.property(fc.oneof(changed, cut, longer, fc.string()), (text) => text === token || verify(text) === undefined),
      { numRuns: 100_000 },
    );
  });
});
