import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../shared/domain/calendar-date.js';
import { signupRepository } from '../../shared/storage/signups-repository.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { instant, subscriberId } from '../support/builders.js';
import { fakeSignupRepository } from '../support/fake-signup-repository.js';
import { embeddedForTests, repeatingClient } from './embedded.js';
import { rawItems } from './raw-items.js';
import { signupsContract } from './signups-contract.js';

describe('limits in memory', () => signupsContract(async () => fakeSignupRepository()));

describe('limits in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('subscribers');
  signupsContract(async () => signupRepository(dynamo().client, await newTable()));

  it('let whoever used a right know it even if the reply was lost, and nobody else', async () => {
    const table = await newTable();
    const at = instant('2026-08-01T12:30');
    const id = subscriberId(1);
    const signups = signupRepository(repeatingClient(dynamo().client), table);
    for (const kind of ['confirmation', 'welcome'] as const) {
      await signups.takeNotice(id, at, kind, 'mine');
      const uses = await Promise.all([1, 2, 3].map(() => signups.useRight(id, at, kind)));
      expect(uses.filter((isUsed) => isUsed)).toHaveLength(1);
      expect(await signups.useRight(id, at, kind)).toBe(false);
      await signups.giveBack(id, at, kind);
      expect(await signups.useRight(id, at, kind)).toBe(false);
    }
  });

  it('keep the count of an address for ever, and nothing of one that was refused', async () => {
    const table = await newTable();
    const signups = signupRepository(dynamo().client, table);
    const at = instant('2026-08-01T12:30');
    await signups.takeNotice(subscriberId(1), at, 'confirmation');
    for (const [index, kind] of (['confirmation', 'comeback', 'reminder'] as const).entries()) {
      await signups.takeNotice(subscriberId(2 + index), at, kind, 'mine');
      await signups.giveBack(subscriberId(2 + index), at, kind);
    }
    const counted = { pk: subscriberId(1), sk: 'signup', v: 1, count: 1 };
    expect(await rawItems(dynamo().client, table)).toEqual([{ ...counted, lastAt: at }]);
    await signups.takeNotice(subscriberId(1), at + 2 * dayMs, 'confirmation', 'mine');
    await signups.giveBack(subscriberId(1), at + 2 * dayMs, 'confirmation');
    expect(await rawItems(dynamo().client, table)).toEqual([counted]);
  });

  it('keep a welcome and a goodbye for two days, and nothing of one who was erased or only asked', async () => {
    const table = await newTable();
    const signups = signupRepository(dynamo().client, table);
    const at = instant('2026-08-01T12:30');
    const id = subscriberId(1);
    await signups.allowOwn(id);
    expect(await rawItems(dynamo().client, table)).toEqual([]);
    for (const kind of ['confirmation', 'welcome', 'goodbye'] as const) await signups.takeNotice(id, at, kind);
    const own = { pk: id, v: 1, count: 0, lastAt: at, expiresAt: instant('2026-08-03T12:30') / 1000 };
    const items = await rawItems(dynamo().client, table);
    expect(items).toHaveLength(3);
    expect(items).toEqual(
      expect.arrayContaining([
        { ...own, sk: 'notice#welcome' },
        { ...own, sk: 'notice#goodbye' },
      ]),
    );
    await subscriberRepository(dynamo().client, table).erase(id, at);
    expect(await rawItems(dynamo().client, table)).toEqual([]);
  });
});
