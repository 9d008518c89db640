import { describe, expect, it } from '@jest/globals';
import { stampForm } from '../../../../lambdas/serve-pages/subscribe/form-stamp.js';
import type { SendNotice } from '../../../../shared/contract/messages.js';
import { pageVersion } from '../../../../shared/contract/page-version.js';
import { dayMs } from '../../../../shared/domain/calendar-date.js';
import { catalogue, parseCatalogue, topicGroups } from '../../../../shared/domain/subscriber/catalogue.js';
import type { SubscriberId } from '../../../../shared/domain/subscriber/subscriber.js';
import { subscriberIdOf } from '../../../../shared/storage/subscribers/subscriber-rows.js';
import { aProfile, aState, aSubscriber, subscriberId } from '../../../support/builders.js';
import { fakeSubscriberRepository } from '../../../support/fake-subscriber-repository.js';
import { aPending, canary, confirmation, keys, noon, openPages, stampIn, token } from '../serve-pages-fixture.js';

const choices = { hour: '7', timezone: 'Europe/Berlin', maxPapers: '10', filter: '', filterName: '' };
const valid = { ...choices, address: canary, topic: 'tables', homepage: '' };

let stamps = 0;

/** The stamp of another form that has been open for a minute. */
const aStamp = () => {
  stamps += 1;
  return stampForm(keys.signing[0], noon, `form${stamps}`);
};

/** The pages, with a form that has been open for a minute. */
async function openForm(...given: Parameters<typeof openPages>) {
  const pages = openPages(...given);
  const stamp = stampIn(await pages.read('/'));
  pages.clock.now += 60_000;
  return { ...pages, stamp };
}

