import { describe, expect, it } from '@jest/globals';
import { addDays, dayMs, startOf } from '../../../../shared/domain/calendar-date.js';
import { mostExclusions } from '../../../../shared/domain/subscriber/exclusions/exclusions.js';
import type {
  Subscriber,
  SubscriberProfile,
  SubscriberState,
} from '../../../../shared/domain/subscriber/subscriber.js';
import { lessUrl } from '../../../../shared/mail/send/installation.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { readHtml } from '../../../mail/read-html.js';
import { aProfile, aState, aSubscriber, day, subscriberId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { keys, noon, openPages, token } from '../serve-pages-fixture.js';

const today = day('2026-08-07');
const edition = editionOf(
  '2026-08-07',
  plainPaper(0, { title: 'Wax lamps', authors: ['Ada Moss', 'Ben Reed'], organisation: 'Reed Labs' }),
  plainPaper(1, { title: 'Zinc', authors: ['Cy Fern'] }),
  plainPaper(2, { title: 'More lamps', authors: ['Ada Moss'], keywords: ['candle <light>'] }),
);
const link = (date = today, number = 1) => lessUrl(keys.signing[0], '', subscriberId(number), date);
const own = (path = '') => `/preferences${path}?token=${token('preferences')}`;
const ada = 'author:"Ada Moss"';

/** Somebody whose topic is lamps and whose mail of the day had the first and the last paper. */
function aReader(profile: Partial<SubscriberProfile> = {}, state: Partial<SubscriberState> = {}): Subscriber {
  const topics = [{ name: 'Lamps', filter: 'lamps' }];
  const seen = [{ edition: today, places: [0, 2] }];
  return aSubscriber({ state: aState({ seen, ...state }), profile: aProfile({ topics, ...profile }) });
}

function open(reader: Subscriber = aReader()) {
  const pages = openPages([reader], { editions: fakeEditionRepository(edition) });
  const profile = async () => (await pages.subscribers.load([subscriberId(1)]))[0]?.profile;
  return { ...pages, profile, never: async () => (await profile())?.never };
}

/** What the buttons of a page send, by their field. */
const buttons = (page: string, name: 'never' | 'again') =>
  [...page.matchAll(new RegExp(`name="${name}" value="([^"]*)"`, 'g'))].map(([, value = '']) =>
    value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>'),
  );

describe('what can be left out because of a mail', () => {
  it('is shown for each paper of that mail and for no other, with nothing of the reader’s own', async () => {
    const page = await open(aReader({ never: ['"secret wish"'] })).read(link());
    const { text } = readHtml(page);
    expect(text).toContain('your mail of Friday, 7 August 2026');
    expect(text).toContain('You leave out nothing of this mail so far.');
    expect(text).not.toContain('Zinc');
    expect(buttons(page, 'never')).toEqual([
      '"lamps"',
      ada,
      'author:"Ben Reed"',
      'org:"Reed Labs"',
      '"lamps"',
      '"candle <light>"',
      ada,
    ]);
    expect(page).not.toContain('secret wish');
    expect(page).not.toContain('reader@example.org');
    expect(page).not.toContain('/preferences');
  });

  it('is left alone by GET and HEAD, ten times over', async () => {
    const { app, writes, queue } = open();
    for (let time = 0; time < 10; time += 1) {
      for (const method of ['GET', 'HEAD']) expect((await app.request(link(), { method })).status).toBe(200);
    }
    expect([writes, queue]).toEqual([[], []]);
  });

  it('is left out by one press, journalled first, and answered by a redirect to where it stands with its undo', async () => {
    const { post, read, never, writes, profile, journal } = open();
    const before = await profile();
    const answer = await post(link(), { never: ada });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${link()}#left-out`]);
    expect(await profile()).toEqual({ ...before, never: [ada] });
    expect([writes, await journal()]).toEqual([['append', 'change'], ['changed']]);
    const page = await read(link());
    expect(readHtml(page).text).toMatch(/Left out from now on\s*Papers by Ada Moss/);
    expect(buttons(page, 'again')).toEqual([ada]);
    expect(buttons(page, 'never')).not.toContain(ada);
    expect(await never()).toEqual([ada]);
  });

  it('comes back by its undo, and leaves the reader as they were', async () => {
    const { post, read, profile } = open();
    const before = await profile();
    await post(link(), { never: ada });
    expect((await post(link(), { again: ada })).status).toBe(303);
    expect(await profile()).toEqual(before);
    expect(buttons(await read(link()), 'never')).toContain(ada);
  });

  it('is left out once, however often that is asked', async () => {
    const { post, never, writes } = open();
    for (let time = 0; time < 3; time += 1) expect((await post(link(), { never: ada })).status).toBe(303);
    expect(await never()).toEqual([ada]);
    expect(writes).toEqual(['append', 'change']);
  });

  it.each([{ never: 'author:"Cy Fern"' }, { never: 'score>=0' }, { never: '' }, { again: '"secret wish"' }, {}])(
    'is nothing that the mail’s papers do not offer: %j',
    async (fields: Record<string, string>) => {
      const { post, never, writes } = open(aReader({ never: ['"secret wish"'] }));
      const answer = await post(link(), fields);
      expect([answer.status, await never(), writes]).toEqual([422, ['"secret wish"'], []]);
    },
  );

  it('is fifty things at most, which the page says', async () => {
    const full = Array.from({ length: mostExclusions }, (_, at) => `"word${at}"`);
    const { post, never } = open(aReader({ never: full }));
    const answer = await post(link(), { never: ada });
    expect([answer.status, await never()]).toEqual([422, full]);
    expect(await answer.text()).toContain('You leave out 50 things already');
  });

  it('is taken from a form of our own pages alone', async () => {
    const { post, writes } = open();
    const answer = await post(link(), { never: ada }, { 'Sec-Fetch-Site': 'cross-site' });
    expect([answer.status, writes]).toEqual([403, []]);
  });

  it('is for thirty days after the edition, by the link of a mail and no other', async () => {
    const { app, clock, post, writes } = open();
    clock.now = startOf(today) + 30 * dayMs;
    expect((await app.request(link())).status).toBe(200);
    clock.now += dayMs;
    expect((await app.request(link())).status).toBe(403);
    expect((await post(link(), { never: ada })).status).toBe(403);
    clock.now = noon;
    for (const scope of ['preferences', 'unsubscribe', 'day'] as const) {
      expect((await post(`/less?token=${token(scope)}`, { never: ada })).status).toBe(403);
    }
    expect((await post(link(today, 2), { never: ada })).status).toBe(403);
    for (const path of ['/preferences', '/unsubscribe', '/day']) {
      expect((await app.request(link().replace('/less', path))).status).toBe(403);
    }
    expect(writes).toEqual([]);
  });

  it('is nothing where the mail’s papers are forgotten or its edition is gone', async () => {
    const { read } = open(aReader({}, { seen: [] }));
    expect(await read(link())).toContain('We no longer know which papers that mail showed.');
    const other = addDays(today, -1);
    const seen = [{ edition: other, places: [0] }];
    expect(await open(aReader({}, { seen })).read(link(other))).toContain('We no longer know');
  });

  it('can be chosen while paused, and not by who is no longer subscribed', async () => {
    const { post, never } = open(aReader({}, { status: 'paused' }));
    expect((await post(link(), { never: ada })).status).toBe(303);
    expect(await never()).toEqual([ada]);
    const left = open(aReader({}, { status: 'unsubscribed' }));
    expect((await left.post(link(), { never: ada })).status).toBe(410);
    expect([(await left.app.request(link())).status, left.writes]).toEqual([410, []]);
  });

  it('is gone from the reader’s own page of that day, but for what the mail had', async () => {
    const reader = aReader({}, { seen: [{ edition: today, places: [0] }] });
    const { post, read } = open(reader);
    const dayLink = link().replace(/.*/, `/day?token=${token('day')}`);
    expect(await read(dayLink)).toContain('More lamps');
    await post(link(), { never: ada });
    const page = await read(dayLink);
    expect([page.includes('Wax lamps'), page.includes('More lamps')]).toEqual([true, false]);
  });
});

describe('preferences', () => {
  it('name everything that is left out, and take back any of it by one press', async () => {
    const { read, post, never, writes } = open(aReader({ never: [ada, 'org:"Reed Labs"', '"wax <b>"'] }));
    const page = await read(own());
    const { text } = readHtml(page);
    for (const name of ['Papers by Ada Moss', 'Papers from Reed Labs', 'Papers about “wax <b>”']) {
      expect(text).toContain(name);
    }
    const answer = await post(own('/again'), { again: 'org:"Reed Labs"' });
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `${own()}#left-out`]);
    expect(await never()).toEqual([ada, '"wax <b>"']);
    expect(writes).toEqual(['append', 'change']);
  });

  it('keep it when something else is saved, and say nothing where nothing is left out', async () => {
    const { read, post, step, never } = open(aReader({ never: [ada] }));
    const form = { topic: 'robots', hour: '7', timezone: 'Europe/Berlin', maxPapers: '5' };
    expect((await step(own(), form)).status).toBe(200);
    expect(await never()).toEqual([ada]);
    await post(own('/again'), { again: ada });
    expect(await never()).toBeUndefined();
    expect(await read(own())).not.toContain('What you leave out');
  });

  it('give it out with everything else that is stored', async () => {
    const { post } = open(aReader({ never: [ada] }));
    expect(await (await post(own('/export'))).json()).toMatchObject({ profile: { never: [ada] } });
  });
});
