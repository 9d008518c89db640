import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { assets } from '../../../../lambdas/serve-pages/frame/own-files.js';
import { catalogue, topicGroups } from '../../../../shared/domain/subscriber/catalogue.js';
import { choiceLimits } from '../../../../shared/domain/subscriber/own-filters.js';
import { anEdition, aRankedPaper, aSubscriber, day, paperId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { addressLink, openPages, token } from '../serve-pages-fixture.js';

const form = async (query: [string, string][] = []) => {
  const { app, writes, queue } = openPages();
  const answer = await app.request(`/?${new URLSearchParams(query)}`);
  expect([writes, queue]).toEqual([[], []]);
  return { status: answer.status, caching: answer.headers.get('cache-control'), text: await answer.text() };
};
const folded = '<details class="adjust"><summary>';
const unfolded = '<details class="adjust" open=""><summary>';

describe('a link that fills in the sign-up form', () => {
  it('brings a filter, an author to follow and a topic to their own fields, unfolds them, and changes nothing', async () => {
    const { status, caching, text } = await form([
      ['filter', 'lamp OR "<u>wax</u>"'],
      ['author', 'Ada Moss'],
      ['author', 'Reed, "Ben"'],
      ['topic', 'robots'],
    ]);
    expect([status, caching]).toEqual([200, 'no-store']);
    expect(text).toContain('>lamp OR &quot;&lt;u&gt;wax&lt;/u&gt;&quot;</textarea>');
    expect(text).toMatch(/<input id="authors"[^>]* value="Ada Moss, Reed Ben"/);
    expect(text).toMatch(/value="robots" checked/);
    expect(text).not.toMatch(/value="tables" checked/);
    expect(text).toContain(unfolded);
    expect(text).toContain('<a href="#filter">Your search</a> is filled in below.');
  });

  it.each([
    ['author', 'Ada Moss', '<a href="#authors">The author to follow</a> is filled in below.'],
    ['topic', 'robots', '<a href="#topics">The topic</a> is filled in below.'],
  ])('says where the %s has gone', async (name, value, said) => {
    expect((await form([[name, value]])).text).toContain(said);
  });

  it('leaves out whatever the form would refuse, or does not know', async () => {
    const untouched = (await form()).text;
    const plain = (text: string) => text.replace(/(name="stamp"|name="proof")[^>]*/g, '$1');
    expect(untouched).toContain(folded);
    for (const [name, value] of [
      ['filter', 'lamp OR'],
      ['filter', 'lamp\u202e'],
      ['filter', ' \n'],
      ['filter', 'a'.repeat(3000)],
      ['author', '…'],
      ['author', ' , '],
      ['topic', 'nothing-like-it'],
      ['topic', '__proto__'],
      ['address', 'reader@example.org'],
      ['hour', '9'],
      ['group', 'machines'],
    ] as const)
      expect(plain((await form([[name, value]])).text)).toBe(plain(untouched));
  });

  it('brings no more than one may have', async () => {
    const many = Array.from({ length: 30 }, (_, index): [string, string] => ['filter', `lamp${index}`]);
    const { text } = await form([...many, ['author', 'Ada Moss']]);
    expect(text.match(/lamp\d+<\/textarea>/g)).toHaveLength(choiceLimits.ownFilters);
    expect(text).not.toContain('Ada Moss');
  });
});

describe('the first visit to the front page', () => {
  it('takes at most 20 KB, compressed, with its style sheet and its script', async () => {
    // Hexadecimal digits take about as much room as English does, however they are packed.
    const words = (seed: string, count: number) =>
      Array.from({ length: count }, (_, index) =>
        createHash('md5').update(`${seed}${index}`).digest('hex').slice(0, 7),
      );
    const papers = Array.from({ length: 3 }, (_, index) =>
      aRankedPaper({
        id: paperId(index),
        title: words(`title ${index}`, 10).join(' '),
        abstract: `${words(`abstract ${index}`, 50).join(' ')}.`,
        aiSummary: `${words(`summary ${index}`, 24).join(' ')}.`,
        authors: words(`authors ${index}`, 3),
      }),
    );
    const editions = fakeEditionRepository(anEdition({ papers }));
    await editions.noteTopicCounts(
      day('2026-08-07'),
      Object.fromEntries(catalogue.map(({ id }, index) => [id, (index * 37) % 211])),
    );
    const { read } = openPages([], { editions, catalogue, groups: topicGroups });
    const loaded = [await read('/'), assets.stylesheet.text, assets.script.text];
    const bytes = loaded.map((text) => gzipSync(text).length).reduce((sum, each) => sum + each);
    expect(bytes).toBeLessThanOrEqual(20_000);
  });
});

describe('a page with something to fix', () => {
  it('has its heading before that of the summary', async () => {
    const { post, read } = openPages([aSubscriber()]);
    const pages = [
      await read('/search?q=lamp+OR'),
      await (await post('/subscribe', { address: 'none' })).text(),
      await (await post(`/preferences?token=${token('preferences')}`, { filter: 'lamp OR' })).text(),
      await (await post(addressLink(), { address: 'none' })).text(),
    ];
    for (const page of pages)
      expect([...page.matchAll(/<h([1-6])/g)].slice(0, 2).map(([, level]) => level)).toEqual(['1', '2']);
    for (const page of pages) expect(page).toContain('Please fix the following');
  });
});
