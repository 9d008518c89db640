import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { assets } from '../../../../lambdas/serve-pages/frame/own-files.js';
import {
  type Challenge,
  challengeOf,
  proofOf,
  stampForm,
} from '../../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { parseKeys } from '../../../../shared/runtime/keys.js';
import { altchaSolver, solverPath } from '../../../support/altcha-solver.js';
import { keys, noon, openPages } from '../serve-pages-fixture.js';

const { signing } = keys;
const others = parseKeys(JSON.stringify({ root: 's'.repeat(64), signing: ['k1'] })).signing;
const aStamp = (name: string) => stampForm(signing[0], noon, name);

/** What the worker that the pages serve answers to a challenge. */
function solve(text: string, { nonce, salt, keyPrefix }: Challenge): Promise<{ readonly counter: number }> {
  return new Promise((answered) => {
    const worker: { onmessage?: (message: object) => void; postMessage: (answer: { counter: number }) => void } = {
      postMessage: answered,
    };
    const shared = { crypto, performance, setTimeout, TextEncoder, AbortController, Uint8Array, ArrayBuffer, DataView };
    runInContext(text, createContext({ self: worker, ...shared }));
    const parameters = { algorithm: 'SHA-256', cost: 1, nonce, salt, keyPrefix };
    worker.onmessage?.({ data: { type: 'work', challenge: { parameters } } });
  });
}

describe('the proof of work', () => {
  it('is done by altcha’s own solver, as the package has it, which the pages serve in 5 KB at most', async () => {
    const answer = await openPages().app.request(assets.worker.path);
    const text = await answer.text();
    expect(JSON.parse(readFileSync(solverPath, 'utf8'))).toEqual(altchaSolver());
    expect(text).toBe(altchaSolver().text);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(5 * 1024);
    expect(answer.headers.get('content-type')).toContain('text/javascript');
  });

  it('is the number that this solver finds', async () => {
    // A stamp whose number is small, so that it is found at once.
    const names = Array.from({ length: 200 }, (_, index) => `form${index}`);
    const [stamp = ''] = names.map(aStamp).filter((each) => Number(proofOf(signing, each)) < 2000);
    const { counter } = await solve(altchaSolver().text, challengeOf(signing, stamp)!);
    expect(String(counter)).toBe(proofOf(signing, stamp));
  });

  it('differs from stamp to stamp and from key to key, and is none of a stamp that is not ours', () => {
    const proofs = Array.from({ length: 100 }, (_, index) => proofOf(signing, aStamp(`form${index}`)));
    expect(new Set(proofs).size).toBeGreaterThan(95);
    expect(proofs.every((proof) => Number(proof) < 40_000)).toBe(true);
    const stamp = aStamp('form');
    expect(proofOf(others, stamp)).not.toBe(proofOf(signing, stamp));
    expect(challengeOf(others, stamp)?.keyPrefix).not.toBe(challengeOf(signing, stamp)?.keyPrefix);
    expect([proofOf(signing, 'k9.x'), challengeOf(signing, ''), proofOf(signing, '')]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});
