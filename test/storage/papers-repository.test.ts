import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { paperRepository } from '../../shared/storage/papers/papers-repository.js';
import { anObservation, aPaper, day, instant, paperId } from '../support/builders.js';
import { fakePaperRepository } from '../support/fake-paper-repository.js';
import { savePaper } from '../support/save-paper.js';
import { dyingClient, embeddedForTests, onSmallPages } from './embedded.js';
import { papersContract } from './papers-contract.js';
import { rawItems } from './raw-items.js';

describe('papers in memory', () => papersContract(async () => fakePaperRepository()));

describe('papers in DynamoDB', () => {
  const dynamo = embeddedForTests();
  papersContract(async () => paperRepository(dynamo().client, await dynamo().createTable('papers')));

  it('lets an observation expire 90 days after its instant, and a paper never', async () => {
    const table = await dynamo().createTable('papers');
    const { client } = dynamo();
    await savePaper(paperRepository(client, table), aPaper(), anObservation({ at: instant('2026-08-07T03:00') }));
    expect((await rawItems(client, table)).map(({ pk, sk, expiresAt }) => ({ pk, sk, expiresAt }))).toEqual(
      expect.arrayContaining([
        { pk: 'hours', sk: '2026-08-07T03:00:00.000Z', expiresAt: instant('2026-11-05T03:00') / 1000 },
        { pk: `paper#${paperId(1)}`, sk: 'paper', expiresAt: undefined },
      ]),
    );
  });

  it('saves a new paper before its observation, so that a crash between them is mended by saving again', async () => {
    const table = await dynamo().createTable('papers');
    const dying = dyingClient(dynamo().client, (input) => 'Item' in input);
    await expect(savePaper(paperRepository(dying, table), aPaper(), anObservation())).rejects.toThrow('died');
    const papers = paperRepository(dynamo().client, table);
    expect(await papers.find([paperId(1)])).toEqual(new Map([[paperId(1), { paper: aPaper() }]]));
    await savePaper(papers, aPaper(), anObservation());
    expect((await papers.activeBetween(day('2026-08-07'), day('2026-08-07')))[0]?.history).toEqual([anObservation()]);
  });

  it('refuses a row that newer code wrote', async () => {
    const table = await dynamo().createTable('papers');
    const Item = { pk: `paper#${paperId(1)}`, sk: 'paper', v: 2, paper: aPaper() };
    await dynamo().client.send(new PutCommand({ TableName: table, Item }));
    await expect(paperRepository(dynamo().client, table).find([paperId(1)])).rejects.toThrow('of version 2');
  });
});

describe('papers in DynamoDB, one item a page', () => {
  const dynamo = embeddedForTests();
  papersContract(async () => paperRepository(onSmallPages(dynamo().client), await dynamo().createTable('papers')));
});
