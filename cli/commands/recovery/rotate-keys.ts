import { randomBytes } from 'node:crypto';
import { GetSecretValueCommand, PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { parseKeys, rotateKeys } from '../../../shared/runtime/keys.js';
import type { Command } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';

/** Puts a new signing key first; links signed with either of the two keys before it keep working. */
export const rotate: Command = {
  name: 'rotate-keys',
  summary: 'makes a new key for signing the links in mail; links signed with the previous two still work',
  place: 'house',
  writes: true,
  more: 'Run it three times to invalidate every link mailed so far, as when the keys may have leaked.',
  async run({ place, isDryRun }, io) {
    const [newest, ...older] = await withOperator(place, (operator) => rotateIn(operator, isDryRun));
    const still = `those signed with ${older.join(' and ')} still work`;
    io.out(
      isDryRun
        ? `New links would be signed with ${newest}; ${still}.`
        : `New links are signed with ${newest}; ${still}.`,
    );
    io.json({ isDryRun, signing: newest, verifying: older });
  },
};

async function rotateIn({ clients, output }: Operator, isDryRun: boolean): Promise<readonly string[]> {
  const SecretId = output('KeysSecret');
  const { SecretString = '' } = await clients.secrets.send(new GetSecretValueCommand({ SecretId }));
  const rotated = rotateKeys(SecretString, randomBytes(48).toString('base64url'));
  if (!isDryRun) await clients.secrets.send(new PutSecretValueCommand({ SecretId, SecretString: rotated }));
  return parseKeys(rotated).signing.map(({ id }) => id);
}
