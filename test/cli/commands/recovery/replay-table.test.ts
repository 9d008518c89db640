import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { type ReplayTableInput, replayTable } from '../../../../cli/commands/recovery/replay-table.js';
import { lookAround } from '../../../../lambdas/learn-topics/learn-topics.js';
import { type CalendarDate, hourMs } from '../../../../shared/domain/calendar-date.js';
import type { LifecycleEvent } from '../../../../shared/domain/subscriber/consent.js';
import { slotOf } from '../../../../shared/domain/subscriber/slot.js';
import type { SubscriberId } from '../../../../shared/domain/subscriber/subscriber.js';
import { consentRepository } from '../../../../shared/storage/consents-repository.js';
import { learnedTopicRepository } from '../../../../shared/storage/examples/learned-topics.js';
import { runRepository } from '../../../../shared/storage/runs-repository.js';
import { readName, writeName } from '../../../../shared/storage/subscribers/name-row.js';
import { subscriberRepository } from '../../../../shared/storage/subscribers/subscribers-repository.js';
import { dyingClient, embeddedForTests } from '../../../storage/embedded.js';
import { rawItems } from '../../../storage/raw-items.js';
import {
  aClaim,
  aKeptTopic,
  aPaper,
  aProfile,
  aWaitingExample,
  day,
  instant,
  paperId,
  subscriberId,
} from '../../../support/builders.js';

const dynamo = embeddedForTests();
const slot = slotOf('Europe/Berlin', 7);
const [wednesday, thursday, friday] = [day('2026-08-05'), day('2026-08-06'), day('2026-08-07')];
const backupAt = instant('2026-08-05T12:00');
const now = instant('2026-08-07T12:00');
const [ann, bob, cem, dora, eva] = [1, 2, 3, 4, 5].map(subscriberId) as [
  SubscriberId,
  SubscriberId,
  SubscriberId,
  SubscriberId,
  SubscriberId,
];

