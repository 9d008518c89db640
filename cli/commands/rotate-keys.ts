import { randomBytes } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { parseKeys, rotateKeys } from '../../shared/runtime/keys.js';
import { realClock } from '../local/clock.js';
import { CliError, readOptions } from './command-line.js';
import { withPaperboy } from './paperboy-house.js';

const options = { secret: { type: 'string' }, data: { type: 'string' } } as const;

/** Puts a new signing key first; links signed with either of the two keys before it keep working. */
export async function rotate(args: readonly string[]): Promise<void> {
  const { secret, data } = readOptions(args, options);
  if (secret !== undefined) return rotateSecret(new SecretsManagerClient(), secret);
  if (data === undefined) {
    throw new CliError(
      'give --secret, the KeysSecret output of a deployed stack, or --data, the folder of a local run',
    );
  }
  return withPaperboy({ clock: realClock(), dataDir: data, isAtRest: true }, ({ house, client }) =>
    rotateSecret(new SecretsManagerClient(client), house.output('KeysSecret')),
  );
}

async function rotateSecret(client: SecretsManagerClient, SecretId: string): Promise<void> {
  const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId }));
  const rotated = rotateKeys(SecretString, randomBytes(48).toString('base64url'));
  await client.send(new PutSecretValueCommand({ SecretId, SecretString: rotated }));
  const [newest, ...older] = parseKeys(rotated).signing.map(({ id }) => id);
  process.stdout.write(`New links are signed with ${newest}; those signed with ${older.join(' and ')} still work.\n`);
}
