import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { anEdition, day } from '../support/builders.js';
import { fakeEditionRepository } from '../support/fake-edition-repository.js';
import { editionsContract, largeEdition } from './editions-contract.js';
import { dyingClient, embeddedForTests, onSmallPages } from './embedded.js';
import { itemBytes } from './item-bytes.js';
import { rawItems } from './raw-items.js';

describe('editions in memory', () => editionsContract(async () => fakeEditionRepository()));

describe('editions in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('editions');
  editionsContract(async () => editionRepository(dynamo().client, await newTable()));

  const itemsOf = (table: string) => rawItems(dynamo().client, table);

  it('cuts a large edition into parts that each fit an item of 400 KB', async () => {
    const table = await newTable();
    await editionRepository(dynamo().client, table).publish(largeEdition(3));
    const items = await itemsOf(table);
    const sizes = items.map(itemBytes);
    expect(items.length).toBeGreaterThan(4);
    expect(Math.max(...sizes)).toBeLessThan(400 * 1024);
    expect(sizes.reduce((sum, size) => sum + size)).toBeGreaterThan(1024 * 1024);
  });

  it('shows nothing of an edition whose publisher died before the head, and lets another be published', async () => {
    const table = await newTable();
    const editions = editionRepository(dynamo().client, table);
    const isHead = (input: Record<string, unknown>) => (input.Item as { sk?: string } | undefined)?.sk === 'head';
    const dying = editionRepository(dyingClient(dynamo().client, isHead), table);
    await expect(dying.publish(largeEdition(1))).rejects.toThrow('died');

    expect((await itemsOf(table)).length).toBeGreaterThan(1);
    expect(await editions.isPublished(day('2026-08-07'))).toBe(false);
    expect(await editions.find(day('2026-08-07'))).toBeUndefined();
    expect(await editions.publish(anEdition())).toBe('published');
    expect(await editions.find(day('2026-08-07'))).toEqual(anEdition());
  });

  it('never remakes an edition of an earlier version, whose head does not say that it is open', async () => {
    const table = await newTable();
    const editions = editionRepository(dynamo().client, table);
    await editions.publish(anEdition());
    const head = (await itemsOf(table)).find(({ sk }) => sk === 'head');
    const { isOpen, ...older } = head!;
    expect(isOpen).toBe(true);
    await dynamo().client.send(new PutCommand({ TableName: table, Item: older }));
    expect(await editions.remake(anEdition({ papers: [] }))).toBe('sealed');
    expect(await editions.find(day('2026-08-07'))).toEqual(anEdition());
  });

  it('refuses to show a published edition that has lost a part', async () => {
    const table = await newTable();
    const editions = editionRepository(dynamo().client, table);
    await editions.publish(largeEdition(1));
    const part = (await itemsOf(table)).find(({ sk }) => String(sk).endsWith('#001'));
    await dynamo().client.send(new DeleteCommand({ TableName: table, Key: { pk: part?.pk, sk: part?.sk } }));
    await expect(editions.find(day('2026-08-07'))).rejects.toThrow(/has \d of its \d parts/);
  });
});

describe('editions in DynamoDB, one item a page', () => {
  const dynamo = embeddedForTests();
  editionsContract(async () =>
    editionRepository(onSmallPages(dynamo().client), await dynamo().createTable('editions')),
  );
});
