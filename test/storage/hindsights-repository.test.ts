import { describe, expect, it } from '@jest/globals';
import { editionRepository } from '../../shared/storage/editions-repository.js';
import { hindsightRepository } from '../../shared/storage/hindsights-repository.js';
import { aHindsight, anEdition } from '../support/builders.js';
import { fakeHindsightRepository } from '../support/fake-hindsight-repository.js';
import { embeddedForTests, onSmallPages } from './embedded.js';
import { hindsightsContract } from './hindsights-contract.js';

describe('hindsights in memory', () => hindsightsContract(async () => fakeHindsightRepository()));

describe('hindsights in DynamoDB', () => {
  const dynamo = embeddedForTests();
  hindsightsContract(async () => hindsightRepository(dynamo().client, await dynamo().createTable('editions')));

  it('leave the editions in their table as they are', async () => {
    const table = await dynamo().createTable('editions');
    const editions = editionRepository(dynamo().client, table);
    await editions.publish(anEdition());
    await hindsightRepository(dynamo().client, table).keep(aHindsight());
    expect(await editions.find(anEdition().date)).toEqual(anEdition());
    expect(await editions.newestDate(anEdition().date)).toBe(anEdition().date);
  });
});

describe('hindsights in DynamoDB, one item a page', () => {
  const dynamo = embeddedForTests();
  hindsightsContract(async () =>
    hindsightRepository(onSmallPages(dynamo().client), await dynamo().createTable('editions')),
  );
});
