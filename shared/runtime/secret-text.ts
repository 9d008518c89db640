import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Reads the text of a secret, anew at each call; empty when it holds none. */
export function secretText(client: SecretsManagerClient, secretId: string): () => Promise<string> {
  return async () => (await client.send(new GetSecretValueCommand({ SecretId: secretId }))).SecretString ?? '';
}
