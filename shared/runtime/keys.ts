import { hkdfSync } from 'node:crypto';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod/mini';
import type { SigningKey } from './tokens.js';

/** Every key of an installation, from its one secret. */
export interface Keys {
  /** Keys subscriber ids; never rotated. */
  readonly identity: Buffer;
  /** Newest first. */
  readonly signing: readonly [SigningKey, ...SigningKey[]];
}

const secretText = z.object({
  /** Generated once with the secret. */
  root: z.string().check(z.minLength(32)),
  /** Names of the signing keys, newest first. */
  signing: z.array(z.string().check(z.regex(/^[a-z0-9]{1,16}$/))).check(z.minLength(1)),
});

/** Derives the keys from the secret's text `{"root":"…","signing":["k1"]}` by HKDF (RFC 5869). */
export function parseKeys(text: string): Keys {
  const { root, signing } = secretText.parse(JSON.parse(text));
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', root, 'paperboy', purpose, 32));
  const [newest, ...older] = signing.map((id) => ({ id, secret: derive(`sign ${id}`) }));
  if (!newest) throw new Error('the secret names no signing key');
  return { identity: derive('identity'), signing: [newest, ...older] };
}

/** Fetches the keys once per process. */
export function keysFrom(client: SecretsManagerClient, secretId: string): () => Promise<Keys> {
  let keys: Promise<Keys> | undefined;
  return () => {
    keys ??= client.send(new GetSecretValueCommand({ SecretId: secretId })).then(
      (answer) => parseKeys(answer.SecretString ?? ''),
      (error: unknown) => {
        keys = undefined;
        throw error;
      },
    );
    return keys;
  };
}
