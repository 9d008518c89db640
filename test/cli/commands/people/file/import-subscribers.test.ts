import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import {
  type ImportDeps,
  importSubscribers,
  type WrongLine,
} from '../../../../../cli/commands/people/file/import-subscribers.js';
import type { FileLine } from '../../../../../cli/commands/people/file/subscribers-file.js';
import { standingAfter } from '../../../../../shared/domain/subscriber/lifecycle.js';
import { parseAddress } from '../../../../../shared/domain/subscriber/mail-address.js';
import type { SubscriberId } from '../../../../../shared/domain/subscriber/subscriber.js';
import { consentRepository } from '../../../../../shared/storage/consents-repository.js';
import { consentsInBulk } from '../../../../../shared/storage/register/consents-in-bulk.js';
import { subscriberRegister } from '../../../../../shared/storage/register/subscriber-register.js';
import { subscriberIdOf } from '../../../../../shared/storage/subscribers/subscriber-rows.js';
import { subscriberRepository } from '../../../../../shared/storage/subscribers/subscribers-repository.js';
import { dyingClient, embeddedForTests } from '../../../../storage/embedded.js';
import { rawItems } from '../../../../storage/raw-items.js';
import { aConfirmation, aConsent, aProfile, instant } from '../../../../support/builders.js';

const now = instant('2026-08-07T09:00');
const consentAt = instant('2026-03-01T12:00');
const key = Buffer.alloc(32, 7);
const idOf = (canonical: string) => subscriberIdOf(canonical, key);
const confirmation = aConfirmation({ expiresAt: now + 1000 });

const somebody = (email: string, over: object = {}) => ({
  ...{ email, timezone: 'Europe/Berlin', hour: '7', topics: 'llm-serving' },
  ...{ consentAt: '2026-03-01T12:00:00Z', consentSource: 'fair', ...over },
});
const reader = (number: number) => `reader${number}@example.org`;

async function* linesOf(people: readonly object[]): AsyncGenerator<FileLine> {
  for (const [index, fields] of people.entries()) yield { line: index + 2, fields: { ...fields } };
}

