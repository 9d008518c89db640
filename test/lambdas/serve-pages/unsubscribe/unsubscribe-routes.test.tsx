import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../../shared/domain/calendar-date.js';
import { slotOf } from '../../../../shared/domain/subscriber/slot.js';
import { aProfile, aState, aSubscriber, day, subscriberId } from '../../../support/builders.js';
import { aPending, noon, openPages, token } from '../serve-pages-fixture.js';

const leave = `/unsubscribe?token=${token('unsubscribe')}`;

describe('unsubscribing', () => {
  it('asks on GET, and says goodbye to whoever leaves by the page', async () => {
    const { read, post, queue, status, journal } = openPages();
    expect(await read(leave)).toContain('<input type="hidden" name="from" value="page"/>');
    expect(await status()).toBe('active');
    for (let time = 0; time < 2; time += 1) expect((await post(leave, { from: 'page' })).status).toBe(200);
    expect(await status()).toBe('unsubscribed');
    expect(queue).toEqual([{ kind: 'goodbye', subscriber: subscriberId(1) }]);
    expect(await journal()).toEqual(['unsubscribed']);
  });

  const oneClick = new FormData();
  oneClick.set('List-Unsubscribe', 'One-Click');
  const bodies: [string, RequestInit][] = [
    ['urlencoded', { body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }) }],
    ['multipart', { body: oneClick }],
    ['empty', {}],
    ['no form at all', { body: '\u0000%zz', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }],
    ['larger than any form', { body: 'a'.repeat(20_000) }],
    ['from another site', { headers: { Origin: 'https://mail.example.com', 'Sec-Fetch-Site': 'cross-site' } }],
  ];
  it.each(bodies)('takes a one-click POST whose body is %s, without redirect, cookie or mail', async (_name, init) => {
    const { app, status, queue, consents } = openPages();
    for (let time = 0; time < 2; time += 1) {
      const answer = await app.request(leave, { method: 'POST', ...init });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(await status()).toBe('unsubscribed');
    }
    expect(queue).toEqual([]);
    expect((await consents.of(subscriberId(1))).map(({ cause }) => cause)).toEqual(['one-click']);
  });

  it('stops who is paused or has not confirmed yet, and is no error for who is unknown', async () => {
    const paused = aSubscriber({ state: aState({ status: 'paused' }) });
    const { post, subscribers } = openPages([paused, aPending()]);
    for (const number of [1, 2, 9]) {
      expect((await post(`/unsubscribe?token=${token('unsubscribe', number)}`)).status).toBe(200);
    }
    expect(await subscribers.statusOf(subscriberId(1), noon)).toBe('unsubscribed');
    expect(await subscribers.statusOf(subscriberId(2), noon)).toBe('unsubscribed');
  });

  it('claims no end, and offers no undo, by a link of an address that is gone', async () => {
    const { app, queue, journal } = openPages([aSubscriber({ id: subscriberId(2) })]);
    for (const init of [{}, { method: 'POST' }, { method: 'POST', body: new URLSearchParams({ from: 'page' }) }]) {
      const answer = await app.request(leave, init);
      const page = await answer.text();
      expect(answer.status).toBe(200);
      expect(page).toContain('Nothing is sent to this address any more.');
      expect(page).toContain('If your digest moved to another address, use the link in a mail there.');
      expect(page).not.toMatch(/You are unsubscribed|<form|token=/);
    }
    expect([queue, await journal()]).toEqual([[], []]);
  });

  it('opens by its own token only', async () => {
    const { post, status, writes } = openPages();
    for (const wrong of ['', 'x', token('preferences'), `${token('unsubscribe')}x`]) {
      expect((await post(`/unsubscribe?token=${wrong}`)).status).toBe(403);
    }
    expect([await status(), writes]).toEqual(['active', []]);
  });
});

describe('undoing it', () => {
  const undo = `/unsubscribe/undo?token=${token('resubscribe')}`;
  const left = aSubscriber({ state: aState({ status: 'unsubscribed' }) });

  it('asks on GET, and brings the digest back on POST, with when it comes next', async () => {
    const { read, post, status, writes, journal, queue } = openPages([left]);
    expect(await read(undo)).toContain('Yes, subscribe me again');
    expect([await status(), writes]).toEqual(['unsubscribed', []]);
    const answer = await post(undo);
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(await answer.text()).toContain('Your next digest comes tomorrow, Saturday, at 7 a.m. (Berlin time)');
    expect([await status(), writes, queue]).toEqual(['active', ['append', 'rejoin'], []]);
    expect(await journal()).toEqual(['resubscribed']);
  });

  it('names the digest of this evening to whoever did not have it, and that of tomorrow to whoever did', async () => {
    for (const [edition, comes] of [
      [day('2026-08-06'), 'today, Friday, at 6 p.m. (Berlin time)'],
      [day('2026-08-07'), 'tomorrow, Saturday, at 6 p.m. (Berlin time)'],
    ] as const) {
      const state = aState({ status: 'unsubscribed', slot: slotOf('Europe/Berlin', 18), edition });
      const { post } = openPages([aSubscriber({ state, profile: aProfile({ hour: 18 }) })]);
      expect(await (await post(undo)).text()).toContain(`Your next digest comes ${comes}`);
    }
  });

  it('is no error for who is subscribed already, and journalled once', async () => {
    const { read, post, journal } = openPages([left]);
    for (let time = 0; time < 2; time += 1) expect((await post(undo)).status).toBe(200);
    expect(await read(undo)).toContain('nothing to undo');
    expect(await journal()).toEqual(['resubscribed']);
  });

  it('is offered on the page that says goodbye, which gives away no other link', async () => {
    const { post, status } = openPages();
    const page = await (await post(leave, { from: 'page' })).text();
    const action = /action="(\/unsubscribe\/undo\?token=[^"]+)"/.exec(page)?.[1];
    expect(page.match(/token=/g)).toHaveLength(1);
    const back = await (await post(action!)).text();
    expect(await status()).toBe('active');
    expect(back).not.toContain('token=');
  });

  it('opens by its own token only, for thirty days, and for nobody who complained or was erased', async () => {
    const { clock, app, post, writes } = openPages([left]);
    for (const wrong of ['', token('unsubscribe'), token('preferences'), token('resubscribe', 9)]) {
      for (const method of ['GET', 'POST']) {
        expect((await app.request(`/unsubscribe/undo?token=${wrong}`, { method })).status).toBe(403);
      }
    }
    clock.now += 31 * dayMs;
    expect((await post(undo)).status).toBe(403);
    expect(writes).toEqual([]);
    const complained = openPages([aSubscriber({ state: aState({ status: 'suppressed' }) })]);
    expect((await complained.post(undo)).status).toBe(403);
    expect(complained.writes).toEqual([]);
  });

  it('is not taken from another site', async () => {
    const { post, writes } = openPages([left]);
    expect((await post(undo, {}, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect(writes).toEqual([]);
  });
});