describe('the form', () => {
  it('leads from a visitor without JavaScript to an active subscriber', async () => {
    const { post, queue, stamp, status, journal } = await openForm([aPending()]);
    const answer = await post('/subscribe', { ...valid, stamp });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/check-inbox']);
    expect(queue).toEqual([
      {
        kind: 'answer-request',
        address: canary,
        timeZone: 'Europe/Berlin',
        hour: 7,
        topics: [{ catalogueId: 'tables' }],
        maxPapers: 10,
        page: pageVersion,
        requestedAt: noon + 60_000,
        origin: { lane: 'unproven', network: expect.any(String), domain: expect.any(String) },
      },
    ]);
    const confirmed = await post(`/confirm?token=${confirmation()}`);
    expect(confirmed.status).toBe(200);
    expect(await status(subscriberId(2))).toBe('active');
    expect(await journal(subscriberId(2))).toEqual(['confirmed']);
    expect(queue.at(-1)).toEqual({ kind: 'welcome', subscriber: subscriberId(2) });
    const page = await confirmed.text();
    expect(page).toContain('Your first regular digest comes tomorrow, Saturday, at 7 a.m. (Berlin time)');
    const link = /href="(\/preferences\?token=[^"]+)"/.exec(page)?.[1];
    expect(link).toBeDefined();
  });

  it('asks on which days the digest should come, and passes them on', async () => {
    const { post, queue, stamp, read } = await openForm();
    const page = await read('/');
    expect(page).toMatch(/<input type="radio" name="days" value="daily" checked/);
    expect(page.match(/<input type="checkbox" name="day" value="[1-7]"/g)).toHaveLength(7);
    const days = [['days', 'chosen'], ...['2', '6'].map((day) => ['day', day])] as [string, string][];
    await post('/subscribe', [...Object.entries({ ...valid, stamp, weekDay: '5' }), ...days]);
    await post('/subscribe', { ...valid, stamp: aStamp(), days: 'weekly', weekDay: '3' });
    expect(queue).toMatchObject([{ days: '26' }, { days: 'w3' }]);
  });

  it('comes back with the days as they were sent, and one line that says what to do', async () => {
    const { post, queue, stamp } = await openForm();
    const answer = await post('/subscribe', { ...valid, stamp, days: 'chosen', weekDay: '3' });
    const page = await answer.text();
    expect([answer.status, queue]).toEqual([422, []]);
    expect(page).toContain('<a href="#days">Choose at least one day of the week.</a>');
    expect(page).toMatch(/id="days"[^>]*aria-describedby="days-error"/);
    expect(page).toMatch(/name="days" value="chosen" checked/);
    expect(page).toMatch(/<option value="3" selected(="")?>Wednesday/);
  });

  it('takes an address alone: everything that rises, by UTC until the script or somebody chose a zone', async () => {
    const { topics: all } = parseCatalogue([
      { id: 'everything', name: 'All topics', description: 'All.', filter: 'score>=0' },
    ]);
    const { read, post, queue, stamp } = await openForm([], { catalogue: all });
    const page = await read('/');
    expect(page).toMatch(/<select id="timezone"[^>]*data-guess="yes"[^>]*><option value="UTC" selected/);
    expect((await post('/subscribe', { ...choices, timezone: 'UTC', address: canary, stamp })).status).toBe(303);
    expect(queue).toMatchObject([{ topics: [{ catalogueId: 'everything' }], timeZone: 'UTC', hour: 7, maxPapers: 10 }]);
  });

  it('takes a group for its topics, names to follow and categories for own filters', async () => {
    const { post, queue, stamp } = await openForm();
    const sent: [string, string][] = [
      ...Object.entries({
        ...choices,
        address: canary,
        stamp,
        authors: ' Ada "Quill",Ben Okafor ',
        organisations: 'Wick Lab',
      }),
      ['topic', 'tables'],
      ['group', 'machines'],
      ['category', 'cs.CL'],
      ['category', 'cs.LG'],
    ];
    expect((await post('/subscribe', sent)).status).toBe(303);
    const [request] = queue;
    expect(request).toMatchObject({
      topics: [
        { catalogueId: 'tables' },
        { catalogueId: 'robots' },
        { name: 'Ada Quill', filter: 'author:"Ada Quill"' },
        { name: 'Ben Okafor', filter: 'author:"Ben Okafor"' },
        { name: 'Wick Lab', filter: 'org:"Wick Lab"' },
        { name: 'cs.CL, cs.LG', filter: 'cat:cs.CL OR cat:cs.LG' },
      ],
    });
  });

  it('keeps groups, names and categories beside what is wrong with them, and opens what is folded away', async () => {
    const { read, post, stamp } = await openForm();
    expect(await read('/')).not.toContain('<details class="adjust" open');
    const sent: [string, string][] = [
      ...Object.entries({ ...choices, address: canary, stamp, authors: '!!!', organisations: 'Wick Lab' }),
      ['group', 'machines'],
      ['category', 'cs.XX'],
    ];
    const answer = await post('/subscribe', sent);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('<details class="adjust" open');
    for (const field of ['authors', 'category']) expect(page).toMatch(new RegExp(`id="${field}-error"`));
    for (const kept of ['value="machines" checked', 'value="!!!"', 'value="Wick Lab"']) expect(page).toContain(kept);
  });

  it('refuses more names than one may have filters', async () => {
    const { post, queue, stamp } = await openForm();
    const authors = Array.from({ length: 40 }, (_, index) => `Ada Quill${index}`).join(',');
    const answer = await post('/subscribe', { ...choices, address: canary, stamp, authors });
    expect([answer.status, queue]).toEqual([422, []]);
    expect(await answer.text()).toContain('You can have at most 10 filters of your own.');
  });

  it('offers those who are subscribed their link, by the same form', async () => {
    const page = await openPages().read('/');
    expect(page).toMatch(/Already subscribed\? [^<]*<button type="submit" class="plain">Get your link<\/button>/);
  });

  it('is small and short: at most 60 KB, and its script only where there is a form', async () => {
    const { read } = openPages([aSubscriber()], { catalogue, groups: topicGroups });
    const page = await read('/');
    expect(Buffer.byteLength(page)).toBeLessThanOrEqual(60 * 1024);
    expect(page).toContain('<script');
    for (const path of ['/search', '/privacy', '/how', '/check-inbox', '/hindsight', '/editions/2026-08-07'])
      expect([path, (await read(path)).includes('<script')]).toEqual([path, false]);
  });

  it('queues what was ticked with the rest', async () => {
    const { post, queue, stamp } = await openForm();
    await post('/subscribe', { ...valid, stamp, aiSummaries: 'no', quietDays: 'best-unseen' });
    expect(queue).toMatchObject([{ aiSummaries: false, quietDays: 'best-unseen' }]);
  });

  it('shows on the next page what was made of the address, which no URL holds', async () => {
    const { app, post, queue, stamp } = await openForm();
    const pasted = '\u200bCanary Bird <mailto:canary.bird@EXAMPLE.org>,';
    const answer = await post('/subscribe', { ...valid, address: pasted, stamp });
    expect(queue).toMatchObject([{ address: canary }]);
    expect(answer.headers.get('location')).toBe('/check-inbox');
    const [cookie = '', ...attributes] = (answer.headers.get('set-cookie') ?? '').split('; ');
    expect(attributes.sort()).toEqual(['HttpOnly', 'Max-Age=600', 'Path=/check-inbox', 'SameSite=Strict', 'Secure']);
    const next = await app.request('/check-inbox', { headers: { cookie } });
    expect(next.headers.get('cache-control')).toBe('no-store');
    expect(await next.text()).toContain(`<strong>${canary}</strong>`);
  });

  it('shows nothing that is no address, and does without a cookie', async () => {
    const { app } = await openForm();
    for (const value of ['', 'nobody', '%3Cscript%3E', encodeURIComponent(`Call 555 <${canary}>`), '%E0%A4%A']) {
      const page = await (await app.request('/check-inbox', { headers: { cookie: `typed-address=${value}` } })).text();
      expect(page).toContain('send email to the address you gave, a message is on');
      expect(page).not.toContain('<strong>');
    }
  });

  it('offers time zones under today’s names, and shows an older name’s zone so', async () => {
    const { post, read, queue, stamp } = await openForm();
    expect(await read('/')).toContain('<option value="Europe/Kyiv" data-former="Europe/Kiev">Kyiv</option>');
    const refused = await post('/subscribe', { ...valid, stamp, address: '', timezone: 'Asia/Rangoon' });
    expect(await refused.text()).toMatch(/<option value="Asia\/Yangon" selected[^>]*>Yangon<\/option>/);
    await post('/subscribe', { ...valid, stamp, timezone: 'America/Godthab' });
    expect(queue).toMatchObject([{ timeZone: 'America/Nuuk' }]);
  });

  it('answers byte for byte alike for whoever is new, pending, active, paused, left or suppressed', async () => {
    const id = subscriberIdOf(canary, keys.identity);
    const answers = new Set<string>();
    for (const status of ['new', 'pending', 'active', 'paused', 'unsubscribed', 'suppressed'] as const) {
      const known =
        status === 'new'
          ? []
          : [aSubscriber({ id, state: aState({ status }), profile: aProfile({ address: canary }) })];
      const { app, post, stamp, writes } = await openForm(known);
      const answer = await post('/subscribe', { ...valid, stamp });
      const followed = await app.request(answer.headers.get('location') ?? '');
      const parts = [answer.status, [...answer.headers], await answer.text(), followed.status, [...followed.headers]];
      answers.add(JSON.stringify([...parts, await followed.text()]));
      expect(writes).toEqual([]);
    }
    expect(answers.size).toBe(1);
  });

  it('keeps what was typed, and says at each field what is wrong', async () => {
    const { post, queue, stamp } = await openForm();
    const typed = {
      stamp,
      address: 'nobody',
      filter: 'robots AND )',
      filterName: 'Mine',
      hour: '7',
      timezone: '',
      maxPapers: '9',
    };
    const answer = await post('/subscribe', typed);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(queue).toEqual([]);
    for (const field of ['address', 'filter', 'timezone']) {
      expect(page).toContain(`<a href="#${field}">`);
      expect(page).toContain(`id="${field}-error"`);
      expect(page).toMatch(new RegExp(`id="${field}"[^>]*aria-describedby="[^"]*${field}-error[ "]`));
    }
    for (const kept of ['value="nobody"', '>robots AND )</textarea>', 'value="Mine"', 'value="9"'])
      expect(page).toContain(kept);
    expect(page).toContain('A word is missing between &quot;AND&quot; and &quot;)&quot;.');
    expect(page).toContain('robots AND <mark>)</mark>');
    expect(stampIn(page)).toBe(stamp);
  });

  it('escapes what was typed', async () => {
    const { post, stamp } = await openForm();
    const hostile = '"><script>alert(1)</script>';
    const sent = { stamp, address: hostile, filter: `</textarea>${hostile}(`, filterName: hostile, timezone: hostile };
    expect(await (await post('/subscribe', sent)).text()).not.toContain('<script>');
  });

  it('asks again, with everything kept, after more than a day or with a stamp that is not ours', async () => {
    for (const [later, wrong] of [
      [dayMs + 1, undefined],
      [0, 'x'],
      [0, token('preferences')],
    ] as const) {
      const { post, queue, clock, stamp } = await openForm();
      clock.now += later;
      const answer = await post('/subscribe', { ...valid, stamp: wrong ?? stamp });
      const page = await answer.text();
      expect([answer.status, queue.length]).toEqual([422, 0]);
      expect(page).toContain(`value="${canary}"`);
      expect(page).toMatch(/value="tables" checked/);
      expect((await post('/subscribe', { ...valid, stamp: stampIn(page) })).status).toBe(303);
      expect(queue).toHaveLength(1);
    }
  });

  it('thanks programs like everybody else, and queues nothing', async () => {
    const said: unknown[] = [];
    const warn = (message: string, what: object) => void said.push(message, what);
    const { app, post, queue, clock, stamp } = await openForm([], { warn });
    const thanked = await post('/subscribe', { ...valid, stamp });
    queue.length = 0;
    expect(said).toEqual([]);
    const trapped = await post('/subscribe', { ...valid, stamp, homepage: 'https://spam.example' });
    const hasty = stampIn(await (await app.request('/')).text());
    clock.now += 1999;
    const early = await post('/subscribe', { ...valid, stamp: hasty });
    for (const answer of [trapped, early]) {
      expect([answer.status, [...answer.headers]]).toEqual([thanked.status, [...thanked.headers]]);
    }
    expect(queue).toEqual([]);
    const ignored = 'a form was taken for a program’s and ignored';
    expect(said).toEqual([
      ...[ignored, { why: 'the hidden field was filled in' }],
      ...[ignored, { why: 'it was sent within two seconds after it was opened' }],
    ]);
    clock.now += 1;
    await post('/subscribe', { ...valid, stamp: hasty });
    expect(queue).toHaveLength(1);
  });

  it('takes nothing from another site, whatever the browser says it by', async () => {
    const { post, queue, stamp } = await openForm();
    for (const headers of [
      { 'Sec-Fetch-Site': 'cross-site' },
      { 'Sec-Fetch-Site': 'same-site' },
      { Origin: 'https://evil.example' },
    ]) {
      expect((await post('/subscribe', { ...valid, stamp }, headers)).status).toBe(403);
    }
    expect(queue).toEqual([]);
    const ours = [
      { 'Sec-Fetch-Site': 'same-origin', Origin: 'null' },
      { Origin: 'http://localhost' },
      { Origin: 'null' },
      {},
    ];
    for (const headers of ours) expect((await post('/subscribe', { ...valid, stamp }, headers)).status).toBe(303);
  });
});

