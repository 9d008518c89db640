import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import { slotOf } from '../../../shared/domain/subscriber/slot.js';
import { signupRepository } from '../../../shared/storage/signups-repository.js';
import {
  type SubscriberRepository,
  subscriberRepository,
} from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aConfirmation, aProfile, aState, instant, subscriberId } from '../../support/builders.js';
import { dyingClient, embeddedForTests, interruptedClient } from '../embedded.js';
import { rawItems } from '../raw-items.js';

const id = subscriberId(1);
const at = instant('2026-08-01T12:00');
const confirmation = aConfirmation();
const canary = aProfile({ address: 'canary@example.org' });

describe('the rows of a subscription', () => {
  const dynamo = embeddedForTests();

  async function newStore() {
    const { client } = dynamo();
    const table = await dynamo().createTable('subscribers');
    const open = (over = client) => subscriberRepository(over, table);
    const items = async () => (await rawItems(client, table)).filter(({ pk }) => pk !== 'slots');
    /** The same store in a process that dies at the first write of that row, or at the n-th. */
    const dyingAt = (sk: string, nth = 1) => {
      let count = 0;
      return open(
        dyingClient(client, ({ Item, Key, UpdateExpression }) => {
          const row = (Item ?? (UpdateExpression && Key)) as { sk?: string } | undefined;
          if (row?.sk === sk) count += 1;
          return row?.sk === sk && count === nth;
        }),
      );
    };
    return { subscribers: open(), table, open, signups: signupRepository(client, table), items, dyingAt };
  }

  it('go away by themselves when a stranger never confirms, and stay once they did', async () => {
    const { subscribers, items } = await newStore();
    await subscribers.request(id, canary, confirmation, at);
    expect(await items()).toMatchObject([{ sk: 'state', expiresAt: confirmation.expiresAt / 1000 }]);
    await subscribers.confirm(id, confirmation.tokenHash, at);
    expect((await items()).map(({ sk }) => sk)).toEqual(['profile', 'state']);
    expect(await items()).not.toContainEqual(expect.objectContaining({ expiresAt: expect.anything() }));
  });

  it('stay when somebody who had left asks again, and when a pending one is suppressed', async () => {
    const { subscribers, items } = await newStore();
    await subscribers.put(id, canary, at);
    await subscribers.stop(id, 'unsubscribed', at);
    for (const hash of ['a', 'b']) {
      await subscribers.request(id, canary, aConfirmation({ tokenHash: hash }), at);
      for (const item of await items()) expect(item).not.toHaveProperty('expiresAt');
    }
    const stranger = subscriberId(2);
    await subscribers.request(stranger, canary, confirmation, at);
    await subscribers.stop(stranger, 'suppressed', at);
    const mark = { pk: stranger, sk: 'state', v: 1, revision: 2, status: 'suppressed', changedAt: at };
    expect((await items()).find(({ pk }) => pk === stranger)).toEqual(mark);
  });

  it('hold no address beside a bounced one’s mark for longer than its confirmation is waited for', async () => {
    const { subscribers, items } = await newStore();
    const rows = async () => Object.fromEntries((await items()).map((item) => [item.sk, item]));
    await subscribers.request(id, canary, confirmation, at);
    await subscribers.stop(id, 'bounced', at);
    for (const hash of ['a', 'b']) {
      await subscribers.request(id, canary, aConfirmation({ tokenHash: hash }), at);
      const { state, profile } = await rows();
      expect(JSON.stringify(state)).not.toContain('canary');
      expect(state).not.toHaveProperty('expiresAt');
      expect(profile).toMatchObject({ expiresAt: confirmation.expiresAt / 1000, address: canary.address });
    }
    await subscribers.confirm(id, 'b', at);
    expect(JSON.stringify(await items())).not.toContain('expiresAt');
    expect((await rows()).profile).toMatchObject(canary);
  });

  it('keep who has come back subscribed when the process dies before the profile is filed for good', async () => {
    const { subscribers, items, dyingAt } = await newStore();
    await subscribers.request(id, canary, confirmation, at);
    await subscribers.stop(id, 'bounced', at);
    await subscribers.request(id, canary, confirmation, at);
    await expect(dyingAt('profile').confirm(id, confirmation.tokenHash, at)).rejects.toThrow('died');
    const state = (await items()).find(({ sk }) => sk === 'state');
    expect(state).toMatchObject({ status: 'active', newProfile: { profile: canary } });
  });

  it('keep, of a bounced one who was erased, the mark and how often it was written to', async () => {
    const { subscribers, signups, items } = await newStore();
    await subscribers.put(id, canary, at);
    await subscribers.stop(id, 'bounced', at);
    await subscribers.noteSoftBounce(id, at);
    await signups.takeNotice(id, at, 'comeback');
    await subscribers.erase(id, at);
    const mark = { pk: id, sk: 'state', v: 1, status: 'suppressed', suppressedBy: 'bounce', changedAt: at };
    expect(await items()).toEqual([expect.objectContaining({ sk: 'signup', count: 1 }), mark]);
  });

  it('lock nobody out whose erasure died half-way', async () => {
    const { subscribers, items, open } = await newStore();
    const dying = () => interruptedClient(dynamo().client, 2, () => Promise.reject(new Error('died'))).client;
    for (const isPaused of [false, true]) {
      await subscribers.put(id, canary, at);
      if (isPaused) await subscribers.pause(id, undefined, at);
      expect(await subscribers.finishErasure(id, at)).toBe(false);
      await expect(open(dying()).erase(id, at)).rejects.toThrow('died');
      expect(await subscribers.request(id, canary, confirmation, at)).toBe('not-new');
      expect(await subscribers.finishErasure(id, at)).toBe(true);
      expect(await items()).toContainEqual(expect.objectContaining({ sk: 'state', expiresAt: at / 1000 }));
      expect(await subscribers.finishErasure(id, at)).toBe(false);
      expect(await subscribers.request(id, canary, confirmation, at)).toBe('pending');
      expect(await subscribers.confirm(id, confirmation.tokenHash, at)).toBe('confirmed');
      expect(await subscribers.erase(id, at)).toBe('erased');
    }
  });

  it('hold no byte of an address that was erased', async () => {
    const { subscribers, signups, items } = await newStore();
    for (const status of ['pending', 'active', 'changed', 'unsubscribed', 'suppressed'] as const) {
      await signups.takeNotice(id, at, 'confirmation');
      await subscribers.request(id, canary, confirmation, at);
      if (status !== 'pending') await subscribers.confirm(id, confirmation.tokenHash, at);
      if (status === 'changed') await subscribers.change(id, { ...canary, hour: 9 }, at);
      if (status === 'unsubscribed' || status === 'suppressed') await subscribers.stop(id, status, at);
      expect(JSON.stringify(await items())).toContain('canary');
      await subscribers.erase(id, at);
      const mark = { pk: id, sk: 'state', v: 1, status: 'suppressed', changedAt: at };
      expect(await items()).toEqual(status === 'suppressed' ? [mark] : []);
    }
  });

  it('hold no address after an erasure, wherever it meets another step', async () => {
    const { subscribers, items, open } = await newStore();
    const steps: ((store: SubscriberRepository) => Promise<unknown>)[] = [
      (store) => store.change(id, { ...canary, hour: 9 }, at),
      (store) => store.confirm(id, confirmation.tokenHash, at),
      (store) => store.pause(id, at + 1, at),
      (store) => store.stop(id, 'unsubscribed', at),
    ];
    const erase = (store: SubscriberRepository) => store.erase(id, at);
    for (const step of steps) {
      for (const [outer, inner] of [[step, erase] as const, [erase, step] as const]) {
        for (let nth = 1, isReached = true; isReached; nth += 1) {
          await subscribers.request(id, canary, confirmation, at);
          if (step !== steps[1]) await subscribers.confirm(id, confirmation.tokenHash, at);
          const { client, wasInterrupted } = interruptedClient(dynamo().client, nth, () => inner(subscribers));
          await outer(open(client));
          isReached = wasInterrupted();
          if (isReached) expect(await items()).toEqual([]);
          await subscribers.erase(id, at);
        }
      }
    }
  });

  it('hold no address after the erasure of one who bounced, wherever it meets their coming back', async () => {
    const { subscribers, items, open } = await newStore();
    for (let nth = 1, isReached = true; isReached; nth += 1) {
      await subscribers.request(id, canary, confirmation, at);
      await subscribers.stop(id, 'bounced', at);
      await subscribers.request(id, canary, confirmation, at);
      const confirm = () => subscribers.confirm(id, confirmation.tokenHash, at);
      const { client, wasInterrupted } = interruptedClient(dynamo().client, nth, confirm);
      await open(client).erase(id, at);
      isReached = wasInterrupted();
      if (isReached) expect(JSON.stringify(await items())).not.toContain('canary');
      await subscribers.erase(id, at);
    }
  });

  it('of a zone that was renamed stay in the slot they are in, until the next change', async () => {
    const { subscribers, table } = await newStore();
    const former = { ...canary, timeZone: 'Europe/Kiev' };
    await subscribers.put(id, former, at);
    const kyiv = { ...canary, timeZone: 'Europe/Kyiv' };
    const [before, after] = [slotOf('Europe/Kiev', 7), slotOf('Europe/Kyiv', 7)];
    const profileKey = { pk: id, sk: 'profile' };
    const { client } = dynamo();
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: profileKey }));
    await client.send(new PutCommand({ TableName: table, Item: { ...Item, ...former } }));

    expect((await subscribers.load([id]))[0]).toMatchObject({ profile: kyiv, state: { slot: before } });
    await subscribers.pause(id, at + 5, at);
    await subscribers.resume(id, at);
    expect([await subscribers.slots(), await subscribers.inSlot(before)]).toEqual([[before], [id]]);

    await subscribers.pause(id, undefined, at);
    await subscribers.resume(id, at);
    expect(await subscribers.inSlot(after)).toEqual([id]);
    expect(await subscribers.slots()).toContain(after);
    await subscribers.change(id, kyiv, at);
    expect((await subscribers.load([id]))[0]).toMatchObject({ profile: kyiv, state: { slot: after } });
  });

  it('put nobody into a slot when the process dies before the state is written', async () => {
    const { subscribers, dyingAt } = await newStore();
    await expect(dyingAt('state').put(id, aProfile(), at)).rejects.toThrow('died');
    expect(await subscribers.load([id])).toEqual([]);
    expect(await subscribers.inSlot(aState().slot)).toEqual([]);
    expect(await subscribers.put(id, aProfile(), at)).toBe('added');
  });

  it('lose no profile, and mix none, when the process dies after the state is written', async () => {
    for (const [row, nth] of [['profile', 1] as const, ['state', 2] as const]) {
      const { subscribers, items, dyingAt } = await newStore();
      await subscribers.request(id, canary, confirmation, at);
      await expect(dyingAt(row, nth).confirm(id, confirmation.tokenHash, at)).rejects.toThrow('died');
      const whole = { id, state: aState(), profile: canary };
      expect(await subscribers.load([id])).toEqual([whole]);

      const later = { ...canary, maxPapers: 3 };
      await expect(dyingAt(row, nth).change(id, later, at)).rejects.toThrow('died');
      expect(await subscribers.load([id])).toEqual([{ ...whole, profile: later }]);
      await subscribers.pause(id, undefined, at);
      await subscribers.resume(id, at);
      expect(await subscribers.load([id])).toEqual([{ ...whole, profile: later }]);
      await subscribers.change(id, canary, at);
      expect(await subscribers.load([id])).toEqual([whole]);
      expect((await items()).find(({ sk }) => sk === 'state')).not.toHaveProperty('newProfile');
    }
  });
});
