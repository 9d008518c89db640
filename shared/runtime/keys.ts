import { hkdfSync } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import { askedTogether } from './asked-together.js';
import type { SigningKey } from './tokens.js';

/** Every key of an installation, from its one secret. */
export interface Keys {
  /** Keys subscriber ids; never rotated. */
  readonly identity: Buffer;
  /** Newest first. */
  readonly signing: readonly [SigningKey, ...SigningKey[]];
}

/** Made when it is needed: a start has no time for it. */
const keysText = () => {
  const keyId = z.string().check(z.regex(/^[a-z0-9]{1,16}$/));
  return z.object({
    /** Generated once with the secret; the identity key and the first signing key derive from it. */
    root: z.string().check(z.minLength(32)),
    /** Names of the signing keys, newest first. */
    signing: z.array(keyId).check(z.minLength(1)),
    /** What each later signing key derives from. */
    material: z.optional(z.record(keyId, z.string().check(z.minLength(32)))),
  });
};

/** Derives the keys by HKDF (RFC 5869) from `{"root":"…","signing":["k2","k1"],"material":{"k2":"…"}}`. */
export function parseKeys(text: string): Keys {
  const { root, signing, material = {} } = keysText().parse(JSON.parse(text));
  const derive = (from: string, purpose: string) => Buffer.from(hkdfSync('sha256', from, 'paperboy', purpose, 32));
  const [newest, ...older] = signing.map((id) => ({ id, secret: derive(material[id] ?? root, `sign ${id}`) }));
  if (!newest) throw new Error('the secret names no signing key');
  return { identity: derive(root, 'identity'), signing: [newest, ...older] };
}

/** Links hold over two rotations: the newest key signs, and the two before it still verify. */
const keptKeys = 3;

/** The secret's text with a new signing key in front, derived from `random` (64 characters or more). */
export function rotateKeys(text: string, random: string): string {
  const { root, signing, material = {} } = keysText().parse(JSON.parse(text));
  const newest = `k${Math.max(...signing.map((id) => Number(id.slice(1)) || 0)) + 1}`;
  const kept = [newest, ...signing].slice(0, keptKeys);
  const all: Record<string, string> = { ...material, [newest]: random };
  const keptMaterial = Object.fromEntries(kept.flatMap((id) => (all[id] ? [[id, all[id]]] : [])));
  return JSON.stringify({ root, signing: kept, material: keptMaterial });
}

/** Reads the text of a secret afresh at each call; empty when it holds none. */
export function secretText(client: SecretsManagerClient, secretId: string): () => Promise<string> {
  return async () => (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString ?? '';
}

/** How old the keys of a process may be: one that was rotated elsewhere signs and verifies everywhere after this. */
const keysLastMs = 60_000;

/** Fetches the keys, and again after a minute to learn of a rotation; while that fails the old ones hold. */
export function keysFrom(
  client: SecretsManagerClient,
  secretId: string,
  now: () => number = () => performance.now(),
): () => Promise<Keys> {
  const read = secretText(client, secretId);
  let known: { readonly keys: Keys; readonly fetchedAt: number } | undefined;

  // Mails that are composed together ask once.
  const fetchKeys = askedTogether(async (): Promise<Keys> => {
    const before = known?.keys;
    const fetched = read().then(parseKeys);
    const keys = await (before ? fetched.catch(() => before) : fetched);
    known = { keys, fetchedAt: now() };
    return keys;
  });

  return async () => (known && now() - known.fetchedAt < keysLastMs ? known.keys : fetchKeys());
}
