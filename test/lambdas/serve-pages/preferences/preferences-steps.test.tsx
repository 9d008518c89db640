import { describe, expect, it } from '@jest/globals';
import { daysUpTo } from '../../../../shared/domain/calendar-date.js';
import {
  anEdition,
  aProfile,
  aRankedPaper,
  aState,
  aSubscriber,
  day,
  paperId,
  subscriberId,
} from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { openPages, token } from '../serve-pages-fixture.js';

const own = (path = '', done = '') => `/preferences${path}?token=${token('preferences')}${done && `&done=${done}`}`;
const chosen = { topic: 'robots', filter: '', filterName: '', hour: '7', timezone: 'Europe/Berlin', maxPapers: '5' };

describe('a step on the preferences page', () => {
  const steps: [string, Record<string, string>, string][] = [
    ['', chosen, 'saved'],
    ['', { ...chosen, hour: '18' }, 'rescheduled'],
    ['/pause', { for: 'week' }, 'paused'],
    ['/weekly', {}, 'rescheduled'],
    ['/address', {}, 'link-sent'],
    ['/unsubscribe', {}, 'unsubscribed'],
    ['/resume', {}, 'not-resumed'],
  ];

  it.each(steps)('%s answers with a redirect, so that a reload sends nothing again', async (path, fields, done) => {
    const { app, post, writes, queue } = openPages();
    const answer = await post(own(path), fields);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, own('', done)]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    const before = [[...writes], [...queue]];
    for (let time = 0; time < 3; time += 1) {
      const page = await app.request(own('', done));
      expect(page.status).toBe(200);
      expect(await page.text()).toMatch(done.startsWith('not') ? /class="problems" role="status"/ : /class="done"/);
    }
    expect([writes, queue]).toEqual(before);
  });

  it('says only what its code means, and nothing that somebody put into the address', async () => {
    const { read } = openPages();
    for (const code of ['constructor', '__proto__', '<b>Hello</b>', 'Saved.']) {
      const page = await read(own('', encodeURIComponent(code)));
      expect(page).not.toContain('role="status"');
      expect(page).not.toContain('Hello');
    }
  });

  it('is told of only while it holds, and not after it was undone', async () => {
    const told = { paused: 'Paused.', resumed: 'Resumed.', unsubscribed: 'You are unsubscribed.' };
    const holds = { paused: 'paused', resumed: 'active', unsubscribed: 'unsubscribed' };
    for (const status of ['active', 'paused', 'unsubscribed'] as const) {
      const { read } = openPages([aSubscriber({ state: aState({ status }) })]);
      for (const code of ['paused', 'resumed', 'unsubscribed'] as const) {
        const isTold = (await read(own('', code))).includes(`<strong>${told[code]}</strong>`);
        expect([status, code, isTold]).toEqual([status, code, holds[code] === status]);
      }
    }
  });

  it('has an address that shows the page when it is followed', async () => {
    const { app, writes, queue } = openPages();
    for (const path of ['/pause', '/resume', '/weekly', '/address', '/again']) {
      const answer = await app.request(own(path));
      expect([answer.status, answer.headers.get('location')]).toEqual([303, own()]);
    }
    expect([writes, queue]).toEqual([[], []]);
  });
});

describe('pausing', () => {
  it('takes nothing but what its buttons send', async () => {
    for (const fields of [{ for: 'banana' }, { for: '' }, {}, { for: 'constructor' }] as Record<string, string>[]) {
      const { post, status, writes } = openPages();
      const answer = await post(own('/pause'), fields);
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect(page).toContain('<a href="#pause">Not paused: choose “Pause for a week” or “Pause until I resume”.</a>');
      expect(page).toContain('id="pause"');
      expect([await status(), writes]).toEqual(['active', []]);
    }
  });
});

