import { describe, expect, it } from '@jest/globals';
import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { aState, aSubscriber, subscriberId } from '../../support/builders.js';
import { addressLink, aMoving, confirmation, noon, openPages, token } from './serve-pages-fixture.js';

const own = (path = '') => `/preferences${path}?token=${token('preferences')}`;
const newAddress = 'new.nest@example.org';

describe('changing an address', () => {
  it('begins with a link that is mailed, and not with one that stands in a digest', async () => {
    const { post, read, queue, writes } = openPages();
    const page = await read(own());
    expect(page).toContain(`action="${own('/address')}"`);
    expect(page).not.toMatch(/"\/address\?token=/);
    await post(own('/address'));
    expect(queue).toEqual([{ kind: 'address-link', subscriber: subscriberId(1) }]);
    expect(writes).toEqual([]);
    expect((await post(`/address?token=${token('preferences')}`, { address: newAddress })).status).toBe(403);
  });

  it('claims no second link, however often it is asked for', async () => {
    const { step } = openPages();
    for (let time = 0; time < 2; time += 1) {
      const page = await (await step(own('/address'))).text();
      expect(page).toContain('A link goes to your present address, at most one in 24 hours; it works for one hour.');
      expect(page).not.toMatch(/have sent/i);
    }
  });

  it('asks for the new address by that link for an hour, while there is a subscription', async () => {
    for (const [status, after, answer] of [
      ['active', hourMs, 200],
      ['paused', 0, 200],
      ['active', hourMs + minuteMs, 403],
      ['active', -2 * minuteMs, 403],
      ['unsubscribed', 0, 403],
      ['suppressed', 0, 403],
      ['moving', 0, 403],
    ] as const) {
      const { app, post, clock, queue } = openPages([aSubscriber({ state: aState({ status }) })]);
      clock.now = noon + after;
      expect([status, after, (await app.request(addressLink())).status]).toEqual([status, after, answer]);
      const sent = await post(addressLink(), { address: newAddress });
      expect(sent.status).toBe(answer === 200 ? 303 : 403);
      expect(queue).toHaveLength(answer === 200 ? 1 : 0);
    }
  });

  it('answers alike for every address, known or not, and queues the rest', async () => {
    const known = aSubscriber({ id: subscriberId(2), state: aState({ status: 'suppressed' }) });
    const answers = new Set<string>();
    for (const address of [newAddress, 'reader@example.org', known.profile.address]) {
      const { post, queue, writes } = openPages([aSubscriber(), known]);
      const answer = await post(addressLink(), { address });
      const cookie = answer.headers.get('set-cookie')?.replace(encodeURIComponent(address), '');
      answers.add(`${answer.status} ${answer.headers.get('location')} ${cookie} ${await answer.text()}`);
      expect(queue).toEqual([
        {
          kind: 'change-address',
          subscriber: subscriberId(1),
          address,
          page: expect.any(String),
          requestedAt: noon,
          origin: { lane: 'proven', network: expect.any(String), domain: expect.any(String) },
        },
      ]);
      expect(writes).toEqual([]);
    }
    expect([...answers]).toHaveLength(1);
    expect([...answers][0]).toContain('303 /check-inbox');
  });

  it('is counted for the subscriber, wherever they are, and asked for ten times in a day at most', async () => {
    const { post, queue } = openPages();
    const statuses: number[] = [];
    for (let time = 0; time < 11; time += 1) {
      statuses.push((await post(addressLink(), { address: `nest${time}@example${time}.org` })).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 303), 429]);
    const networks = queue.map((message) => 'origin' in message && message.origin?.network);
    expect([networks.length, new Set(networks).size]).toEqual([10, 1]);
    expect(JSON.stringify(networks)).not.toContain(subscriberId(1));
  });

  it('comes back with what was typed when it is no address, and takes nothing from another site', async () => {
    const { post, queue } = openPages();
    const wrong = await post(addressLink(), { address: 'new nest' });
    const page = await wrong.text();
    expect(wrong.status).toBe(422);
    expect(page).toContain('value="new nest"');
    expect(page).toContain('id="address-error"');
    const foreign = await post(addressLink(), { address: newAddress }, { 'Sec-Fetch-Site': 'cross-site' });
    expect(foreign.status).toBe(403);
    expect(queue).toEqual([]);
  });

  it('is confirmed from the new address: a GET shows, a POST acts, once', async () => {
    const { app, post, read, queue, writes, journal, status } = openPages([aSubscriber(), aMoving(3)]);
    const path = `/confirm?token=${confirmation(3)}`;
    expect(await read(path)).toContain('Yes, use this address');
    expect([queue, writes]).toEqual([[], []]);
    const done = await post(path);
    expect([done.status, (await done.text()).includes('Your address is changed')]).toEqual([200, true]);
    const { tokenHash = '' } = aMoving(3).state.confirmation ?? {};
    const move = { from: subscriberId(1), to: subscriberId(3), tokenHash, confirmedAt: noon };
    expect(queue).toEqual([{ kind: 'move-subscription', ...move }]);
    expect(writes).toEqual(['forget', 'append', 'beginMove']);
    expect([await status(), await status(subscriberId(3))]).toEqual(['active', 'moving']);
    expect(await journal(subscriberId(3))).toEqual(['confirmed']);
    expect(await (await post(path)).text()).toContain('already confirmed');
    expect(await (await app.request(path)).text()).toContain('already confirmed');
    expect(queue).toHaveLength(1);
  });

  it('promises a paused reader no digest, and tells the way to their preferences', async () => {
    for (const status of ['active', 'paused'] as const) {
      const { post } = openPages([aSubscriber({ state: aState({ status }) }), aMoving(3)]);
      const page = await (await post(`/confirm?token=${confirmation(3)}`)).text();
      const isPaused = status === 'paused';
      expect(page.includes('Your next digest comes to this address.')).toBe(!isPaused);
      expect(page.includes('at the end of your next digest')).toBe(!isPaused);
      expect(page.includes('Your digest stays paused; once that is over, it comes to this address.')).toBe(isPaused);
      expect(page.includes('<a href="/">the front page</a> and press “Get your link”')).toBe(isPaused);
    }
  });

  it('is over once the subscription has ended or moved elsewhere, and its link says so', async () => {
    for (const status of ['unsubscribed', 'suppressed', 'moving'] as const) {
      const { app, post, queue, writes } = openPages([aSubscriber({ state: aState({ status }) }), aMoving(3)]);
      const path = `/confirm?token=${confirmation(3)}`;
      expect((await app.request(path)).status).toBe(410);
      expect((await post(path)).status).toBe(410);
      expect([queue, writes]).toEqual([[], []]);
    }
  });

  it('leaves the old address a way out until it is done', async () => {
    const { post, status } = openPages([aSubscriber({ state: aState({ status: 'moving' }) })]);
    expect((await post(`/unsubscribe?token=${token('unsubscribe')}`)).status).toBe(200);
    expect(await status()).toBe('unsubscribed');
  });
});
