import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { consentRepository } from '../../../shared/storage/consents-repository.js';
import { consentsInBulk } from '../../../shared/storage/register/consents-in-bulk.js';
import { aConsent, subscriberId } from '../../support/builders.js';
import { embeddedForTests, onSmallPages } from '../embedded.js';

const entries = Array.from({ length: 60 }, (_, index) => aConsent({ subscriber: subscriberId(index), recordedAt: 5 }));

describe('the journal in bulk', () => {
  const dynamo = embeddedForTests();

  it('is read entry by entry, however many were added and how often', async () => {
    const table = await dynamo().createTable('consents');
    const bulk = consentsInBulk(onSmallPages(dynamo().client), table);
    expect(await bulk.everybody()).toEqual(new Set());
    await bulk.append([]);
    expect(await bulk.everybody()).toEqual(new Set());
    await bulk.append(entries);
    await bulk.append(entries.slice(10, 40));
    expect(await bulk.everybody()).toEqual(new Set(entries.map(({ subscriber }) => subscriber)));
    const journal = consentRepository(dynamo().client, table);
    for (const entry of entries) expect(await journal.of(entry.subscriber)).toEqual([entry]);
  });

  it('writes again what comes back unprocessed, and gives up when nothing gets through', async () => {
    const table = await dynamo().createTable('consents');
    let isStuck = false;
    const send = (command: { input: { RequestItems?: Record<string, unknown[]> } }) => {
      const [[name, asked] = ['', []]] = Object.entries(command.input.RequestItems ?? {});
      if (isStuck) return Promise.resolve({ UnprocessedItems: { [name]: asked } });
      command.input.RequestItems = { [name]: asked.slice(0, 10) };
      const answer = dynamo().client.send(command as never);
      return answer.then(() => ({ UnprocessedItems: asked.length > 10 ? { [name]: asked.slice(10) } : {} }));
    };
    const throttled = { send } as unknown as DynamoDBDocumentClient;
    const bulk = consentsInBulk(throttled, table, { random: () => 0, pause: async () => {} });
    await bulk.append(entries);
    const journal = consentRepository(dynamo().client, table);
    for (const entry of entries) expect(await journal.of(entry.subscriber)).toEqual([entry]);
    isStuck = true;
    await expect(bulk.append(entries.slice(0, 3))).rejects.toThrow('3 consents stayed unwritten');
  });
});
