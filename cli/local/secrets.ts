import { randomInt } from 'node:crypto';
import * as z from 'zod/mini';
import { type ApiCall, type ApiService, CallError, jsonProtocol, notPlayed } from './api-call.js';
import { type DataFolder, openRecords } from './data-folder.js';
import type { Stack } from './template/stack.js';

const generated = z.object({
  SecretStringTemplate: z._default(z.string(), '{}'),
  GenerateStringKey: z.optional(z.string()),
  PasswordLength: z._default(z.number(), 32),
  ExcludeCharacters: z._default(z.string(), ''),
  ExcludePunctuation: z._default(z.boolean(), false),
});
const secretProperties = z.object({
  SecretString: z.optional(z.string()),
  GenerateSecretString: z.optional(generated),
});

/** The secrets of a stack: generated when first opened, then kept. Those given by ARN are read-only. */
export function openSecrets(
  stack: Stack,
  now: () => number,
  folder?: DataFolder,
  given: Readonly<Record<string, string>> = {},
): ApiService {
  const records = openRecords<{ text: string; version: number; at: number }>(folder);
  const kept = new Map(records.found);
  const arns = new Map<string, string>();
  for (const { name, arn, properties } of stack.all(['AWS::SecretsManager::Secret'], secretProperties)) {
    arns.set(name, arn).set(arn, arn);
    if (!kept.has(arn.split(':').at(-1) ?? ''))
      store(arn, properties.SecretString ?? generate(properties.GenerateSecretString));
  }
  function store(arn: string, text: string): void {
    const key = arn.split(':').at(-1) ?? '';
    const secret = { text, version: (kept.get(key)?.version ?? 0) + 1, at: now() };
    kept.set(key, secret);
    records.save(key, secret);
  }
  function find({ input }: ApiCall): { arn: string; name: string; text: string; version: number; at: number } {
    const arn = arns.get(String(input.SecretId));
    const key = arn?.split(':').at(-1) ?? '';
    const secret = kept.get(key);
    if (!arn || !secret)
      throw new CallError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return { ...secret, arn, name: key.replace(/-Local0$/, '') };
  }
  const protocol = jsonProtocol('1.1');
  return {
    protocol,
    permission: (action) => `secretsmanager:${action}`,
    resources: ({ input }) => [arns.get(String(input.SecretId)) ?? String(input.SecretId)],
    async answer(call) {
      const givenText = given[String(call.input.SecretId)];
      if (call.action === 'GetSecretValue' && givenText !== undefined) {
        return protocol.answer(call.action, { ARN: call.input.SecretId, SecretString: givenText });
      }
      if (call.action === 'PutSecretValue') store(find(call).arn, String(call.input.SecretString));
      else if (call.action !== 'GetSecretValue') throw notPlayed('secretsmanager', call);
      const { arn, name, text, version, at } = find(call);
      const id = { ARN: arn, Name: name, VersionId: String(version).padStart(32, '0'), VersionStages: ['AWSCURRENT'] };
      const value = { SecretString: text, CreatedDate: at / 1000 };
      return protocol.answer(call.action, call.action === 'GetSecretValue' ? { ...id, ...value } : id);
    },
  };
}

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
const punctuation = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

function generate(rule: z.output<typeof generated> = z.parse(generated, {})): string {
  const all = rule.ExcludePunctuation ? letters : letters + punctuation;
  const signs = [...all].filter((sign) => !rule.ExcludeCharacters.includes(sign));
  const password = Array.from({ length: rule.PasswordLength }, () => signs[randomInt(signs.length)]).join('');
  if (rule.GenerateStringKey === undefined) return password;
  return JSON.stringify({ ...JSON.parse(rule.SecretStringTemplate), [rule.GenerateStringKey]: password });
}
