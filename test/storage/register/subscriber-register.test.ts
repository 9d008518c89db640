import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { type SubscriberRegister, subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import {
  type SubscriberRepository,
  subscriberRepository,
} from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aConfirmation, aProfile, instant, subscriberId } from '../../support/builders.js';
import { dyingClient, embeddedForTests, interruptedClient } from '../embedded.js';
import { rawItems } from '../raw-items.js';

const id = subscriberId(1);
const at = instant('2026-08-07T05:15');
const confirmedAt = instant('2026-03-01T12:00');
const when = { confirmedAt, at };
const profile = aProfile({ timeZone: 'UTC', hour: 6 });
const confirmation = aConfirmation({ expiresAt: at + 1000 });

describe('the register of subscribers', () => {
  const dynamo = embeddedForTests();
  let table: string;
  let register: SubscriberRegister;
  let subscribers: SubscriberRepository;
  let unreadable: string[];
  beforeEach(async () => {
    table = await dynamo().createTable('subscribers');
    unreadable = [];
    register = subscriberRegister(dynamo().client, table);
    subscribers = subscriberRepository(dynamo().client, table);
  });

  const standing = async (one: SubscriberId) => (await register.standings([one])).get(one)?.standing ?? 'none';
  const subscribe = async (one: SubscriberId) => {
    await subscribers.request(one, profile, confirmation, at);
    await subscribers.confirm(one, confirmation.tokenHash, at);
  };
  const listed = async (now = at) => {
    const ids: SubscriberId[] = [];
    for await (const page of register.everybody(now, (bad) => unreadable.push(bad)))
      ids.push(...page.map((known) => known.id));
    return ids.sort();
  };

  describe('admitting', () => {
    it('makes an active subscriber whom the planner finds, and who may change and leave like everybody else', async () => {
      expect(await register.admit(id, profile, when)).toBe('admitted');
      const [loaded] = await subscribers.load([id]);
      expect(loaded).toMatchObject({ profile, state: { status: 'active', slot: 'UTC@06', outcomes: [], seen: [] } });
      expect(await subscribers.slots()).toEqual(['UTC@06']);
      expect(await subscribers.inSlot(loaded!.state.slot)).toEqual([id]);
      expect(await subscribers.hasConfirmedSince(id, confirmedAt)).toBe(true);
      expect(await subscribers.hasConfirmedSince(id, confirmedAt + 1)).toBe(false);
      await subscribers.change(id, aProfile({ maxPapers: 3 }), at);
      expect((await subscribers.load([id]))[0]).toMatchObject({ profile: { maxPapers: 3 } });
      expect(await subscribers.stop(id, 'unsubscribed', at)).toBe('stopped');
    });

    it('enters the slot of every weekday that was chosen', async () => {
      await register.admit(id, aProfile({ days: '15' as never }), when);
      await register.admit(subscriberId(2), aProfile({ days: '15' as never }), when);
      expect(await subscribers.slots([1])).toEqual(['Europe/Berlin@07/15']);
      expect(await subscribers.slots([2])).toEqual([]);
    });

    it('leaves everybody as they are of whom anything is known', async () => {
      const others: Readonly<Record<string, (one: SubscriberId) => Promise<unknown>>> = {
        active: subscribe,
        pending: (one) => subscribers.request(one, profile, confirmation, at),
        paused: async (one) => [await subscribe(one), await subscribers.pause(one, undefined, at)],
        unsubscribed: async (one) => [await subscribe(one), await subscribers.stop(one, 'unsubscribed', at)],
        bounced: async (one) => [await subscribe(one), await subscribers.stop(one, 'bounced', at)],
        suppressed: (one) => subscribers.markComplaint(one, at),
        erasedMark: async (one) => [await subscribers.markComplaint(one, at), await subscribers.erase(one, at)],
      };
      let number = 10;
      for (const become of Object.values(others)) {
        const one = subscriberId(++number);
        await become(one);
        const own = async () => (await rawItems(dynamo().client, table)).filter(({ pk }) => pk === one);
        const before = await own();
        expect(await register.admit(one, aProfile({ maxPapers: 1 }), when)).toBe('known');
        expect(await own()).toEqual(before);
      }
    });

    it('goes on where it died, at whichever request that was', async () => {
      for (let nth = 1; nth <= 3; nth += 1) {
        const one = subscriberId(20 + nth);
        let count = 0;
        const dying = subscriberRegister(
          dyingClient(dynamo().client, () => ++count === nth),
          table,
        );
        await expect(dying.admit(one, aProfile({ maxPapers: 1 }), when)).rejects.toThrow('died');
        expect(await subscribers.load([one])).toEqual([]);
        expect(await register.admit(one, profile, when)).toBe('admitted');
        expect((await subscribers.load([one]))[0]).toMatchObject({ profile });
      }
    });

    it('is once when its reply was lost', async () => {
      await register.admit(id, profile, when);
      expect(await register.admit(id, profile, when)).toBe('admitted');
      expect(await register.admit(id, profile, { ...when, confirmedAt: confirmedAt + 1 })).toBe('known');
    });

    it('gives way to who asks at the same time, and leaves no address beside them', async () => {
      for (let nth = 1; nth <= 4; nth += 1) {
        const one = subscriberId(30 + nth);
        const theirs = aProfile({ maxPapers: 7 });
        const request = () => subscribers.request(one, theirs, confirmation, at);
        const { client, wasInterrupted } = interruptedClient(dynamo().client, nth, request);
        const answer = await subscriberRegister(client, table).admit(one, profile, when);
        if (!wasInterrupted()) expect(await request()).toBe('not-new');
        else if (answer === 'known') {
          expect(await standing(one)).toBe('pending');
          await subscribers.confirm(one, confirmation.tokenHash, at);
          expect((await subscribers.load([one]))[0]).toMatchObject({ profile: theirs });
        }
        const profiles = (await rawItems(dynamo().client, table)).filter(
          ({ pk, sk }) => pk === one && sk === 'profile',
        );
        expect(profiles).toHaveLength(1);
      }
    });
  });

  describe('telling', () => {
    it('names everybody with their standing over all pages, but nobody whose request ran out', async () => {
      const everybody = Array.from({ length: 120 }, (_, index) => subscriberId(index));
      for (const one of everybody) await register.admit(one, profile, when);
      const late = subscriberId(500);
      await subscribers.request(late, profile, confirmation, at);
      expect(await listed()).toEqual([...everybody, late].sort());
      expect(await listed(confirmation.expiresAt)).toEqual([...everybody].sort());
    });

    it('knows slots, confirmations and the two kinds of suppression, and nothing of strangers', async () => {
      const [bounced, complained, stranger] = [subscriberId(2), subscriberId(3), subscriberId(4)];
      await register.admit(id, profile, when);
      await register.admit(bounced, profile, when);
      await subscribers.stop(bounced, 'bounced', at);
      await subscribers.markComplaint(complained, at);
      const told = await register.standings([id, bounced, complained, stranger]);
      expect([...told.values()].sort((one, other) => (one.id < other.id ? -1 : 1))).toEqual([
        { id, standing: 'active', slot: 'UTC@06', confirmedAt },
        { id: bounced, standing: 'bounced', confirmedAt },
        { id: complained, standing: 'suppressed' },
      ]);
    });
  });

  describe('releasing', () => {
    const bounce = async () => {
      await subscribe(id);
      await subscribers.stop(id, 'bounced', at);
    };

    it('brings back who bounced with their choices, as what they were', async () => {
      await bounce();
      expect(await register.release(id, 'active', at)).toBe('released');
      const [loaded] = await subscribers.load([id]);
      expect(loaded).toMatchObject({ profile, state: { status: 'active', slot: 'UTC@06' } });
      expect(loaded?.state.suppressedBy).toBeUndefined();
      expect(await subscribers.inSlot(loaded!.state.slot)).toEqual([id]);
      await subscribers.stop(id, 'bounced', at);
      expect(await register.release(id, 'unsubscribed', at)).toBe('released');
      expect(await standing(id)).toBe('unsubscribed');
      expect(await subscribers.inSlot(loaded!.state.slot)).toEqual([]);
    });

    it('takes the choices that were confirmed, not those that somebody asked for since', async () => {
      await bounce();
      await subscribers.request(id, aProfile({ maxPapers: 1 }), confirmation, at);
      expect(await register.release(id, 'active', at)).toBe('released');
      expect((await subscribers.load([id]))[0]).toMatchObject({ profile });
      expect(await subscribers.confirm(id, confirmation.tokenHash, at)).toBe('refused');
    });

    it('forgets a bounce of whom nothing else is kept, so that they may sign up', async () => {
      await bounce();
      await subscribers.erase(id, at);
      expect(await register.release(id, 'active', at)).toBe('released');
      expect(await rawItems(dynamo().client, table)).toEqual([expect.objectContaining({ pk: 'slots' })]);
      expect(await subscribers.request(id, profile, confirmation, at)).toBe('pending');
    });

    it('is refused to who complained, and to who is not suppressed at all', async () => {
      await subscribers.markComplaint(id, at);
      expect(await register.release(id, 'active', at)).toBe('refused');
      expect(await register.release(subscriberId(2), 'active', at)).toBe('refused');
      await subscribe(subscriberId(3));
      expect(await register.release(subscriberId(3), 'unsubscribed', at)).toBe('refused');
      expect(await standing(subscriberId(3))).toBe('active');
    });
  });

  it('sweeps what an erasure has left under the id, but no mark and no count of confirmations beside it', async () => {
    const own = async () => (await rawItems(dynamo().client, table)).filter(({ pk }) => pk === id).map(({ sk }) => sk);
    const leftOver = (sk: string) => dynamo().client.send(new PutCommand({ TableName: table, Item: { pk: id, sk } }));
    await leftOver('profile');
    await leftOver('something new');
    await register.sweep(id);
    expect(await own()).toEqual([]);
    await subscribers.markComplaint(id, at);
    for (const sk of ['signup', 'something new']) await leftOver(sk);
    await register.sweep(id);
    expect((await own()).sort()).toEqual(['signup', 'state']);
  });

  it('tells of a row that a newer version wrote, and lists the others', async () => {
    for (const one of [id, subscriberId(2)]) await register.admit(one, profile, when);
    const spoilt = { TableName: table, Key: { pk: id, sk: 'state' }, UpdateExpression: 'SET v = :v' };
    await dynamo().client.send(new UpdateCommand({ ...spoilt, ExpressionAttributeValues: { ':v': 99 } }));
    expect([await listed(), unreadable]).toEqual([[subscriberId(2)], [id]]);
    await expect(register.standings([id])).rejects.toThrow('version 99');
  });
});
