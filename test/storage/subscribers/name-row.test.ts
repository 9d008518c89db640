import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { readName, tableGate, writeName } from '../../../shared/storage/subscribers/name-row.js';
import { embeddedForTests } from '../embedded.js';

const dynamo = embeddedForTests();

describe('the name row of the Subscribers table', () => {
  let table: string;
  const gate = (origin: 'generated' | 'configured', naming: 'writes' | 'reads' = 'writes') =>
    tableGate(dynamo().client, table, origin, naming);
  beforeEach(async () => {
    table = await dynamo().createTable('subscribers');
  });

  it('lets mails go out from a table of an earlier version or a new one, and is written by whoever sends first', async () => {
    expect(await gate('generated', 'reads')()).toBe(true);
    expect(await readName(dynamo().client, table)).toBeUndefined();
    expect(await Promise.all([gate('generated')(), gate('generated')()])).toEqual([true, true]);
    expect(await readName(dynamo().client, table)).toBe(table);
    expect(await gate('configured')()).toBe(true);
  });

  it('lets none go out from a copy, which has the name of the table that it was copied from', async () => {
    await writeName(dynamo().client, table);
    const original = table;
    table = await dynamo().createTable('subscribers');
    const row = { v: 1, pk: 'table', sk: 'name', name: original };
    await dynamo().client.send(new PutCommand({ TableName: table, Item: row }));
    for (const origin of ['generated', 'configured'] as const) expect(await gate(origin)()).toBe(false);
    expect(await readName(dynamo().client, table)).toBe(original);
  });

  it('is demanded of a table that is configured: a backup of an earlier version has none', async () => {
    const configured = gate('configured');
    expect(await configured()).toBe(false);
    expect(await readName(dynamo().client, table)).toBeUndefined();
    await writeName(dynamo().client, table);
    expect(await configured()).toBe(true);
  });
});