describe('replaying onto a restored table', () => {
  let tables: { subscribers: string; consents: string; runs: string };
  let old: string;
  const client = () => dynamo().client;
  const subscribersIn = (table: string) => subscriberRepository(client(), table);
  const journal = (id: SubscriberId, event: LifecycleEvent, at: number, cause = 'form') =>
    consentRepository(client(), tables.consents).append({ subscriber: id, event, at, cause });
  const runs = () => runRepository(client(), tables.runs);

  beforeEach(async () => {
    old = await dynamo().createTable('subscribers');
    tables = {
      subscribers: await dynamo().createTable('subscribers'),
      consents: await dynamo().createTable('consents'),
      runs: await dynamo().createTable('runs'),
    };
    await writeName(client(), old);
  });

  async function subscribe(...ids: readonly SubscriberId[]) {
    for (const id of ids) {
      await subscribersIn(old).put(id, aProfile({ address: `${id}@example.org` }), backupAt - hourMs);
      await journal(id, 'requested', backupAt - 2 * hourMs);
      await journal(id, 'confirmed', backupAt - hourMs);
    }
  }

  async function backUp() {
    for (const Item of await rawItems(client(), old)) {
      await client().send(new PutCommand({ TableName: tables.subscribers, Item }));
    }
  }

  const batchOf = (run: CalendarDate, ...subscribers: readonly SubscriberId[]) =>
    runs().openBatch({ run, slot, seq: 0, subscribers }, backupAt);

  function replay(over: Partial<ReplayTableInput> = {}, via = client()) {
    const deps = {
      dynamo: via,
      tables,
      consents: consentRepository(via, tables.consents),
      editions: { publishedWithin: async () => [wednesday, thursday, friday] },
      runs: runs(),
      progress: () => ({ step: () => {}, end: () => {} }),
      now: () => now,
    };
    return replayTable({ isDryRun: false, ...over }, deps);
  }

  const stateOf = async (id: SubscriberId) => (await subscribersIn(tables.subscribers).states([id]))(id);
  const slotted = () => subscribersIn(tables.subscribers).inSlot(slot);

  it('takes off their slot who left or complained since, erases who was erased, and names the table at last', async () => {
    await subscribe(ann, bob, cem, dora);
    await backUp();
    await journal(bob, 'unsubscribed', now - hourMs);
    await journal(cem, 'suppressed', now - hourMs, 'complaint');
    await journal(dora, 'erased', now - hourMs);
    await journal(eva, 'requested', now - 2 * hourMs);
    await journal(eva, 'confirmed', now - hourMs);
    const report = await replay();
    expect(report).toMatchObject({ unsubscribed: 1, complained: 1, erased: 1, asTheyWere: 1, newcomers: [eva] });
    expect(await slotted()).toEqual([ann]);
    expect(await stateOf(bob)).toMatchObject({ status: 'unsubscribed' });
    expect(await stateOf(cem)).toMatchObject({ status: 'suppressed' });
    const left = await rawItems(client(), tables.subscribers);
    expect(left.filter(({ pk }) => pk === dora)).toEqual([]);
    expect(await readName(client(), tables.subscribers)).toBe(tables.subscribers);
    expect(left.filter(({ sk }) => sk === 'replay')).toEqual([]);
  });

  it('lists who asked and confirmed in one millisecond, and lets nobody back who left in the one they came in', async () => {
    await subscribe(ann);
    await journal(ann, 'unsubscribed', backupAt - hourMs);
    await backUp();
    for (const event of ['confirmed', 'requested'] as const) await journal(eva, event, now - hourMs);
    expect(await replay()).toMatchObject({ unsubscribed: 1, newcomers: [eva] });
    expect(await slotted()).toEqual([]);
  });

  it('counts as seen whatever may have been sent since, and nothing that surely was not', async () => {
    await subscribe(ann, bob);
    await subscribersIn(old).close((await subscribersIn(old).load([ann]))[0]!, wednesday, 'unmatched', `${slot}#0000`);
    await backUp();
    await batchOf(wednesday, ann, bob);
    await batchOf(thursday, ann);
    await batchOf(friday, bob);
    const quiet = { candidates: 1, open: 0, sent: 0, unmatched: 1, 'quiet-noted': 0, suppressed: 0, failed: 0 };
    const balance = { ...quiet, expired: 0, uncertain: 0 };
    const accounting = { balance, uncertain: [], broken: 0, quotaStops: 0 };
    await runs().replaceBalance(friday, `${slot}#0000`, accounting, now);
    expect(await replay()).toMatchObject({ backupEdition: wednesday, sentSince: 2 });
    expect(await stateOf(ann)).toMatchObject({
      edition: thursday,
      seen: [{ edition: thursday, isWhole: true }],
      outcomes: [{ outcome: 'unmatched' }, { edition: thursday, outcome: 'uncertain', batch: `${slot}#0000` }],
    });
    expect(await stateOf(bob)).toMatchObject({
      edition: friday,
      seen: [{ edition: wednesday, isWhole: true }],
      outcomes: [
        { edition: wednesday, outcome: 'uncertain' },
        { edition: friday, outcome: 'unmatched' },
      ],
    });
  });

  it('counts as seen what a welcome may have brought since, and ends a claim whose fate is not known', async () => {
    await subscribe(ann);
    const [subscriber] = await subscribersIn(old).load([ann]);
    const claim = aClaim({ edition: wednesday, isUnsent: true });
    await subscribersIn(old).claim(subscriber!, claim, [{ edition: wednesday, places: [2] }]);
    const confirmation = { tokenHash: 'h'.repeat(64), expiresAt: backupAt + 48 * hourMs };
    await subscribersIn(old).request(bob, aProfile({ address: 'bob@example.org' }), confirmation, backupAt);
    await backUp();
    await journal(bob, 'requested', backupAt);
    await journal(bob, 'confirmed', instant('2026-08-06T12:00'));
    expect(await replay()).toMatchObject({ active: 1, newcomers: [] });
    const settled = await stateOf(ann);
    expect(settled).toMatchObject({ outcomes: [{ edition: wednesday, outcome: 'uncertain' }] });
    expect([settled?.claim, settled?.seen]).toEqual([undefined, [{ edition: wednesday, places: [2] }]]);
    expect((await stateOf(bob))?.seen.map(({ edition }) => edition)).toEqual([thursday, friday]);
    expect(await slotted()).toEqual([ann, bob]);
    expect((await subscribersIn(tables.subscribers).load([bob]))[0]?.profile.address).toBe('bob@example.org');
  });

  it('goes on where it was killed, changes nothing when it is dry, and lets nobody be mailed before its end', async () => {
    await subscribe(ann, bob, cem);
    await backUp();
    await batchOf(thursday, ann, bob, cem);
    for (const id of [ann, bob]) await journal(id, 'unsubscribed', now - hourMs);
    const before = JSON.stringify(await rawItems(client(), tables.subscribers));
    expect(await replay({ isDryRun: true })).toMatchObject({ unsubscribed: 2, sentSince: 3 });
    expect(JSON.stringify(await rawItems(client(), tables.subscribers))).toBe(before);
    let writes = 0;
    const dies = (input: Record<string, unknown>) => {
      if ('UpdateExpression' in input) writes += 1;
      return writes > 1;
    };
    await expect(replay({}, dyingClient(client(), dies))).rejects.toThrow('the process died');
    expect(await readName(client(), tables.subscribers)).toBe(old);
    await replay();
    for (const id of [ann, bob, cem]) {
      expect((await stateOf(id))?.seen).toEqual([{ edition: thursday, isWhole: true }]);
    }
    expect(await slotted()).toEqual([cem]);
    const once = JSON.stringify(await rawItems(client(), tables.subscribers));
    expect(await replay()).toMatchObject({ unsubscribed: 0, asTheyWere: 3, sentSince: 0 });
    expect(JSON.stringify(await rawItems(client(), tables.subscribers))).toBe(once);
  });

  it('heeds who leaves while it lasts', async () => {
    await subscribe(ann);
    await subscribersIn(old).stop(ann, 'unsubscribed', backupAt);
    await journal(ann, 'unsubscribed', backupAt);
    await backUp();
    await journal(ann, 'resubscribed', now - hourMs);
    await journal(ann, 'suppressed', now, 'complaint');
    await subscribersIn(tables.subscribers).markComplaint(ann, now);
    await replay();
    expect(await stateOf(ann)).toMatchObject({ status: 'suppressed' });
  });

  it('ends a change of address that was made after the backup', async () => {
    await subscribe(ann);
    const confirmation = { tokenHash: 'h'.repeat(64), expiresAt: backupAt + 48 * hourMs, movesFrom: ann };
    await subscribersIn(old).request(bob, aProfile({ address: 'new@example.org' }), confirmation, backupAt);
    await backUp();
    await batchOf(thursday, ann);
    await journal(bob, 'requested', backupAt, 'change of address');
    await journal(bob, 'confirmed', backupAt + 20 * hourMs, 'change of address');
    await journal(ann, 'erased', backupAt + 21 * hourMs, 'change of address');
    expect(await replay()).toMatchObject({ erased: 1, newcomers: [] });
    expect(await slotted()).toEqual([bob]);
    const [moved] = await subscribersIn(tables.subscribers).load([bob]);
    expect(moved?.profile.address).toBe('new@example.org');
    expect(moved?.state.seen).toContainEqual({ edition: thursday, isWhole: true });
    expect(await stateOf(ann)).toBeUndefined();
  });

  it('leaves a change of address to its message where it may still be underway, so that never both are mailed', async () => {
    await subscribe(ann);
    const confirmation = { tokenHash: 'h'.repeat(64), expiresAt: backupAt + 48 * hourMs, movesFrom: ann };
    await subscribersIn(old).request(bob, aProfile({ address: 'new@example.org' }), confirmation, backupAt);
    await backUp();
    await journal(bob, 'requested', backupAt, 'change of address');
    await journal(bob, 'confirmed', backupAt + 20 * hourMs, 'change of address');
    expect(await replay()).toMatchObject({ asTheyWere: 2, newcomers: [] });
    expect(await slotted()).toEqual([ann]);
    expect(await stateOf(bob)).toMatchObject({ status: 'pending', confirmation });
  });

  it('fetches newcomers from the old table, where it is still there', async () => {
    await subscribe(ann);
    await backUp();
    await subscribe(bob);
    await journal(cem, 'requested', now - hourMs);
    await journal(cem, 'confirmed', now - hourMs + 1);
    expect(await replay({ newcomersFrom: old })).toMatchObject({ fetched: 1, newcomers: [cem] });
    expect(await slotted()).toEqual([ann, bob]);
  });

  it('fetches who was erased after the backup and has come back since', async () => {
    await subscribe(ann);
    await backUp();
    await journal(ann, 'erased', now - 3 * hourMs);
    await subscribersIn(old).erase(ann, now - 3 * hourMs);
    await journal(ann, 'requested', now - 2 * hourMs);
    await journal(ann, 'confirmed', now - hourMs);
    await subscribersIn(old).put(ann, aProfile({ address: 'back@example.org' }), now - hourMs);
    expect(await replay({ newcomersFrom: old })).toMatchObject({ fetched: 1, newcomers: [] });
    const [back] = await subscribersIn(tables.subscribers).load([ann]);
    expect([back?.profile.address, await slotted()]).toEqual(['back@example.org', [ann]]);
  });

  it('has the papers completed that newcomers named and that arXiv had found by then', async () => {
    await subscribe(ann);
    await backUp();
    await subscribe(bob);
    const topicsIn = (table: string) => learnedTopicRepository(client(), table);
    const asked = { at: now - hourMs, times: 1 };
    const kept = { ...aKeptTopic({ examples: [aWaitingExample(3)] }), n: 300, asked };
    for (const id of [ann, bob]) {
      await topicsIn(old).open(id, 'm', now);
      await topicsIn(old).keep(id, kept, undefined);
    }
    await replay({ newcomersFrom: old });
    const topics = topicsIn(tables.subscribers);
    // The backup has nothing of Ann's topic, and the old table is not asked for it.
    expect(await topics.due(now)).toEqual([{ subscriber: bob, mark: 'm' }]);
    const found = aPaper({ id: paperId(3), title: 'Kites', abstract: 'Kites on a string.' });
    await lookAround({
      topics,
      subscribers: subscribersIn(tables.subscribers),
      isOwnTable: async () => true,
      papers: { descriptions: async () => [found] },
      learn: async () => Buffer.from('learned'),
      lookUp: async () => {},
      mark: () => 'later',
      warn: () => {},
      now: () => now,
    });
    expect((await topics.load(bob))[0]?.topic.examples).toMatchObject([{ title: 'Kites', words: expect.any(Map) }]);
    const [fetched] = await subscribersIn(tables.subscribers).load([bob]);
    expect(fetched?.profile.topics.at(-1)).toMatchObject({ n: 300, like: expect.anything() });
    expect(await topics.due(now + 100 * hourMs)).toEqual([]);
  });
});
