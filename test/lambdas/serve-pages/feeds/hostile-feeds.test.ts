import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { escaped, type FeedDocument, feedEntry } from '../../../../lambdas/serve-pages/feeds/feed-entry.js';
import { feedWriters } from '../../../../lambdas/serve-pages/feeds/write-feed.js';
import type { RankedPaper } from '../../../../shared/domain/edition/edition.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { aRankedPaper, instant, paperId } from '../../../support/builders.js';
import { atomReaders, type ReadFeed } from './read-atom.js';
import { jsonFeedFaults } from './read-json-feed.js';

/** `FEED_PAPERS=10000` for the long run. */
const papers = Number(process.env.FEED_PAPERS ?? 500);
const perFeed = 25;

const hostileText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '<b>',
        '</title>',
        '<script>alert(1)</script>',
        '<!--',
        '-->',
        '<![CDATA[',
        ']]>',
        ']]]]>',
        ']]&gt;',
      ),
      fc.constantFrom(
        '&',
        '&amp;',
        '&amp;amp;',
        '&lt;',
        '&#0;',
        '&#x1f;',
        '&bogus;',
        '"',
        "'",
        '<?xml?>',
        '%',
        '$x<y$',
      ),
      fc.constantFrom('\ud800', '\udfff', '\udc00\ud800', '\ufffe', '\uffff', '\u0000', '\u000b', '\u001b', '\u0085'),
      fc.constantFrom(
        '\u202e',
        '\u200f',
        '\u2066',
        '\u2028',
        '\ufeff',
        '\r\n',
        '\t',
        '\u00a0',
        'é',
        '漢字',
        '😀',
        'שלום',
      ),
      fc.constantFrom('<link href="x"/>', '<link href="https://evil.example/"/>', '</entry></feed>', '__proto__', 'a'),
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.string({ unit: 'grapheme', maxLength: 6 }),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(' '));

const hostilePaper = fc
  .record({
    title: hostileText,
    abstract: hostileText,
    aiSummary: hostileText,
    organisation: hostileText,
    authors: fc.array(hostileText, { maxLength: 5 }),
    categories: fc.array(fc.oneof(fc.constantFrom('cs.CL', 'math.AG', 'hep-th'), hostileText), { maxLength: 3 }),
    projectUrl: fc.oneof(fc.webUrl({ withQueryParameters: true }), hostileText),
    codeUrl: fc.oneof(fc.constant('https://github.com/wick/lantern'), hostileText),
    isWithdrawn: fc.boolean(),
  })
  .map((texts) => aRankedPaper(texts));

const pagesUrl = 'https://pages.paper.dev';

function feedOf(ranked: readonly RankedPaper[], name: string): FeedDocument {
  const updatedAt = instant('2026-08-07T06:00');
  const options = { pagesUrl, withdrawn: new Set<PaperId>([paperId(3)]), updatedAt };
  return {
    id: `${pagesUrl}/feeds/search.atom?q=a&b=c`,
    url: `${pagesUrl}/feeds/search.atom?q=a&b=c`,
    title: name,
    description: name,
    pageUrl: `${pagesUrl}/search?q=a&b=c`,
    updatedAt,
    entries: ranked.map((paper, index) =>
      feedEntry({ ...paper, paper: { ...paper.paper, id: paperId(index + 1) } }, options),
    ),
  };
}

const sampled = fc.sample(hostilePaper, { numRuns: papers, seed: 17 });
const feeds = Array.from({ length: Math.ceil(papers / perFeed) }, (_, index) =>
  feedOf(sampled.slice(index * perFeed, (index + 1) * perFeed), 'Papers on <b>R&D</b> &amp; "more" ]]>'),
);

/** The feed as every reader should have it. */
const expected = ({ id, title, entries }: FeedDocument): ReadFeed => ({
  id,
  title,
  updated: '2026-08-07T06:00:00.000Z',
  entries: entries.map((entry) => ({
    id: entry.url,
    title: escaped(entry.title),
    summary: escaped(entry.summary),
    content: entry.html,
    authors: entry.authors,
    categories: entry.categories,
    links: [`alternate ${entry.url}`, `related ${entry.externalUrl}`],
    updated: new Date(entry.updatedAt).toISOString(),
    published: new Date(entry.publishedAt).toISOString(),
  })),
});

describe(`feeds of ${papers} hostile papers`, () => {
  it.each(atomReaders)('are read by %s as they were meant', async (_, read) => {
    let entries = 0;
    for (const feed of feeds) {
      const found = await read(feedWriters.atom.write(feed));
      expect(found).toEqual(expected(feed));
      entries += found.entries.length;
    }
    expect(entries).toBe(papers);
  });

  it('say the same as a JSON Feed, which breaks no rule of version 1.1', () => {
    for (const feed of feeds) {
      const text = feedWriters.json.write(feed);
      const read = JSON.parse(text);
      expect(jsonFeedFaults(read)).toEqual([]);
      const items = read.items.map((item: Record<string, unknown>) => ({
        url: item.id,
        externalUrl: item.external_url,
        title: item.title,
        summary: item.summary ?? '',
        html: item.content_html,
        authors: ((item.authors ?? []) as { name: string }[]).map(({ name }) => name),
        categories: item.tags ?? [],
        publishedAt: Date.parse(String(item.date_published)),
        updatedAt: Date.parse(String(item.date_modified)),
      }));
      expect(items).toEqual(feed.entries);
    }
  });

  it('hold no markup but our own, no script and no control character', () => {
    const ours = /<\/?(?:p|strong)>|<a href="https?:[^"<>]*">|<\/a>/g;
    for (const { entries } of feeds) {
      for (const { html, title, summary, authors } of entries) {
        expect(html.replace(ours, '')).not.toMatch(/[<>]/);
        expect([html, title, summary, ...authors].join('')).not.toMatch(/[\p{Cc}\p{Cs}\u202a-\u202e\ufffe\uffff]/u);
      }
    }
  });

  it('keep the id of a paper whatever it is called, and mark it when it is withdrawn', () => {
    const [plain] = feedOf([aRankedPaper({ title: 'Wax' })], 'one').entries;
    const [renamed] = feedOf([aRankedPaper({ title: 'Wane', isWithdrawn: true })], 'two').entries;
    expect(plain?.url).toBe(renamed?.url);
    expect([plain?.title, renamed?.title]).toEqual(['Wax', 'Withdrawn: Wane']);
    expect(renamed?.html).toContain('<p>This paper has been withdrawn from arXiv.</p>');
    const [, , later] = feedOf([aRankedPaper(), aRankedPaper(), aRankedPaper()], 'three').entries;
    expect(later?.title).toMatch(/^Withdrawn: /);
  });
});
