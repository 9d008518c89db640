import { describe, expect, it } from '@jest/globals';
import { nextFeed } from '../../../../lambdas/serve-pages/feeds/own-feed.js';
import { addDays, dayMs, minuteMs } from '../../../../shared/domain/calendar-date.js';
import { hashed } from '../../../../shared/domain/subscriber/seen-papers.js';
import type {
  SeenPapers,
  SubscriberProfile,
  SubscriberState,
} from '../../../../shared/domain/subscriber/subscriber.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { aProfile, aState, aSubscriber, day, paperId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { savePaper } from '../../../support/save-paper.js';
import { canary, openPages, token } from '../serve-pages-fixture.js';

const today = day('2026-08-07');
const yesterday = addDays(today, -1);
const titles = ['Wax', 'Zinc', 'Lamps', 'Maps'];
const papers = titles.map((title, at) => plainPaper(at + 1, { title, aiSummary: 'Said by a model.' }));
const sent: readonly SeenPapers[] = [
  { edition: yesterday, places: [1] },
  { edition: today, places: [0, 3] },
];

async function open(state: Partial<SubscriberState> = {}, profile: Partial<SubscriberProfile> = {}) {
  const reader = aSubscriber({
    state: aState({ seen: sent, ...state }),
    profile: aProfile({ address: canary, ...profile }),
  });
  const editions = fakeEditionRepository(editionOf(today, ...papers), editionOf(yesterday, ...papers.toReversed()));
  const pages = openPages([reader], { editions });
  for (const { paper } of papers) await savePaper(pages.papers, paper);
  const preferences = `/preferences?token=${token('preferences')}`;
  const press = (feed: string) => pages.step(`/preferences/feed?token=${token('preferences')}`, { feed });
  /** The path of the feed as the page of preferences has it. */
  const address = async () => {
    const found = /value="https:\/\/pages\.paper\.dev(\/feeds\/own\.atom\?token=[^"]+)"/.exec(
      await pages.read(preferences),
    );
    return found?.[1];
  };
  const made = async () => {
    await press('new');
    return (await address()) ?? '';
  };
  const titlesAt = async (path: string) =>
    JSON.parse(await pages.read(path.replace('.atom', '.json'))).items.map(({ title }: { title: string }) => title);
  const statusOf = async (path: string) => (await pages.app.request(path)).status;
  return { ...pages, editions, preferences, press, address, made, titlesAt, statusOf };
}

