import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { highlightsVersion } from '../../shared/domain/highlights/choose-highlights.js';
import {
  type ChosenHighlights,
  type HighlightRepository,
  highlightRepository,
} from '../../shared/storage/highlights-repository.js';
import { day, instant, paperId } from '../support/builders.js';
import { fakeHighlightRepository } from '../support/fake-highlight-repository.js';
import { embeddedForTests } from './embedded.js';
import { rawItems } from './raw-items.js';

const [thursday, friday] = [day('2026-08-06'), day('2026-08-07')];
const chosen: ChosenHighlights = new Map([
  [paperId(1), ['one', { of: 4, task: 0, idea: 2, others: [3, 1] }]],
  [paperId(2), ['two', { of: 0 }]],
]);

function highlightsContract(make: () => Promise<HighlightRepository>): void {
  let highlights: HighlightRepository;
  beforeEach(async () => {
    highlights = await make();
  });

  it('gives what was kept of the days that are asked for', async () => {
    expect(await highlights.chosenOn([thursday, friday])).toEqual(new Map());
    await highlights.keep(thursday, chosen);
    expect(await highlights.chosenOn([friday])).toEqual(new Map());
    expect(await highlights.chosenOn([thursday, friday])).toEqual(new Map([[thursday, chosen]]));
  });

  it('replaces what was kept of a day', async () => {
    await highlights.keep(friday, chosen);
    const more: ChosenHighlights = new Map([...chosen, [paperId(3), ['three', { of: 1 }]]]);
    await highlights.keep(friday, more);
    expect(await highlights.chosenOn([friday])).toEqual(new Map([[friday, more]]));
  });
}

describe('highlights in memory', () => highlightsContract(async () => fakeHighlightRepository()));

describe('highlights in DynamoDB', () => {
  const dynamo = embeddedForTests();
  highlightsContract(async () => highlightRepository(dynamo().client, await dynamo().createTable('editions')));

  it('expire when no edition can show their papers any more', async () => {
    const table = await dynamo().createTable('editions');
    await highlightRepository(dynamo().client, table).keep(friday, chosen);
    const [item] = await rawItems(dynamo().client, table);
    expect(item).toMatchObject({ pk: 'highlights', sk: friday, expiresAt: instant('2026-08-17T00:00') / 1000 });
  });

  it('of another version count for nothing', async () => {
    const table = await dynamo().createTable('editions');
    const highlights = highlightRepository(dynamo().client, table);
    await highlights.keep(friday, chosen);
    await dynamo().client.send(
      new UpdateCommand({
        TableName: table,
        Key: { pk: 'highlights', sk: friday },
        UpdateExpression: 'SET version = :other',
        ExpressionAttributeValues: { ':other': highlightsVersion + 1 },
      }),
    );
    expect(await highlights.chosenOn([friday])).toEqual(new Map());
  });

  it('fit an item, however many papers a day lists', async () => {
    const table = await dynamo().createTable('editions');
    const many = new Map(
      Array.from({ length: 20_000 }, (_, index) => {
        const abstract = Buffer.from(String((index * 2_654_435_761) % 4_294_967_296))
          .toString('base64')
          .slice(0, 12);
        return [paperId(index + 1), [abstract, { of: 9, task: index % 9, result: (7 * index) % 9 }] as const] as const;
      }),
    );
    const highlights = highlightRepository(dynamo().client, table);
    await highlights.keep(friday, many);
    expect((await highlights.chosenOn([friday])).get(friday)?.get(paperId(1))).toEqual(many.get(paperId(1)));
  });
});
