import { beforeEach, describe, expect, it } from '@jest/globals';
import { standingAfter } from '../../shared/domain/subscriber/lifecycle.js';
import { type ConsentRepository, consentRepository } from '../../shared/storage/consents-repository.js';
import { aConsent, subscriberId } from '../support/builders.js';
import { fakeConsentRepository } from '../support/fake-consent-repository.js';
import { embeddedForTests, onSmallPages } from './embedded.js';

function consentsContract(make: () => Promise<ConsentRepository>): void {
  let consents: ConsentRepository;
  const { subscriber, at } = aConsent();
  beforeEach(async () => {
    consents = await make();
  });

  it('tells every entry of one subscriber, oldest first', async () => {
    const entries = [
      aConsent({ page: '2026-11' }),
      aConsent({ event: 'confirmed', at: at + 900, cause: 'confirmation link' }),
      aConsent({ event: 'unsubscribed', at: at + 1000, cause: 'one-click' }),
      aConsent({ event: 'erased', at: at + 100_000, cause: 'preferences page' }),
    ];
    for (const entry of [2, 0, 3, 1]) await consents.append(entries[entry]!);
    await consents.append(aConsent({ subscriber: subscriberId(2) }));
    expect(await consents.of(subscriber)).toEqual(entries);
    expect(await consents.of(subscriberId(3))).toEqual([]);
  });

  it('adds an entry once, however often it is given, and never changes it', async () => {
    await Promise.all(Array.from({ length: 10 }, () => consents.append(aConsent())));
    await consents.append(aConsent({ cause: 'something else' }));
    expect(await consents.of(subscriber)).toEqual([aConsent()]);
  });

  it('keeps two events of the same instant', async () => {
    await consents.append(aConsent({ event: 'requested' }));
    await consents.append(aConsent({ event: 'erased' }));
    expect((await consents.of(subscriber)).map(({ event }) => event)).toEqual(['erased', 'requested']);
  });

  it('has who asked and confirmed at the same instant as active, in whatever order that was written', async () => {
    for (const events of [['requested', 'confirmed'] as const, ['confirmed', 'requested'] as const]) {
      const own = subscriberId(events[0] === 'requested' ? 4 : 5);
      for (const event of events) await consents.append(aConsent({ subscriber: own, event }));
      expect((await consents.of(own)).map(({ event }) => event)).toEqual(['requested', 'confirmed']);
      expect(standingAfter(await consents.of(own))).toBe('active');
    }
  });
}

describe('the consent journal in memory', () => consentsContract(async () => fakeConsentRepository()));

describe('the consent journal in DynamoDB', () => {
  const dynamo = embeddedForTests();
  consentsContract(async () =>
    consentRepository(onSmallPages(dynamo().client), await dynamo().createTable('consents')),
  );
});