describe('a private feed', () => {
  it('is made by a button of the preferences, which then show its address', async () => {
    const { press, address, read, preferences, statusOf, journal } = await open();
    expect(await address()).toBeUndefined();
    expect(await read(preferences)).toContain('Make a private feed');
    const page = await (await press('new')).text();
    expect(page).toContain('Your private feed has a new address');
    expect(page).toMatch(/<label for="feed-url">/);
    expect(await statusOf((await address()) ?? '')).toBe(200);
    expect(await journal()).toEqual(['changed']);
  });

  it('lists what the last digests sent, the newest first, each paper once', async () => {
    const { made, titlesAt } = await open({ seen: [{ edition: addDays(today, -2), places: [0] }, ...sent] });
    expect(await titlesAt(await made())).toEqual(['Wax', 'Maps', 'Lamps']);
  });

  it('goes back fourteen digests, and leaves out what is remembered by hashes alone', async () => {
    const many = Array.from({ length: 16 }, (_, index) => addDays(today, index - 15));
    const seen = many.map((edition): SeenPapers => ({ edition, places: [0] }));
    const opened = await open({ seen: [...seen, hashed(addDays(today, -20), [paperId(2)])] });
    for (const [index, date] of many.entries()) {
      if (date < yesterday) await opened.editions.publish(editionOf(date, plainPaper(100 + index)));
      await savePaper(opened.papers, plainPaper(100 + index, { title: `Paper of ${date}` }).paper);
    }
    const titles = await opened.titlesAt(await opened.made());
    expect(titles).toHaveLength(14);
    expect(titles.at(-1)).toBe(`Paper of ${addDays(today, -13)}`);
  });

  it('changes nothing, is kept by no cache, and tells neither its token nor an address', async () => {
    const { made, app, writes, queue, log } = await open();
    const path = await made();
    const before = writes.length;
    const answer = await app.request(path);
    const text = await answer.text();
    expect([writes.length, queue.length, log.length]).toEqual([before, 0, 0]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-robots-tag')).toBe('noindex');
    expect(answer.headers.get('etag')).toBeNull();
    expect(text).not.toContain('token');
    expect(text).not.toContain(canary);
  });

  it('does not count as sent what surely was not', async () => {
    const claim = { edition: today, batch: 'a', attempt: 1, at: 0, papers: [], isUnsent: true };
    const { made, titlesAt } = await open({ claim });
    expect(await titlesAt(await made())).toEqual(['Lamps']);
  });

  it('leaves out AI summaries for those who want none, and marks what was withdrawn', async () => {
    const summed = await open();
    expect(await summed.read(await summed.made())).toContain('Said by a model.');
    const opened = await open({}, { aiSummaries: false });
    await opened.editions.noteWithdrawn([paperId(1)]);
    const path = await opened.made();
    expect(await opened.read(path)).not.toContain('Said by a model.');
    expect(await opened.titlesAt(path)).toEqual(['Withdrawn: Wax', 'Maps', 'Lamps']);
  });

  it('is void at its old address once it has a new one, even within the same minute', async () => {
    const { made, statusOf } = await open();
    const former = await made();
    const present = await made();
    expect(present).not.toBe(former);
    expect([await statusOf(former), await statusOf(present)]).toEqual([403, 200]);
  });

  it('can be turned off, and comes back at another address', async () => {
    const { made, press, address, statusOf, clock } = await open();
    const former = await made();
    expect(await (await press('off')).text()).toContain('Your private feed is off.');
    expect([await address(), await statusOf(former)]).toEqual([undefined, 403]);
    clock.now += minuteMs;
    expect(await statusOf(await made())).toBe(200);
    expect(await statusOf(former)).toBe(403);
  });

  it('is not changed by a form without its buttons', async () => {
    const { made, press, address } = await open();
    const path = await made();
    expect(await (await press('other')).text()).toContain('Not changed');
    expect(await address()).toBe(path);
  });

  it('outlives other changes of the preferences, pauses and a year', async () => {
    const { made, step, statusOf, preferences, clock } = await open();
    const path = await made();
    const chosen = { hour: '9', timezone: 'UTC', maxPapers: '5', topic: 'robots', filter: '', filterName: '' };
    expect(await (await step(preferences, chosen)).text()).toContain('<strong>Saved.</strong>');
    await step(`/preferences/pause?token=${token('preferences')}`, { for: 'week' });
    clock.now += 400 * dayMs;
    expect(await statusOf(path)).toBe(200);
  });

  it.each(['unsubscribe', 'erase'])('is void for whoever leaves: %s', async (way) => {
    const { made, step, statusOf, status } = await open();
    const path = await made();
    await step(`/preferences/${way}?token=${token('preferences')}`);
    expect(await status()).not.toBe('active');
    expect(await statusOf(path)).toBe(403);
  });

  it('opens by a token of its own scope alone, and that opens nothing else', async () => {
    const { made, statusOf } = await open();
    const own = new URLSearchParams((await made()).split('?')[1]).get('token');
    for (const scope of ['preferences', 'unsubscribe', 'day', 'less', 'resubscribe'] as const) {
      expect(await statusOf(`/feeds/own.atom?token=${token(scope)}`)).toBe(403);
    }
    for (const path of ['/preferences', '/unsubscribe', '/day', '/less', '/address']) {
      expect([path, await statusOf(`${path}?token=${own}`)]).toEqual([path, 403]);
    }
    for (const damaged of ['', 'x', `${own}x`, `${own}`.slice(1)]) {
      expect(await statusOf(`/feeds/own.atom?token=${damaged}`)).toBe(403);
    }
  });
});

describe('the minute of a feed', () => {
  it('is that in which it was made, and never one that was used before', () => {
    expect(nextFeed(90 * minuteMs + 1)).toBe(90);
    expect([nextFeed(90 * minuteMs, 90), nextFeed(90 * minuteMs, 91)]).toEqual([91, 92]);
  });
});
