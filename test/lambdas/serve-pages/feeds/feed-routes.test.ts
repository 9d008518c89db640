import { describe, expect, it } from '@jest/globals';
import { addDays } from '../../../../shared/domain/calendar-date.js';
import type { Edition } from '../../../../shared/domain/edition/edition.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { anEdition, aRankedPaper, day, instant, paperId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { openPages } from '../serve-pages-fixture.js';
import { atomReaders, type ReadFeed } from './read-atom.js';

const today = day('2026-08-07');

function open(...editions: readonly Edition[]) {
  const opened = openPages([], { editions: fakeEditionRepository(...editions) });
  const [reader] = atomReaders;
  const atom = async (path: string): Promise<ReadFeed> => {
    if (!reader) throw new Error('no reader');
    return reader[1](await opened.read(path));
  };
  const json = async (path: string) => JSON.parse(await opened.read(path));
  return { ...opened, atom, json };
}

const titlesOf = ({ entries }: ReadFeed) => entries.map(({ title }) => title);
const robot = (number: number, over: Partial<Paper> = {}) => plainPaper(number, { title: `Robot ${number}`, ...over });

describe('the feed of the newest edition', () => {
  it('lists its top fifty, best first, each with what its card says', async () => {
    const paper = { title: 'Lamps of $\\alpha$ & wax', authors: ['Ada Quill', 'Ben Okafor'], aiSummary: 'It burns.' };
    const others = Array.from({ length: 60 }, (_, index) => robot(index + 2));
    const { atom, json } = open(editionOf('2026-08-06', robot(99)), editionOf(today, aRankedPaper(paper), ...others));
    const feed = await atom('/feeds/edition.atom');
    expect(feed).toMatchObject({
      id: 'https://pages.paper.dev/feeds/edition.atom',
      title: 'Paperboy: the newest edition',
      updated: new Date(anEdition().publishedAt).toISOString(),
    });
    expect(feed.entries).toHaveLength(50);
    expect(titlesOf(feed).slice(0, 2)).toEqual(['Lamps of α &amp; wax', 'Robot 2']);
    const [first] = feed.entries;
    expect(first).toMatchObject({
      id: 'https://pages.paper.dev/papers/2608.00001',
      links: ['alternate https://pages.paper.dev/papers/2608.00001', 'related https://arxiv.org/abs/2608.00001'],
      authors: ['Ada Quill', 'Ben Okafor'],
      categories: ['cs.CL', 'cs.LG'],
    });
    expect(first?.content).toMatch(/^<p>Ada Quill and Ben Okafor · cs\.CL, cs\.LG<\/p><p>We present Lantern\./);
    expect(first?.content).toContain('<p><strong>AI summary:</strong> It burns.</p>');
    expect(first?.content).toMatch(/<p>(Rising|First day): \+/);
    expect(first?.content).toContain('<a href="https://arxiv.org/pdf/2608.00001">PDF</a>');
    const { items, home_page_url, feed_url } = await json('/feeds/edition.json');
    expect([home_page_url, feed_url]).toEqual([
      'https://pages.paper.dev/editions/2026-08-07',
      'https://pages.paper.dev/feeds/edition.json',
    ]);
    expect(items.map(({ id }: { id: string }) => id)).toEqual(feed.entries.map(({ id }) => id));
  });

  it('keeps its id and those of its papers from one day to the next', async () => {
    const before = await open(editionOf('2026-08-06', robot(1), robot(2))).atom('/feeds/edition.atom');
    const after = await open(editionOf(today, robot(2), robot(1))).atom('/feeds/edition.atom');
    expect(after.id).toBe(before.id);
    expect(after.entries.map(({ id }) => id).sort()).toEqual(before.entries.map(({ id }) => id).sort());
  });

  it('marks what was withdrawn at once', async () => {
    const editions = fakeEditionRepository(editionOf(today, robot(1), robot(2)));
    await editions.noteWithdrawn([paperId(2)]);
    const { items } = JSON.parse(await openPages([], { editions }).read('/feeds/edition.json'));
    expect(items.map(({ title }: { title: string }) => title)).toEqual(['Robot 1', 'Withdrawn: Robot 2']);
    expect(items[1].content_html).toContain('has been withdrawn from arXiv');
  });

  it('is whole and empty before the first edition, as are those of topics and searches', async () => {
    const { app, atom, json } = open();
    for (const name of ['edition', 'topics/robots', 'search']) {
      expect((await app.request(`/feeds/${name}.atom?q=robot`)).status).toBe(200);
      expect(await atom(`/feeds/${name}.atom?q=robot`)).toMatchObject({
        entries: [],
        updated: '2026-08-07T00:00:00.000Z',
      });
      expect((await json(`/feeds/${name}.json?q=robot`)).items).toEqual([]);
    }
  });
});

