import { describe, expect, it } from '@jest/globals';
import type { Example } from '../../../../shared/domain/likeness/learned-topic.js';
import { wordCounts } from '../../../../shared/domain/likeness/word-counts.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { readHtml } from '../../../mail/read-html.js';
import { aProfile, aSubscriber, paperId, subscriberId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { savePaper } from '../../../support/save-paper.js';
import { openPages, token } from '../serve-pages-fixture.js';

const wax = { abstract: 'Lamps of wax burn for a night. We light them, and measure how wax burns.' };
const tide = { abstract: 'Tides rise at the shore. A harbour measures every tide with a gauge of its own.' };
const edition = editionOf(
  '2026-08-07',
  plainPaper(0, { title: 'Wax lamps', ...wax }),
  ...Array.from({ length: 60 }, (_, at) => plainPaper(at + 1, { title: `Harbour ${at}`, ...tide })),
);
const path = (n?: number) => `/learned?token=${token('preferences')}${n === undefined ? '' : `&n=${n}`}`;

const anExample = (id: string, title: string, abstract: string, liked = true): Example => ({
  id,
  title,
  liked,
  words: wordCounts(title, abstract),
});

async function open(examples: readonly Example[] = [anExample('2607.00001', 'Candles of wax', wax.abstract)]) {
  const reader = aSubscriber({ profile: aProfile({ topics: [{ catalogueId: 'robots' }] }) });
  const pages = openPages([reader], { editions: fakeEditionRepository(edition) });
  const topic = { name: 'Wax', examples, struck: [], pinned: [], strictness: 3, order: 'trend' } as const;
  if (examples.length > 0) await pages.learnedTopics.keep(reader.id, { n: 3, topic, notFound: [] }, undefined);
  const learned = async () => (await pages.learnedTopics.load(reader.id)).map((each) => each.topic);
  const profile = async () => (await pages.subscribers.load([reader.id]))[0]?.profile;
  return { ...pages, learned, profile };
}

describe('a topic like papers that a reader names', () => {
  it('begins with those that are known here, asks arXiv for the others, and lists by name what nobody knows', async () => {
    const { papers, step, lookedUp, learned, profile } = await open([]);
    await savePaper(papers, plainPaper(7, { title: 'Wax lamps', ...wax }).paper);
    const named = `${paperId(7)}\nhttps://arxiv.org/abs/2506.01234v2\nA title of nothing that anybody knows`;
    const { text } = readHtml(await (await step(path(), { papers: named, do: 'begin' })).text());
    expect(text).toContain('Learned from one paper. arXiv is being asked for one paper');
    expect(text).toContain('A title of nothing that anybody knows');
    expect(lookedUp).toEqual([{ kind: 'look-up', subscriber: subscriberId(1), ids: ['2506.01234'] }]);
    expect((await learned())[0]?.examples.map(({ id }) => id)).toEqual([paperId(7), '2506.01234']);
    expect((await profile())?.topics).toHaveLength(2);
  });

  it.each([
    ['nothing', ''],
    ['titles that nobody knows', 'One title of nothing\nAnother title of nothing'],
    ['more than 200', Array.from({ length: 201 }, (_, at) => `2601.${String(at).padStart(5, '0')}`).join('\n')],
    ['more than a megabyte', 'x '.repeat(600_000)],
  ])('refuses %s in a sentence, and stores nothing', async (_, papers) => {
    const { post, writes, lookedUp } = await open([]);
    const answer = await post(path(), { papers, do: 'begin' });
    expect(answer.status).toBe(422);
    expect([writes, lookedUp]).toEqual([[], []]);
  });

  it('shows the words that count with the papers they come from, and today’s matches with the reason', async () => {
    const { read } = await open();
    const { text } = readHtml(await read(path(3)));
    expect(text).toContain('Words that count');
    expect(text).toContain('wax Candles of wax');
    expect(text).toContain('One paper is like these:Wax lampslike “Candles of wax”: wax');
  });

  it('lets today’s matches be pressed, with undo, of which the next digest says so', async () => {
    const { papers, step, learned, profile, journal } = await open();
    await savePaper(papers, plainPaper(0, { title: 'Wax lamps', ...wax }).paper);
    const pressed = await (await step(path(3), { paper: paperId(0), want: 'more' })).text();
    expect(readHtml(pressed).text).toContain('Papers like this one will come more often');
    expect((await learned())[0]?.examples.map(({ id, liked }) => [id, liked])).toContainEqual([paperId(0), true]);
    expect((await profile())?.pressed?.more).toEqual(['Wax lamps']);
    expect(await journal()).toContain('changed');
    await step(path(3), { paper: paperId(0), want: 'less' });
    expect((await learned())[0]?.examples).toContainEqual(expect.objectContaining({ id: paperId(0), liked: false }));
    const undone = await (await step(path(3), { paper: paperId(0), undo: 'less' })).text();
    expect((await learned())[0]?.examples).toHaveLength(1);
    expect([readHtml(undone).text, (await profile())?.pressed]).toEqual([
      expect.not.stringContaining('Undo'),
      undefined,
    ]);
  });

  it('leaves a paper that was read out of today’s matches, and brings it back', async () => {
    const { papers, step, read, profile } = await open();
    await savePaper(papers, plainPaper(0, { title: 'Wax lamps', ...wax }).paper);
    const page = await (await step(path(3), { paper: paperId(0), want: 'read' })).text();
    expect((await profile())?.never).toEqual([paperId(0)]);
    for (const part of ['This paper will not come again.', 'No paper of this edition is like these.']) {
      expect(readHtml(page).text).toContain(part);
    }
    await step(path(3), { paper: paperId(0), undo: 'read' });
    expect((await profile())?.never).toBeUndefined();
    expect(readHtml(await read(path(3))).text).toContain('One paper is like these:');
  });

  it('says what is missing where nothing is liked, and promises no papers', async () => {
    const { step, read } = await open([anExample('2607.00001', 'Candles of wax', wax.abstract, false)]);
    const disliked = readHtml(await read(path(3))).text;
    expect(disliked).toContain('Of these papers you want less. That counts once there are papers here that you like');
    await step(path(3), { do: 'remove', value: '2607.00001' });
    const empty = readHtml(await read(path(3))).text;
    expect(empty).toContain('Nothing is learned. Name papers that you like below.');
    for (const text of [disliked, empty]) expect(text).not.toMatch(/like these:|of this edition|a week/);
  });

  it('is changed word by word: one struck, one pinned, and both let go again', async () => {
    const { step, learned, read } = await open();
    await step(path(3), { strike: 'burn' });
    await step(path(3), { do: 'pin', value: 'Wax lamps' });
    expect((await learned())[0]).toMatchObject({ struck: ['burn'], pinned: ['wax lamp'] });
    const { text } = readHtml(await read(path(3)));
    expect(text).toContain('Words that do not count any more');
    await step(path(3), { release: 'burn' });
    await step(path(3), { release: 'wax lamp' });
    expect((await learned())[0]).toMatchObject({ struck: [], pinned: [] });
  });

  it('is made wider or surer, renamed and put in another order', async () => {
    const { step, learned } = await open();
    await step(path(3), { do: 'set', strictness: '1', order: 'likeness' });
    await step(path(3), { do: 'rename', name: 'Lights' });
    expect((await learned())[0]).toMatchObject({ strictness: 1, order: 'likeness', name: 'Lights' });
  });

  it('takes more papers, and some of which less is wanted', async () => {
    const { papers, step, learned } = await open();
    await savePaper(papers, plainPaper(7, { title: 'Harbour', ...tide }).paper);
    await step(path(3), { do: 'dislike', papers: paperId(7) });
    await step(path(3), { do: 'remove', value: '2607.00001' });
    expect((await learned())[0]?.examples.map(({ id, liked }) => [id, liked])).toEqual([[paperId(7), false]]);
  });

  it('offers a filter, which becomes one of the reader’s own once', async () => {
    const { step, read, profile } = await open([
      anExample('2607.00001', 'Candles of wax', wax.abstract),
      anExample('2607.00002', 'Wax lights', wax.abstract),
    ]);
    const offered =
      /type="hidden" name="value" value="([^"]*)"/.exec(await read(path(3)))?.[1]?.replaceAll('&quot;', '"') ?? '';
    expect(offered).toContain('wax');
    for (let time = 0; time < 2; time += 1) await step(path(3), { do: 'use-filter', value: offered });
    expect((await profile())?.topics.filter((choice) => 'filter' in choice)).toMatchObject([
      { name: 'Wax', filter: offered },
    ]);
  });

  it('goes, with its examples, and the choices of the form stay', async () => {
    const { step, learned, profile } = await open();
    await step(path(3), { do: 'rename', name: 'Lights' });
    await step(path(3), { do: 'drop' });
    expect(await learned()).toEqual([]);
    expect((await profile())?.topics).toEqual([{ catalogueId: 'robots' }]);
  });

  it('is left alone by GET and HEAD', async () => {
    const { app, writes } = await open();
    const before = writes.length;
    for (const method of ['GET', 'HEAD']) expect((await app.request(path(3), { method })).status).toBe(200);
    expect(writes).toHaveLength(before);
  });

  it.each([
    ['a word of three', { do: 'pin', value: 'wax lamp night' }],
    ['no name', { do: 'rename', name: ' ' }],
    ['a step that there is not', { do: 'set', strictness: '9', order: 'trend' }],
    ['what no button says', { do: 'everything' }],
    ['a filter that is none', { do: 'use-filter', value: '(wax' }],
    ['a press on a paper that nobody knows', { paper: '2601.00001', want: 'more' }],
    ['a press that there is not', { paper: paperId(0), want: 'everything' }],
  ] satisfies [string, Record<string, string>][])('refuses %s on its own page', async (_, fields) => {
    const { post, learned } = await open();
    const before = await learned();
    expect((await post(path(3), fields)).status).toBe(422);
    expect(await learned()).toEqual(before);
  });
});
