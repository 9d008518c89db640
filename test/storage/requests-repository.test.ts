import { describe, expect, it } from '@jest/globals';
import { sharesOf } from '../../shared/domain/subscriber/sign-up/fair-shares.js';
import { requestRepository } from '../../shared/storage/requests-repository.js';
import { instant } from '../support/builders.js';
import { memoryRequests } from '../support/memory-requests.js';
import { embeddedForTests } from './embedded.js';
import { rawItems } from './raw-items.js';
import { requestsContract } from './requests-contract.js';

describe('what requests use up, in memory', () => requestsContract(async () => memoryRequests()));

describe('what requests use up, in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('subscribers');
  requestsContract(async () => requestRepository(dynamo().client, await newTable()));

  it('is kept in rows that expire, every one', async () => {
    const table = await newTable();
    const requests = requestRepository(dynamo().client, table);
    const at = instant('2026-08-01T12:30');
    const origin = { lane: 'proven', network: 'n', domain: 'd' } as const;
    await requests.useStamp('stamp', 'form', at);
    await requests.count(origin, at);
    await requests.takeFromBudget(at, { ...origin, isOneOfMany: true }, sharesOf(5));
    const expiresAt = instant('2026-08-02T12:30') / 1000;
    const hour = instant('2026-08-01T12:00') / 3_600_000;
    const counted = { v: 1, count: 1, [`asked${hour}`]: 1, [`granted${hour}`]: 1, expiresAt };
    const items = await rawItems(dynamo().client, table);
    expect(items).toHaveLength(4);
    expect(items).toEqual(
      expect.arrayContaining([
        { pk: 'stamp#stamp', sk: 'use', v: 1, form: 'form', at, uses: 1, expiresAt },
        { pk: 'network#n', sk: 'requests', ...counted },
        { pk: 'domain#d', sk: 'requests', ...counted },
        {
          pk: 'budget',
          sk: '2026-08-01T12:00:00.000Z',
          v: 1,
          count: 1,
          ofMany: 1,
          expiresAt: instant('2026-08-03T12:30') / 1000,
        },
      ]),
    );
  });
});