describe('the feeds of topics and searches', () => {
  const listed = (number: number, date: string) => robot(number, { listedDays: [day(date)] });
  const editions = [
    editionOf('2026-08-01', listed(5, '2026-07-30'), listed(6, '2026-08-01')),
    editionOf(today, listed(1, '2026-08-05'), listed(2, '2026-08-07'), plainPaper(3), listed(4, '2026-08-07')),
  ];
  const newestFirst = ['Robot 2', 'Robot 4', 'Robot 1', 'Robot 6', 'Robot 5'];

  it('list what matched in the last 30 days, the newest first', async () => {
    const { atom } = open(...editions);
    const topic = await atom('/feeds/topics/robots.atom');
    expect(titlesOf(topic)).toEqual(newestFirst);
    expect(topic.title).toBe('Paperboy: Robots');
    const search = await atom('/feeds/search.atom?q=robot');
    expect(titlesOf(search)).toEqual(newestFirst);
    expect(search.id).toBe('https://pages.paper.dev/feeds/search.atom?q=robot');
  });

  it('find authors, whose names are read apart', async () => {
    const { atom } = open(editionOf(today, robot(1), robot(2, { authors: ['Ada Quill'] })));
    expect(titlesOf(await atom('/feeds/search.atom?q=author%3A%22ada+quill%22'))).toEqual(['Robot 2']);
  });

  it('say of an entry when the edition came out that shows it, so that it changes no more when it is in none', async () => {
    const { atom } = open(...editions);
    const { entries, updated } = await atom('/feeds/topics/robots.atom');
    expect(updated).toBe(new Date(anEdition().publishedAt).toISOString());
    expect(entries.at(-1)?.updated).toBe('2026-08-01T05:00:00.000Z');
  });

  it('have thirty entries at most', async () => {
    const many = Array.from({ length: 40 }, (_, index) => robot(index + 1));
    const { atom } = open(editionOf(today, ...many));
    expect((await atom('/feeds/topics/robots.atom')).entries).toHaveLength(30);
  });

  it('tell the two formats of one search by their addresses, and carry what was asked for unharmed', async () => {
    const { json } = open(...editions);
    const path = `/feeds/search.json?${new URLSearchParams({ q: '"robot & co" OR robot' })}`;
    expect((await json(path)).feed_url).toBe(`https://pages.paper.dev${path}`);
    expect((await json(path)).title).toBe('Paperboy: "robot & co" OR robot');
  });

  it.each([
    ['', 'Say what to look for, as in ?q=tables.\n'],
    ['robot OR', /^.+\.\n$/],
    ['ro\u202ebot', 'Your filter contains invisible characters. Retype it.\n'],
  ])('say in a line what is wrong with the filter %j', async (q, line) => {
    const answer = await open(...editions).app.request(`/feeds/search.atom?${new URLSearchParams({ q })}`);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toMatch(line);
    expect(answer.headers.get('cache-control')).toBe('no-store');
  });
});

describe('a public feed', () => {
  it.each(['/feeds/edition.atom', '/feeds/topics/robots.json', '/feeds/search.atom?q=robot'])(
    '%s may be kept for five minutes, and is not sent again while it is the same',
    async (path) => {
      const { app, clock } = open(editionOf(today, robot(1)));
      const { headers } = await app.request(path);
      expect(headers.get('cache-control')).toBe('public, max-age=300');
      const tag = headers.get('etag') ?? '';
      clock.now = instant('2026-08-07T23:00');
      const again = await app.request(path, { headers: { 'If-None-Match': tag } });
      expect([again.status, await again.text()]).toEqual([304, '']);
      const next = open(editionOf(addDays(today, 1), robot(2)));
      next.clock.now = instant('2026-08-08T12:00');
      expect((await next.app.request(path, { headers: { 'If-None-Match': tag } })).status).toBe(200);
    },
  );
});

describe('a page that has a feed', () => {
  it.each([
    ['/editions', '/feeds/edition.atom'],
    ['/editions/2026-08-07', '/feeds/edition.atom'],
    ['/editions/2026-08-07?topic=robots', '/feeds/topics/robots.atom'],
    ['/topics/robots', '/feeds/topics/robots.atom'],
    ['/search?q=robot+%22a+%26+b%22', '/feeds/search.atom?q=robot+%22a+%26+b%22'],
  ])('%s names it: %s', async (path, feed) => {
    const { read, atom } = open(editionOf(today, robot(1)));
    const named = /<link rel="alternate" type="application\/atom\+xml" title="Paperboy: [^"]+" href="([^"]+)"/.exec(
      await read(path),
    );
    expect(named?.[1]).toBe(`https://pages.paper.dev${feed}`);
    expect((await atom(feed)).id).toBe(`https://pages.paper.dev${feed}`);
  });

  it('names none where there is none', async () => {
    const { read } = open(editionOf(today, robot(1)));
    for (const path of ['/privacy', '/search', '/search?q=robot+OR'])
      expect(await read(path)).not.toContain('rel="alternate"');
  });
});