describe('a hostile body', () => {
  const urlencoded = 'application/x-www-form-urlencoded';
  const multipart = new FormData();
  multipart.set('address', canary);
  multipart.set('topic', new Blob(['x']), 'x.txt');
  const bodies: [string, number, NonNullable<RequestInit['body']>, string?][] = [
    ['of 17 KB', 413, `address=${canary}&filter=${'a'.repeat(17 * 1024)}`],
    ['in multipart with a file', 415, multipart, ''],
    ['in JSON', 415, JSON.stringify(valid), 'application/json'],
    ['as text', 415, `address=${canary}`, 'text/plain'],
    ['in another charset', 415, `address=${canary}`, `${urlencoded}; charset=latin1`],
    ['with a broken escape', 400, `address=${canary}&filter=%zz`],
    ['with an escape cut off', 400, `address=${canary}&filter=%e`],
    ['with bytes that are no UTF-8', 400, new Uint8Array([...Buffer.from(`address=${canary}&filter=`), 0xff, 0xfe])],
    ['with escapes that are no UTF-8', 400, `address=${canary}&filter=%ff`],
    ['with half a surrogate pair', 400, `address=${canary}&filter=%ed%a0%80`],
    ['with a zero byte', 400, `address=${canary}%00`],
    ['with an unknown field', 400, `address=${canary}&admin=true`],
    ["with a field named like an object's own", 400, `address=${canary}&__proto__=x&constructor=y`],
    ['with an array in brackets', 400, `address[]=${canary}&topic[0]=tables`],
    ['with two addresses', 400, `address=${canary}&address=other@example.org`],
    ['that is empty', 422, ''],
    ['with 200 topics', 422, `address=${canary}&${Array(200).fill('topic=tables').join('&')}`],
    ['with topics that there are not', 422, `address=${canary}&topic=secret`],
    ['with numbers that are none', 422, `address=${canary}&topic=tables&hour=1e1&maxPapers=-1&timezone=../etc/passwd`],
  ];

  it.each(bodies)('%s gets a page (%d) that says what to do', async (_name, status, body, type = urlencoded) => {
    const { app, queue, log, stamp } = await openForm();
    const whole = typeof body === 'string' && status === 422 ? `${body}&stamp=${stamp}` : body;
    const headers = type === '' ? {} : { 'Content-Type': type };
    const answer = await app.request('/subscribe', { method: 'POST', body: whole, headers });
    const page = await answer.text();
    expect(answer.status).toBe(status);
    expect(page).toContain('<h1>');
    expect([queue, log]).toEqual([[], []]);
    // The form is shown again with what was typed; no other page holds it.
    if (status !== 422) expect(page).not.toContain('canary');
  });

  it('that the queue refuses is answered without a word of what was typed', async () => {
    const { post, log, stamp } = await openForm([], {
      enqueue: async () => Promise.reject(new Error(`refused ${canary}`)),
    });
    const answer = await post('/subscribe', { ...valid, stamp });
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain('canary');
    expect(log).toEqual(['a page failed {"page":"/subscribe","error":"Error"}']);
  });
});