describe('an import of subscribers', () => {
  const dynamo = embeddedForTests();
  let tables: { readonly subscribers: string; readonly consents: string };
  let wrong: WrongLine[];
  beforeEach(async () => {
    tables = {
      subscribers: await dynamo().createTable('subscribers'),
      consents: await dynamo().createTable('consents'),
    };
    wrong = [];
  });

  const depsWith = (client: DynamoDBDocumentClient): ImportDeps => ({
    register: subscriberRegister(client, tables.subscribers),
    consents: consentRepository(client, tables.consents),
    journal: consentsInBulk(client, tables.consents),
    ...{ idOf, now, isDryRun: false, tellWrong: (line) => wrong.push(line), step: () => {} },
  });
  const run = (people: readonly object[], over: Partial<ImportDeps> = {}) =>
    importSubscribers(linesOf(people), { ...depsWith(dynamo().client), ...over });
  const subscribers = () => subscriberRepository(dynamo().client, tables.subscribers);
  const consents = () => consentRepository(dynamo().client, tables.consents);
  const everything = async () => [
    await rawItems(dynamo().client, tables.subscribers),
    await rawItems(dynamo().client, tables.consents),
  ];

  it('adds everybody with their choices, slot and consent, by what happened when', async () => {
    const people = Array.from({ length: 130 }, (_, index) => somebody(reader(index)));
    expect(await run(people)).toMatchObject({ lines: 130, imported: 130, inTheWay: {}, wrong: 0 });
    expect(await subscribers().slots()).toEqual(['Europe/Berlin@07']);
    expect(await subscribers().inSlot('Europe/Berlin@07' as never, undefined, 200)).toHaveLength(130);
    const id = idOf(reader(77));
    const journal = await consents().of(id);
    const cause = 'admin import: fair';
    expect(journal).toEqual([
      { subscriber: id, event: 'requested', at: consentAt - 1, cause, recordedAt: now },
      { subscriber: id, event: 'confirmed', at: consentAt, cause, recordedAt: now },
    ]);
    expect(standingAfter(journal)).toBe('active');
    expect((await subscribers().load([id]))[0]?.profile).toMatchObject({ address: reader(77), maxPapers: 10 });
  });

  it('touches nobody of whom anything is known, and counts them by what stood in the way', async () => {
    const known: Readonly<Record<string, (id: SubscriberId) => Promise<unknown>>> = {
      active: async () => {},
      pending: () => Promise.resolve(),
      paused: (id) => subscribers().pause(id, undefined, now),
      unsubscribed: (id) => subscribers().stop(id, 'unsubscribed', now),
      bounced: (id) => subscribers().stop(id, 'bounced', now),
      suppressed: (id) => subscribers().markComplaint(id, now),
    };
    for (const [status, become] of Object.entries(known)) {
      const id = idOf(`${status}@example.org`);
      await subscribers().request(id, aProfile({ address: `${status}@example.org` }), confirmation, now);
      if (status !== 'pending') await subscribers().confirm(id, confirmation.tokenHash, now);
      await become(id);
    }
    const before = await everything();
    const statuses = Object.keys(known);
    const people = statuses.map((status) => somebody(`${status}@example.org`));
    const counts = await run(people);
    expect(counts).toMatchObject({ imported: 0, wrong: 0, inTheWay: Object.fromEntries(statuses.map((s) => [s, 1])) });
    expect(await everything()).toEqual(before);
  });

  it('revives nobody who left or was erased after the consent, though nothing but the journal knows', async () => {
    const left = (name: string, event: 'erased' | 'unsubscribed', at: number) =>
      consents().append(aConsent({ subscriber: idOf(`${name}@example.org`), event, at }));
    await left('erased', 'erased', consentAt + 1);
    await left('gone', 'unsubscribed', consentAt + 1);
    await left('before', 'erased', consentAt - 1);
    const complaint = { event: 'suppressed', cause: 'complaint' } as const;
    await consents().append(aConsent({ subscriber: idOf('angry@example.org'), ...complaint, at: consentAt - 1 }));
    const before = await everything();
    const people = ['erased', 'gone', 'angry'].map((name) => somebody(`${name}@example.org`));
    const inTheWay = { erased: 1, unsubscribed: 1, suppressed: 1 };
    expect(await run(people)).toMatchObject({ imported: 0, inTheWay });
    expect(await everything()).toEqual(before);
    expect(await run([...people, somebody('before@example.org')])).toMatchObject({ imported: 1, inTheWay });
  });

  it('knows a mailbox by the id that earlier versions gave it', async () => {
    const spelt = 'f.irst@proton.me';
    const parsed = parseAddress(spelt);
    if (!parsed.ok || parsed.formerly === undefined) throw new Error('the address has one id only');
    await subscribers().markComplaint(idOf(parsed.formerly), now);
    expect(await run([somebody(spelt)])).toMatchObject({ imported: 0, inTheWay: { suppressed: 1 } });
  });

  it('tells of wrong lines and of mailboxes named twice, and imports the others', async () => {
    const people = [
      somebody('ada@example.org'),
      somebody('bela@example.org', { hour: '25', topics: '' }),
      somebody('chandra@example.org', { status: 'paused' }),
      somebody('ADA+papers@example.org'),
      somebody('bela@example.org'),
    ];
    expect(await run(people)).toEqual({
      lines: 5,
      imported: 2,
      inTheWay: {},
      notActiveInFile: { paused: 1 },
      wrong: 2,
    });
    expect(wrong).toEqual([
      { line: 3, field: 'hour', message: 'write a whole hour from 0 to 23' },
      { line: 3, field: 'topics', message: expect.stringMatching(/^write ids/) },
      { line: 5, field: 'email', message: 'is the mailbox of line 2 again' },
    ]);
    expect(JSON.stringify(wrong)).not.toMatch(/ada|bela/i);
  });

  it('says what it would do, and writes nothing', async () => {
    await run([somebody(reader(1))]);
    const before = await everything();
    const people = [1, 2, 3].map((number) => somebody(reader(number)));
    expect(await run(people, { isDryRun: true })).toMatchObject({ imported: 2, inTheWay: { active: 1 } });
    expect(await everything()).toEqual(before);
  });

  it('reads the journal once, and after that only of those who are in it and nowhere else', async () => {
    const people = Array.from({ length: 60 }, (_, index) => somebody(reader(index)));
    await run(people.slice(0, 20));
    await consents().append(aConsent({ subscriber: idOf(reader(30)), event: 'erased', at: consentAt + 1 }));
    const asked: SubscriberId[] = [];
    const of = (id: SubscriberId) => {
      asked.push(id);
      return consents().of(id);
    };
    const counts = await run(people, { consents: { of } });
    expect(counts).toMatchObject({ imported: 39, inTheWay: { active: 20, erased: 1 } });
    expect(asked).toEqual([idOf(reader(30))]);
  });

  it('goes on where it died, at whichever request: each is there once, and whoever is there has their consent', async () => {
    const people = Array.from({ length: 6 }, (_, index) => somebody(reader(index)));
    let isDead = true;
    for (let nth = 1; isDead; nth += 1) {
      tables = {
        subscribers: await dynamo().createTable('subscribers'),
        consents: await dynamo().createTable('consents'),
      };
      let count = 0;
      const dying = dyingClient(dynamo().client, () => {
        count += 1;
        return count >= nth;
      });
      isDead = await run(people, depsWith(dying)).then(
        () => false,
        () => true,
      );
      for (const { email } of people) {
        const [added] = await subscribers().load([idOf(email)]);
        if (added) expect(standingAfter(await consents().of(added.id))).toBe('active');
      }
      const { imported, inTheWay } = await run(people);
      expect(imported + (inTheWay.active ?? 0)).toBe(6);
      const items = await rawItems(dynamo().client, tables.subscribers);
      expect(items.map(({ sk }) => sk).sort()).toEqual([
        'Europe/Berlin@07',
        ...people.map(() => 'profile'),
        ...people.map(() => 'state'),
      ]);
      expect(await rawItems(dynamo().client, tables.consents)).toHaveLength(12);
    }
  });
});
