import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { changeSubscription } from '../../../../lambdas/serve-pages/change-subscription.js';
import { endSubscription } from '../../../../lambdas/serve-pages/unsubscribe/end-subscription.js';
import { standingAfter } from '../../../../shared/domain/subscriber/lifecycle.js';
import { consentRepository } from '../../../../shared/storage/consents-repository.js';
import { subscriberRepository } from '../../../../shared/storage/subscribers/subscribers-repository.js';
import { embeddedForTests } from '../../../storage/embedded.js';
import { aConsent, aProfile, instant, subscriberId } from '../../../support/builders.js';

const id = subscriberId(1);
const begun = instant('2026-08-01T12:00');

describe('leaving, with the process killed at any request and its reader coming back at any other', () => {
  const dynamo = embeddedForTests();

  async function aHouse(begins: 'active' | 'unsubscribed') {
    const tables = [await dynamo().createTable('subscribers'), await dynamo().createTable('consents')] as const;
    let time = begun;
    const depsWith = (client: DynamoDBDocumentClient) => ({
      subscribers: subscriberRepository(client, tables[0]),
      consents: consentRepository(client, tables[1]),
      enqueue: async () => {},
      now: () => ++time,
    });
    const deps = depsWith(dynamo().client);
    await deps.consents.append(aConsent({ subscriber: id, event: 'requested', at: begun - 2 }));
    await deps.consents.append(aConsent({ subscriber: id, event: 'confirmed', at: begun - 1 }));
    await deps.subscribers.put(id, aProfile(), begun);
    if (begins === 'unsubscribed') await endSubscription(id, 'one-click', deps);
    const comeBack = async () => {
      const standing = { subscriber: id, status: await deps.subscribers.statusOf(id, time), at: deps.now() };
      await changeSubscription(standing, { event: 'resubscribed' }, deps);
    };
    const statusNow = () => deps.subscribers.statusOf(id, time);
    const byJournal = async () => standingAfter(await deps.consents.of(id));
    return { deps, depsWith, comeBack, statusNow, byJournal };
  }

  /** A client before whose n-th request something happens, and that dies instead of sending the m-th. */
  function troubled(happen: () => Promise<void>, { nth, dies }: { readonly nth: number; readonly dies: number }) {
    let count = 0;
    const send = async (command: object) => {
      count += 1;
      if (count === nth) await happen();
      if (count === dies) throw new Error('the process died');
      return dynamo().client.send(command as never);
    };
    return { client: { send } as unknown as DynamoDBDocumentClient, requests: () => count };
  }

  it.each(['active', 'unsubscribed'] as const)('leaves nobody stopped without an entry, from %s', async (begins) => {
    const ends = new Set<string>();
    for (let nth = 1; nth <= 5; nth += 1) {
      for (let dies = 1; dies <= 6; dies += 1) {
        const house = await aHouse(begins);
        const { client, requests } = troubled(house.comeBack, { nth, dies });
        const end = await endSubscription(id, 'one-click', house.depsWith(client)).catch(
          (error: Error) => error.message,
        );
        ends.add(end);
        const status = await house.statusNow();
        if (status === 'unsubscribed') expect([nth, dies, await house.byJournal()]).toEqual([nth, dies, status]);
        if (requests() >= dies) await endSubscription(id, 'one-click', house.deps);
        if ((await house.statusNow()) === 'unsubscribed') expect(await house.byJournal()).toBe('unsubscribed');
        else expect([begins, end]).toEqual(['unsubscribed', 'ended']);
      }
    }
    expect([...ends].sort()).toEqual(['ended', 'the process died']);
  });
});