describe('confirming', () => {
  const chosen = [{ catalogueId: 'tables' }, { name: 'Mine', filter: 'secret' }];
  const pending = () => ({ ...aPending(), profile: aProfile({ topics: chosen }) });

  it('asks on GET, with the topics and the first digest’s time but nothing that somebody typed, and acts on POST once', async () => {
    const { read, post, status, queue } = openPages([pending()]);
    const page = await read(`/confirm?token=${confirmation()}`);
    expect(page).toContain(`<form method="post" action="/confirm?token=${confirmation()}"`);
    expect(page).toContain('Tables · one filter of your own');
    expect(page).toContain(
      'your first regular digest tomorrow, Saturday, at 7 a.m., if there is something new for you.',
    );
    expect(page).not.toContain('..');
    expect(page).not.toMatch(/Mine|secret|Robots|Berlin|reader@/);
    expect(await status(subscriberId(2))).toBe('pending');
    expect((await post(`/confirm?token=${confirmation()}`)).status).toBe(200);
    expect(await (await post(`/confirm?token=${confirmation()}`)).text()).toContain('You are subscribed');
    expect(queue).toEqual([{ kind: 'welcome', subscriber: subscriberId(2) }]);
  });

  it('repeats to whoever confirmed all that they chose, own filters by their names', async () => {
    const { post } = openPages([pending()]);
    const page = await (await post(`/confirm?token=${confirmation()}`)).text();
    expect(page).toContain('<strong>Your topics:</strong> Tables · Mine');
    expect(page).toContain('Your first regular digest comes tomorrow, Saturday, at 7 a.m. (Berlin time)');
    expect(page).not.toContain('secret');
  });

  it('says that one is subscribed to whoever opens or sends the link again, until they leave', async () => {
    const { app, post, subscribers } = openPages([aPending()]);
    const path = `/confirm?token=${confirmation()}`;
    await Promise.all([post(path), post(path)]);
    for (const method of ['GET', 'POST']) {
      const answer = await app.request(path, { method });
      expect(answer.status).toBe(200);
      const page = await answer.text();
      expect(page).toContain('You are subscribed');
      expect(page).not.toMatch(/Tables|Berlin|reader@|preferences\?token/);
    }
    await subscribers.stop(subscriberId(2), 'unsubscribed', noon);
    expect(await (await post(path)).text()).toContain('This link no longer works');
  });

  it.each(['enqueue', 'confirm', 'forget'])(
    'may be tried again, and loses no welcome, when %s failed',
    async (broken) => {
      const queue: SendNotice[] = [];
      const isBroken = { now: true };
      const store = fakeSubscriberRepository(aPending());
      const forgotten: SubscriberId[] = [];
      const failing = (name: string) => {
        if (name === broken && isBroken.now) throw new Error('throttled');
      };
      const pages = openPages([], {
        subscribers: {
          ...store,
          confirm: async (...given) => {
            failing('confirm');
            return store.confirm(...given);
          },
        },
        signups: {
          forget: async (id) => {
            failing('forget');
            forgotten.push(id);
          },
        },
        enqueue: async (notices) => {
          failing('enqueue');
          queue.push(...notices);
        },
      });
      expect((await pages.post(`/confirm?token=${confirmation()}`)).status).toBe(500);
      isBroken.now = false;
      const answer = await pages.post(`/confirm?token=${confirmation()}`);
      expect([answer.status, await store.statusOf(subscriberId(2), noon)]).toEqual([200, 'active']);
      expect(await answer.text()).toContain('A welcome is on its way');
      expect(queue).toContainEqual({ kind: 'welcome', subscriber: subscriberId(2) });
      expect(forgotten).toContain(subscriberId(2));
    },
  );

  it('shows one and the same page for used, expired, unknown and mutilated tokens, and journals nothing', async () => {
    const { app, writes, clock } = openPages([aPending(2, noon), aSubscriber()]);
    clock.now = noon;
    const wrong = [
      confirmation(2),
      confirmation(1),
      confirmation(9),
      `${confirmation(2)}x`,
      confirmation(2).slice(0, -1),
      '',
    ];
    const texts = new Set<string>();
    for (const method of ['GET', 'POST']) {
      for (const each of wrong) {
        const answer = await app.request(`/confirm?token=${each}`, { method });
        expect(answer.status).toBe(410);
        texts.add(await answer.text());
      }
    }
    expect(texts.size).toBe(1);
    expect(writes).toEqual([]);
  });
});