describe('the preferences page', () => {
  it('says when the next digest comes, and names topics and filters', async () => {
    const topics = [{ catalogueId: 'robots' }, { name: 'Long tables', filter: 'lantern' }];
    const state = aState({ edition: day('2026-08-07') });
    const page = await openPages([aSubscriber({ state, profile: aProfile({ topics }) })]).read(own());
    expect(page).toContain('The next comes tomorrow, Saturday, at 7 a.m. (Berlin time)');
    expect(page).toContain('Your topics: Robots, Long tables.');
  });

  it('names the first digest after a pause, before it begins and while it lasts', async () => {
    const { read, step } = openPages();
    const first = 'on Saturday, 15 August, at 7 a.m. (Berlin time)';
    expect(await read(own())).toContain(first);
    expect(await (await step(own('/pause'), { for: 'week' })).text()).toContain(
      `The first one after that comes ${first}`,
    );
  });

  it('shows what came in the last 14 days, newest first, with titles of the newest five and a link to each day', async () => {
    const dates = daysUpTo(day('2026-08-07'), 16);
    const editions = dates.map((date) =>
      anEdition({
        date,
        papers: [1, 2, 3, 4, 5].map((number) =>
          aRankedPaper({ id: paperId(number), title: `${date}, paper ${number}` }),
        ),
      }),
    );
    const found: string[] = [];
    const repository = fakeEditionRepository(...editions);
    const counted = {
      ...repository,
      find: async (date: (typeof dates)[number]) => {
        found.push(date);
        return repository.find(date);
      },
    };
    const seen = dates.map((edition) => ({ edition, places: [1, 2, 3, 4] }));
    const hashes = [{ edition: day('2026-08-01'), hashes: [7] }];
    const reader = aSubscriber({ state: aState({ seen: [...hashes, ...seen] }) });
    const { read } = openPages([reader], { editions: counted });
    const page = await read(own());
    const links = [...page.matchAll(/<a href="(\/day\?token=[^"]+)">([^<]+)</g)];
    expect(links).toHaveLength(14);
    expect(links[0]?.[2]).toBe('Friday, 7 August 2026');
    expect(await read(links[0]?.[1] ?? '')).toContain('2026-08-07, paper 2');
    expect(page).toContain('2026-08-07, paper 2 · 2026-08-07, paper 3 · 2026-08-07, paper 4');
    expect(page).toContain('2026-08-03, paper 2');
    expect(page).not.toContain('2026-08-02, paper');
    expect(page).not.toContain('paper 5');
    const read5 = new Set(found).size;
    await read(own());
    expect(new Set(found).size).toBe(read5);
    expect(read5).toBeLessThanOrEqual(5);
  });

  it('shows no title of a paper that was withdrawn', async () => {
    const edition = anEdition({ papers: [aRankedPaper({ id: paperId(1), title: 'Taken back' })] });
    const editions = { ...fakeEditionRepository(edition), withdrawn: async () => [paperId(1)] };
    const reader = aSubscriber({ state: aState({ seen: [{ edition: edition.date, places: [0] }] }) });
    const page = await openPages([reader], { editions }).read(own());
    expect(page).toContain('1 paper');
    expect(page).not.toContain('Taken back');
  });
});

describe('unsubscribing from the preferences page', () => {
  it('offers fewer emails and a pause first, and undoing and erasing after', async () => {
    const { read, step, post, status, journal, queue, app, clock } = openPages();
    const asking = await read(own('/unsubscribe'));
    for (const path of ['/weekly', '/pause', '/unsubscribe']) expect(asking).toContain(`action="${own(path)}"`);
    expect(asking).toContain('After a week&#39;s pause, your first digest comes on Saturday, 15 August');
    expect(await status()).toBe('active');
    const left = await (await step(own('/unsubscribe'))).text();
    expect(await status()).toBe('unsubscribed');
    expect(queue).toEqual([{ kind: 'goodbye', subscriber: subscriberId(1) }]);
    expect(left).toContain(`href="${own('/erase')}"`);
    const [, undo = ''] = /action="(\/unsubscribe\/undo\?token=[^"]+)"/.exec(left) ?? [];
    clock.now += 1000;
    expect((await post(undo)).status).toBe(200);
    expect(await status()).toBe('active');
    expect(await journal()).toEqual(['unsubscribed', 'resubscribed']);
    expect((await app.request(own('/unsubscribe'))).status).toBe(200);
  });

  it('becomes weekly instead, with everything else as it was', async () => {
    const { step, subscribers, journal } = openPages();
    expect(await (await step(own('/weekly'))).text()).toContain('once a week, on Friday');
    const [weekly] = await subscribers.load([subscriberId(1)]);
    expect(weekly?.profile).toEqual({ ...aProfile(), days: 'w5' });
    expect(await journal()).toEqual(['changed']);
  });
});
