import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import { arxiv } from '../../shared/sources/arxiv.js';
import { SourceDown } from '../../shared/sources/paper-source.js';
import { day, instant, paperId } from '../support/builders.js';
import { type Answer, type HostileServer, hostileServer, say } from '../support/hostile-server.js';
import { testFetch } from '../support/test-fetch.js';

const today = day('2026-08-07');
const fixture = (name: string) =>
  readFileSync(join(__dirname, '..', 'fixtures', 'sources', 'arxiv', `${name}.xml`), 'utf8');
const entry = (id: string, inner = '') =>
  `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Title ${id}</title><summary>Text.</summary>
  <published>2026-08-05T12:00:00Z</published>${inner}</entry>`;
const feed = (inner: string, total: number) =>
  `<feed xmlns="http://www.w3.org/2005/Atom"><opensearch:totalResults xmlns:opensearch="x">${total}</opensearch:totalResults>${inner}</feed>`;

describe('arxiv', () => {
  let server: HostileServer;
  afterEach(() => server.close());
  const source = async (answer: Answer | string) => {
    server = await hostileServer(typeof answer === 'string' ? (response) => say(response, 200, answer) : answer);
    const { fetchText } = testFetch();
    return arxiv({ feedUrl: server.url, apiUrl: server.url, categories: ['cs.AI', 'cs.CL'], fetchText });
  };
  const latest = async (answer: Answer | string) => (await source(answer)).latest(today);
  const ask = async (answer: Answer | string, ...ids: string[]) => (await source(answer)).describe(ids as PaperId[]);

  describe('the daily feed', () => {
    it('is asked for all categories at once', async () => {
      await latest(fixture('feed'));
      expect(server.asked).toEqual(['/atom/cs.AI+cs.CL']);
    });

    it('gives new and cross-listed papers, no new versions, and no days', async () => {
      const { records, days, unanswered } = await latest(fixture('feed'));
      expect(records.map(({ id }) => id)).toEqual(['2608.06100', '2507.01234']);
      expect(days).toEqual([]);
      expect(unanswered).toEqual([]);
      expect(records[0]).toEqual({
        source: 'arxiv',
        id: '2608.06100',
        version: 1,
        title: 'Letters to a Young Compiler',
        abstract:
          'Compilers learn from letters. See https://github.com/orgs/letters and https://github.com/letters/young.',
        authors: ['Nikola Pi\\v{z}', "Ana {\\'E}toile", 'Bo Li'],
        categories: ['cs.AI', 'cs.PL'],
        mentionedCodeUrl: 'https://github.com/letters/young',
        publishedAt: instant('2026-08-07T04:00'),
      });
    });

    it('gives new versions apart, and knows a withdrawal that one of them tells', async () => {
      const withdrawn = fixture('feed').replace('Abstract: Again.', 'Abstract: The authors have withdrawn this paper.');
      const { versions } = await latest(withdrawn);
      expect(versions?.map(({ id, version, isWithdrawn }) => [id, version, isWithdrawn])).toEqual([
        ['2605.00001', 4, true],
        ['2605.00002', 2, undefined],
      ]);
    });

    it('names new versions that cannot be read', async () => {
      const { rejected } = await latest(fixture('feed').replace('2605.00002v2', 'nonsense'));
      expect(rejected.map(({ where }) => where)).toContain('arxiv feed version entry 2 (oai:arXiv.org:nonsense)');
    });

    it('dates a paper that is only now cross-listed within the month of its id', async () => {
      const { records } = await latest(fixture('feed'));
      expect(records[1]?.publishedAt).toBe(instant('2025-08-01T00:00') - 1);
    });

    it('names entries that cannot be read', async () => {
      const { rejected } = await latest(fixture('feed'));
      expect(rejected).toEqual([
        { where: 'arxiv feed entry 3 (oai:arXiv.org:2608.06101v1)', reason: 'its title is empty' },
      ]);
    });

    it('may be empty: nothing is announced at week-ends', async () => {
      const { records } = await latest(feed('', 0));
      expect(records).toEqual([]);
    });

    it('is not asked for without categories', async () => {
      server = await hostileServer((response) => say(response, 500, ''));
      const { fetchText } = testFetch();
      const none = arxiv({ feedUrl: server.url, apiUrl: server.url, categories: [], fetchText });
      expect((await none.latest(today)).records).toEqual([]);
      expect(server.asked).toEqual([]);
    });

    it.each([
      [
        'a document type',
        '<!DOCTYPE feed [<!ENTITY a "b">]><feed><entry>&a;</entry></feed>',
        'the feed declares a document type',
      ],
      ['plain text', 'Rate exceeded.', '"Rate exceeded." (asked 4 times)'],
      ['half a feed', '<feed><entry><id>', 'the answer is no whole Atom feed (asked 4 times)'],
      ['a page', '<!DOCTYPE html><html></html>', 'the answer is no whole Atom feed (asked 4 times)'],
    ])('counts as down when it is %s', async (_what, text, why) => {
      const asking = latest(text);
      await expect(asking).rejects.toThrow(SourceDown);
      await expect(asking).rejects.toThrow(`arXiv did not answer: ${why}`);
    });
  });

  describe('describe', () => {
    it('gives categories, the primary one first, versions and withdrawals', async () => {
      const { records, rejected } = await ask(fixture('query-2026'), '2608.05987', '2608.05990', 'hep-ex/0406020');
      expect(server.asked).toEqual(['/api/query?id_list=2608.05987,2608.05990,hep-ex/0406020&max_results=3']);
      expect(rejected).toEqual([]);
      expect(records.map(({ id, version, isWithdrawn }) => [id, version, isWithdrawn])).toEqual([
        ['2608.05987', 3, false],
        ['2608.05990', 2, true],
        ['hep-ex/0406020', 1, false],
      ]);
      expect(records[0]).toMatchObject({
        categories: ['cs.CL', 'cs.AI'],
        authors: ['Liv Aas', 'Per Ek'],
        publishedAt: instant('2026-08-06T17:59:46'),
        mentionedCodeUrl: 'https://github.com/fjordlab/quiet-agents',
      });
    });

    it('reads the layout of 2016', async () => {
      const { records } = await ask(fixture('query-2016'), '1111.2011');
      expect(records).toEqual([
        {
          source: 'arxiv',
          id: '1111.2011',
          version: 2,
          title: 'Ripples on a Branching Pond in the Limit of Many <Branches> & Few Fish',
          abstract: 'Ponds that branch carry ripples. We count them at every node.',
          authors: ['James Brook', 'Adela Weir'],
          categories: ['cond-mat.str-el', 'cond-mat.stat-mech'],
          isWithdrawn: false,
          mentionedCodeUrl: 'https://github.com/abrook/ponds',
          publishedAt: instant('2011-11-08T18:48:36'),
        },
      ]);
    });

    it('sees a withdrawal that only the abstract tells, and none in a paper about withdrawal', async () => {
      const told = entry('2608.00001').replace('Text.', 'This submission has been withdrawn by arXiv administrators.');
      const about = entry('2608.00002').replace('Text.', 'How troops were withdrawn. This paper has been long.');
      const { records } = await ask(feed(told + about, 2), '2608.00001', '2608.00002');
      expect(records.map(({ isWithdrawn }) => isWithdrawn)).toEqual([true, false]);
    });

    it('takes a withdrawal from somewhere else for none, and dates an entry without publication by its update', async () => {
      const elsewhere = entry('2608.00001', '<comment>Withdrawn from a workshop</comment>');
      const undated = entry('2608.00002').replace(
        /<published>.*<\/published>/,
        '<updated>2026-08-04T10:00:00Z</updated>',
      );
      const { records } = await ask(feed(elsewhere + undated, 2), '2608.00001', '2608.00002');
      expect(records[0]?.isWithdrawn).toBe(false);
      expect(records[1]?.publishedAt).toBe(instant('2026-08-04T10:00'));
    });

    it('asks for 100 at a time', async () => {
      const ids = Array.from({ length: 250 }, (_, index) => paperId(index + 1));
      await ask(feed('', 0), ...ids);
      expect(server.asked.map((path) => new URL(path, 'http://local').searchParams.get('max_results'))).toEqual([
        '100',
        '100',
        '50',
      ]);
      expect(
        server.asked.flatMap((path) => new URL(path, 'http://local').searchParams.get('id_list')?.split(',')),
      ).toEqual(ids);
    });

    it('gives nothing for ids that arXiv does not know', async () => {
      const answer = await ask(fixture('query-none'), '2608.00001');
      expect(answer).toEqual({ records: [], days: [], rejected: [], unanswered: [] });
    });

    it('asks for the others when arXiv refuses a batch for one of its ids', async () => {
      const { records, rejected } = await ask(
        (response, request) =>
          request.url?.includes('2608.00000')
            ? say(response, 400, fixture('query-error'))
            : say(response, 200, feed(entry('2608.00001'), 1)),
        '2608.00000',
        '2608.00001',
      );
      expect(records.map(({ id }) => id)).toEqual(['2608.00001']);
      expect(rejected).toEqual([
        {
          where: 'arxiv query entry 1 (https://arxiv.org/api/errors#incorrect_id_format_for_2608.00000)',
          reason: 'incorrect id format for 2608.00000',
        },
      ]);
      expect(server.asked).toHaveLength(2);
    });

    it('takes an empty feed that counts results for no answer, and asks again', async () => {
      const { records } = await ask(
        (response, _request, count) => say(response, 200, count < 3 ? feed('', 1) : feed(entry('2608.00001'), 1)),
        '2608.00001',
      );
      expect(records).toHaveLength(1);
      expect(server.asked).toHaveLength(3);
    });

    it('says which queries had no answer, and asks no further', async () => {
      const ids = Array.from({ length: 250 }, (_, index) => paperId(index + 1));
      const { records, unanswered } = await ask(
        (response, request) =>
          request.url?.includes(paperId(1))
            ? say(response, 200, feed(entry(paperId(1)), 1))
            : say(response, 200, feed('', 9)),
        ...ids,
      );
      expect(records).toHaveLength(1);
      expect(unanswered).toEqual([
        'query for 100 ids from 2608.00101: the answer is empty though it counts results (asked 4 times)',
        'queries for 50 ids more: not asked after that',
      ]);
    });

    it('rejects an entry that cannot be read and keeps the others', async () => {
      const { records, rejected } = await ask(
        feed(`<entry><id>http://arxiv.org/abs/nonsense</id></entry>${entry('2608.00001')}`, 2),
        '2608.00001',
      );
      expect(records).toHaveLength(1);
      expect(rejected).toEqual([
        { where: 'arxiv query entry 1 (http://arxiv.org/abs/nonsense)', reason: 'its id is no arXiv id' },
      ]);
    });
  });

  describe('the submissions of a day', () => {
    const date = day('2026-07-01');
    const page = async (answer: Answer | string, start = 0) => (await source(answer)).submittedOn(date, start);

    it('are asked for by the page, in all categories, in their order', async () => {
      await page(feed(entry('2607.00001'), 1), 200);
      const { searchParams, pathname } = new URL(server.asked[0]!, 'http://local');
      expect(pathname).toBe('/api/query');
      expect(Object.fromEntries(searchParams)).toEqual({
        search_query: '(cat:cs.AI OR cat:cs.CL) AND submittedDate:[202607010000 TO 202607012359]',
        start: '200',
        max_results: '100',
        sortBy: 'submittedDate',
        sortOrder: 'ascending',
      });
    });

    const two = entry('2607.00001') + entry('2607.00002');

    it('say where the next page starts', async () => {
      const { records, next } = await page(feed(two, 5));
      expect([records.map(({ id }) => id), next]).toEqual([['2607.00001', '2607.00002'], 2]);
    });

    it('say nothing of a next page at the end', async () => {
      expect(await page(feed(two, 5), 3)).not.toHaveProperty('next');
    });

    it('may be none', async () => {
      expect(await page(feed('', 0))).toEqual({ records: [], days: [], rejected: [], unanswered: [] });
    });

    it('are no answer while arXiv is busy', async () => {
      await expect(page(feed('', 7))).rejects.toThrow(SourceDown);
    });

    it('are not there when arXiv does not answer', async () => {
      await expect(page((response) => say(response, 503, 'busy'))).rejects.toThrow('arXiv did not answer');
    });
  });
});
