import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../../shared/domain/calendar-date.js';
import type { Subscriber, SubscriberState } from '../../../../shared/domain/subscriber/subscriber.js';
import { lessUrl, likeUrl } from '../../../../shared/mail/send/installation.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { readHtml } from '../../../mail/read-html.js';
import { aProfile, aState, aSubscriber, day, paperId, subscriberId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { keys, openPages, token } from '../serve-pages-fixture.js';

const today = day('2026-08-07');
const texts = { abstract: 'Lamps of wax burn for a night. We light them, and measure how they burn.' };
const edition = editionOf(
  '2026-08-07',
  plainPaper(0, { title: 'Wax lamps', ...texts }),
  plainPaper(1, { title: 'Zinc' }),
  plainPaper(2, { title: 'More lamps', ...texts }),
);
const link = (paper?: number, want?: string) =>
  `${likeUrl(keys.signing[0], '', subscriberId(1), today)}${paper === undefined ? '' : `&paper=${paperId(paper)}`}${want === undefined ? '' : `&want=${want}`}`;
const plain = { topics: [{ name: 'Lamps', filter: 'lamps' }] };

function aReader(state: Partial<SubscriberState> = {}): Subscriber {
  const seen = [{ edition: today, places: [0, 2] }];
  return aSubscriber({ state: aState({ seen, edition: today, ...state }), profile: aProfile(plain) });
}

function open(reader = aReader()) {
  const pages = openPages([reader], { editions: fakeEditionRepository(edition) });
  const profile = async () => (await pages.subscribers.load([subscriberId(1)]))[0]?.profile;
  const examples = async () =>
    (await pages.learnedTopics.load(subscriberId(1))).flatMap(({ topic }) =>
      topic.examples.map(({ id, liked }) => `${liked ? 'more' : 'less'} ${id}`),
    );
  return { ...pages, profile, examples };
}

describe('more or less like a paper of a mail', () => {
  it('shows the paper whose link was followed, the papers of that mail and no other, and nothing of the reader’s own', async () => {
    const page = await open().read(link(2, 'less'));
    const { text } = readHtml(page);
    expect(text).toContain('More lamps');
    expect(text).toContain('The other papers of your mail of Friday, 7 August 2026');
    expect(text).not.toContain('Zinc');
    expect(page).not.toContain('reader@example.org');
    // The button that the link named is the one that stands out.
    expect(/<button type="submit" name="want" value="(\w+)">/.exec(page)?.[1]).toBe('less');
  });

  it('is led to by the preferences, for each mail of the last days', async () => {
    const { text, links } = readHtml(await open().read(`/preferences?token=${token('preferences')}`));
    expect(text).toContain('Friday, 7 August 2026: 2 papers · more or less like these');
    expect(links).toContain(link());
  });

  it('is left alone by GET and HEAD, ten times over, whatever the link wants', async () => {
    const { app, writes, queue, lookedUp } = open();
    for (let time = 0; time < 10; time += 1) {
      for (const method of ['GET', 'HEAD']) {
        for (const want of ['more', 'less', 'read']) {
          expect((await app.request(link(0, want), { method })).status).toBe(200);
        }
      }
    }
    expect([writes, queue, lookedUp]).toEqual([[], [], []]);
  });

  it('is taken down by one press, journalled first, and the reader’s profile follows', async () => {
    const { post, examples, profile, journal, writes } = open();
    const answer = await post(link(), { paper: paperId(0), want: 'more' });
    expect(answer.status).toBe(303);
    expect(writes[0]).toBe('append');
    expect(await examples()).toEqual([`more ${paperId(0)}`]);
    const [, learned] = (await profile())?.topics ?? [];
    expect(learned).toMatchObject({ name: 'Papers like those you liked', like: expect.any(Uint8Array) });
    expect(await journal()).toContain('changed');
  });

  it('turns into its contrary by another press, and is undone by a third', async () => {
    const { step, examples, read } = open();
    await step(link(), { paper: paperId(0), want: 'more' });
    await step(link(), { paper: paperId(0), want: 'more' });
    const page = await (await step(link(), { paper: paperId(2), want: 'less' })).text();
    expect(await examples()).toEqual([`more ${paperId(0)}`, `less ${paperId(2)}`]);
    await step(link(), { paper: paperId(0), want: 'less' });
    expect(await examples()).toEqual([`less ${paperId(0)}`, `less ${paperId(2)}`]);
    expect(readHtml(page).text).toContain('Papers like this one will come less often, starting with your next email.');
    await step(link(), { paper: paperId(0), undo: 'less' });
    expect(await examples()).toEqual([`less ${paperId(2)}`]);
    expect(await read(link())).not.toContain('name="undo" value="more"');
  });

  it('is not undone from a page that shows what was said before', async () => {
    const { step, examples } = open();
    await step(link(), { paper: paperId(0), want: 'less' });
    await step(link(), { paper: paperId(0), undo: 'more' });
    expect(await examples()).toEqual([`less ${paperId(0)}`]);
  });

  it('leaves to the next digest to say so, until it is undone', async () => {
    const { post, profile } = open();
    await post(link(), { paper: paperId(0), want: 'more' });
    await post(link(), { paper: paperId(2), want: 'less' });
    expect((await profile())?.pressed).toEqual({ after: today, more: ['Wax lamps'], less: ['More lamps'] });
    await post(link(), { paper: paperId(2), undo: 'less' });
    await post(link(), { paper: paperId(0), undo: 'more' });
    expect((await profile())?.pressed).toBeUndefined();
  });

  it('is not promised less of while nothing is liked, and counts once something is', async () => {
    const { step, read, profile } = open();
    const page = await (await step(link(), { paper: paperId(0), want: 'less' })).text();
    expect(readHtml(page).text).toContain('This counts once you press “More like this” on another paper.');
    expect(page).not.toContain('will come less often');
    expect((await profile())?.pressed).toBeUndefined();
    const names = async () => (await profile())?.topics.flatMap((topic) => ('name' in topic ? [topic.name] : []));
    expect(await names()).toEqual(['Lamps', 'Papers you want less of']);
    await step(link(), { paper: paperId(2), want: 'more' });
    expect(await names()).toEqual(['Lamps', 'Papers like those you liked']);
    expect(await read(link())).toContain('will come less often');
    expect((await profile())?.pressed?.more).toEqual(['More lamps']);
  });

  it('goes on in the topic that presses began, whatever its reader calls that', async () => {
    const { post, step, learnedTopics, examples, profile } = open();
    await post(link(), { paper: paperId(0), want: 'more' });
    const [{ n } = { n: -1 }] = await learnedTopics.load(subscriberId(1));
    await step(`/learned?token=${token('preferences')}&n=${n}`, { do: 'rename', name: 'Candles' });
    await post(link(), { paper: paperId(2), want: 'less' });
    expect(await examples()).toEqual([`more ${paperId(0)}`, `less ${paperId(2)}`]);
    const names = (await profile())?.topics.flatMap((topic) => ('name' in topic ? [topic.name] : []));
    expect(names).toEqual(['Lamps', 'Candles']);
  });

  it('begins one topic, however many papers are pressed first at the same time', async () => {
    const { post, learnedTopics, examples } = open();
    await Promise.all([0, 2].map((paper) => post(link(), { paper: paperId(paper), want: 'more' })));
    expect(await learnedTopics.load(subscriberId(1))).toHaveLength(1);
    expect((await examples()).sort()).toEqual([`more ${paperId(0)}`, `more ${paperId(2)}`]);
  });

  it('spoils no topic of another kind: where three are learned, a paper that came by none of them is refused', async () => {
    const { post, learnedTopics, examples } = open();
    for (const n of [3, 4, 5]) {
      const topic = {
        name: `Topic ${n}`,
        examples: [],
        struck: [],
        pinned: [],
        strictness: 3,
        order: 'trend',
      } as const;
      await learnedTopics.keep(subscriberId(1), { n, topic, notFound: [] }, undefined);
    }
    const answer = await post(link(), { paper: paperId(0), want: 'more' });
    expect([answer.status, await examples()]).toEqual([422, []]);
    expect(readHtml(await answer.text()).text).toContain('you have three topics like papers already');
  });

  it('puts one paper aside that was read, and brings it back', async () => {
    const { post, profile, read } = open();
    await post(link(), { paper: paperId(2), want: 'read' });
    expect((await profile())?.never).toEqual([paperId(2)]);
    expect(readHtml(await read(link(2))).text).toContain('This paper will not come again.');
    await post(link(), { paper: paperId(2), undo: 'read' });
    expect((await profile())?.never).toBeUndefined();
  });

  it.each([
    ['a paper that the mail did not show', { paper: paperId(1), want: 'more' }],
    ['a wish that there is not', { paper: paperId(0), want: 'everything' }],
    ['no wish', { paper: paperId(0) }],
  ] satisfies [string, Record<string, string>][])('refuses %s and writes nothing', async (_, fields) => {
    const { post, writes } = open();
    expect((await post(link(), fields)).status).toBe(422);
    expect(writes).toEqual([]);
  });

  it('opens by its own token alone, for thirty days, and for whoever gets mail', async () => {
    const { app, clock } = open();
    const foreign = lessUrl(keys.signing[0], '', subscriberId(1), today).replace('/less', '/like');
    expect((await app.request(foreign)).status).toBe(403);
    expect((await app.request(link().replace('like', 'less'))).status).toBe(403);
    clock.now += 31 * dayMs;
    expect((await app.request(link())).status).toBe(403);
    const left = open(aReader({ status: 'unsubscribed' }));
    expect((await left.post(link(), { paper: paperId(0), want: 'more' })).status).toBe(410);
    expect(left.writes).toEqual([]);
  });
});
