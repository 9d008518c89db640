import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { huggingFace } from '../../shared/sources/hugging-face.js';
import { SourceDown } from '../../shared/sources/paper-source.js';
import { day, instant } from '../support/builders.js';
import { type Answer, type HostileServer, hostileServer, say } from '../support/hostile-server.js';
import { testFetch } from '../support/test-fetch.js';

const today = day('2026-08-07');
const fixture = (date: string) =>
  readFileSync(join(__dirname, '..', 'fixtures', 'sources', 'hf-daily-papers', `${date}.json`), 'utf8');

type Json = Record<string, unknown>;
const item = (id: string, paper: Json = {}, outer: Json = {}) => ({
  paper: {
    id,
    title: `Title ${id}`,
    summary: 'Short.',
    authors: [{ name: 'Ada' }],
    publishedAt: '2026-08-06T00:00:00Z',
    ...paper,
  },
  ...outer,
});

describe('huggingFace', () => {
  let server: HostileServer;
  afterEach(() => server.close());

  /** Serves a list per day; days that are not given are empty. */
  const source = async (lists: Record<string, string | readonly unknown[] | Answer>) => {
    server = await hostileServer((response, request, count) => {
      const query = new URL(request.url ?? '', 'http://local').searchParams;
      const list = lists[query.get('date') ?? ''] ?? [];
      if (typeof list === 'function') return list(response, request, count);
      say(response, 200, typeof list === 'string' ? list : JSON.stringify(list));
    });
    return huggingFace({ baseUrl: server.url, fetchText: testFetch().fetchText });
  };
  const latest = async (lists: Parameters<typeof source>[0], on = today) => (await source(lists)).latest(on);

  it('asks for the seven days up to today', async () => {
    const { days, unanswered } = await latest({ [today]: fixture(today), '2026-08-06': fixture('2026-08-06') });
    expect([...server.asked].sort()).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((date) => `/api/daily_papers?date=2026-08-0${date}&limit=100&p=0`),
    );
    expect(days.map(({ date, listed }) => [date.slice(8), listed])).toEqual([
      ['01', 0],
      ['02', 0],
      ['03', 0],
      ['04', 0],
      ['05', 0],
      ['06', 1],
      ['07', 3],
    ]);
    expect(unanswered).toEqual([]);
  });

  it('reads the layout of 2026', async () => {
    const { records, rejected } = await latest({ [today]: fixture(today) });
    expect(rejected).toEqual([]);
    expect(records[0]).toEqual({
      source: 'hugging-face',
      id: '2608.05987',
      title: 'Quiet Agents: Planning Without Talking',
      abstract: 'Quiet Agents: Planning Without Talking is studied with care. The code is published.',
      authors: ['Liv Aas', 'Per Ek'],
      aiSummary: 'Agents plan better when they think without words.',
      keywords: ['agents', 'planning'],
      organisation: 'Fjord Laboratory',
      submitter: 'invale',
      codeUrl: 'https://github.com/fjordlab/quiet-agents',
      projectUrl: 'https://quiet-agents.example.com/#demo',
      publishedAt: instant('2026-08-06T00:00'),
      listedOn: '2026-08-07',
      counts: { upvotes: 51, comments: 2, stars: 212 },
    });
  });

  it('keeps apart what was not given and what is zero', async () => {
    const { records } = await latest({ [today]: fixture(today) });
    expect(records[1]?.counts).toEqual({ upvotes: 9, comments: 2 });
    expect(records[2]?.counts).toEqual({ upvotes: 0, comments: 2, stars: 4 });
    expect(records[2]).not.toHaveProperty('aiSummary');
    expect(records[2]).not.toHaveProperty('codeUrl');
  });

  it('reads the layout of 2025: people type addresses of all kinds', async () => {
    const { records } = await latest({ '2025-03-17': fixture('2025-03-17') }, day('2025-03-17'));
    expect(records.map(({ codeUrl, projectUrl }) => [codeUrl, projectUrl])).toEqual([
      ['https://github.com/invale/water-nets', undefined],
      [undefined, 'https://invale.github.io/idle-heads'],
      ['https://github.com/invale/maps', undefined],
      [undefined, undefined],
    ]);
    expect(records[0]?.title).toBe('The Weight of Water in μ-Nets');
    expect(records[0]?.keywords).toEqual(['tidal models', 'attention sinks']);
  });

  it('takes the time of publication from the paper: the outer one changed its meaning', async () => {
    const { records } = await latest({ '2024-06-12': fixture('2024-06-12') }, day('2024-06-12'));
    expect(records[0]?.publishedAt).toBe(instant('2024-06-06T21:27:40'));
  });

  it('reads the layout of 2024: line breaks in titles, hidden authors, no submitter', async () => {
    const { records } = await latest({ '2024-06-12': fixture('2024-06-12') }, day('2024-06-12'));
    expect(records[0]?.title).toBe('A Plan That Folds: Sorting Laundry With Very Small Language Models');
    expect(records[0]?.abstract).toBe(
      'Laundry is hard. We sort it with a model of 12 million parameters & some $\\alpha$-smoothing.',
    );
    expect(records[0]?.authors).toEqual(['Nora Fjeld', 'Tomás Ríos']);
    expect(records[0]).not.toHaveProperty('submitter');
    expect(records[1]?.title).toBe('"Almost" Is Enough: Early Exits for $1 Million Questions');
  });

  it('turns the page while pages are full, and counts a paper once that moved between them', async () => {
    const many = Array.from({ length: 230 }, (_, index) => item(`2608.${String(10_000 + index)}`));
    const { records, days } = await latest({
      [today]: (response, request) => {
        const page = Number(new URL(request.url ?? '', 'http://local').searchParams.get('p'));
        say(
          response,
          200,
          JSON.stringify(page === 0 ? many.slice(0, 100) : many.slice(page * 100 - 1, page * 100 + 99)),
        );
      },
    });
    expect(records).toHaveLength(230);
    expect(new Set(records.map(({ id }) => id)).size).toBe(230);
    expect(days.at(-1)?.listed).toBe(230);
  });

  it('stops when every page is the same', async () => {
    const page = Array.from({ length: 100 }, (_, index) => item(`2608.${String(10_000 + index)}`));
    const { records } = await latest({ [today]: page });
    expect(records).toHaveLength(100);
    expect(server.asked.filter((path) => path.includes(`date=${today}`))).toHaveLength(2);
  });

  it('gives a paper that was listed on two days twice', async () => {
    const { records } = await latest({ [today]: [item('2608.00001')], '2026-08-03': [item('2608.00001')] });
    expect(records.map(({ id, listedOn }) => [id, listedOn])).toEqual([
      ['2608.00001', '2026-08-03'],
      ['2608.00001', '2026-08-07'],
    ]);
  });

  it('names records that cannot be read and keeps the others', async () => {
    const good = item('2608.00009');
    const { title: _title, ...untitled } = good.paper;
    const { records, rejected, days } = await latest({
      [today]: [
        good,
        { paper: untitled },
        item('not-an-id\u202e\n'),
        item('2608.00002', { publishedAt: 'yesterday' }),
        item('2608.00005', { summary: ' \n' }),
        null,
        'text',
        item('2608.00008'),
      ],
    });
    expect(records.map(({ id }) => id)).toEqual(['2608.00009', '2608.00008']);
    expect(rejected).toEqual([
      { where: 'hugging-face 2026-08-07 record 2 (2608.00009)', reason: 'paper.title is no string' },
      { where: 'hugging-face 2026-08-07 record 3 (not-an-id)', reason: 'paper.id is no arXiv id' },
      { where: 'hugging-face 2026-08-07 record 4 (2608.00002)', reason: 'paper.publishedAt is no time' },
      { where: 'hugging-face 2026-08-07 record 5 (2608.00005)', reason: 'paper.summary is empty' },
      { where: 'hugging-face 2026-08-07 record 6 (no id)', reason: 'the record is no object' },
      { where: 'hugging-face 2026-08-07 record 7 (no id)', reason: 'the record is no object' },
    ]);
    expect(days.at(-1)?.listed).toBe(8);
  });

  it.each([
    ['1200', 1200],
    ['3,400', 3400],
    ['1.2k', 1200],
    ['12K', 12_000],
    ['1.5M', 1_500_000],
    [' 7 ', 7],
    ['900+', 900],
    [4, 4],
  ])('reads %j as a count', async (given, wanted) => {
    const counts = { upvotes: given, githubStars: given };
    const { records } = await latest({ [today]: [item('2608.00001', counts, { numComments: given })] });
    expect(records[0]?.counts).toEqual({ upvotes: wanted, comments: wanted, stars: wanted });
  });

  it.each([['many'], [''], ['-3'], [-3], [12.5], ['1.2'], [true], [{ count: 3 }], [[3]], [1e300]])(
    'keeps a paper whose counts are %j, and does not know them',
    async (given) => {
      const counts = { upvotes: given, githubStars: given };
      const { records, rejected } = await latest({
        [today]: [item('2608.00001', counts, { numComments: given })],
      });
      expect(rejected).toEqual([]);
      expect(records[0]?.counts).toEqual({});
    },
  );

  it.each([
    ['plain names', ['Liv Aas', 'Per Ek']],
    ['names of several shapes', [{ fullname: 'Liv Aas' }, null, { user: { fullname: 'Per Ek' } }, 7]],
    ['names in parts', [{ first: 'Liv', last: 'Aas' }, { name: { given: 'Per', family: 'Ek' } }]],
    ['one text', 'Liv Aas, Per Ek'],
    ['an object', { 0: { name: 'Liv Aas' }, 1: 'Per Ek' }],
    ['a list within an object', { list: [{ name: 'Liv Aas' }, { name: 'Per Ek' }] }],
    ['a hidden one among them', [{ name: 'Liv Aas' }, { name: 'Bo Li', hidden: true }, { name: 'Per Ek' }]],
  ])('reads authors that come as %s', async (_shape, authors) => {
    const { records } = await latest({ [today]: [item('2608.00001', { authors })] });
    expect(records[0]?.authors).toEqual(['Liv Aas', 'Per Ek']);
  });

  it('reads one author in place of a list', async () => {
    const { records } = await latest({ [today]: [item('2608.00001', { authors: { name: 'Liv Aas' } })] });
    expect(records[0]?.authors).toEqual(['Liv Aas']);
  });

  it('takes from outside of the paper what it does not say itself', async () => {
    const without = { title: null, summary: 5, publishedAt: undefined, authors: undefined };
    const outer = {
      title: 'Outer',
      summary: 'Told outside.',
      publishedAt: '2026-08-05T20:00:00Z',
      authors: ['Liv Aas'],
    };
    const { records } = await latest({ [today]: [item('2608.00001', without, outer)] });
    expect(records[0]).toMatchObject({
      title: 'Outer',
      abstract: 'Told outside.',
      publishedAt: instant('2026-08-05T20:00'),
      authors: ['Liv Aas'],
    });
  });

  it('prefers the paper’s own words, and reads a record that has no paper within', async () => {
    const { records } = await latest({
      [today]: [item('2608.00001', {}, { title: 'Outer', summary: 'Outer.' }), item('2608.00002').paper],
    });
    expect(records.map(({ title, abstract }) => [title, abstract])).toEqual([
      ['Title 2608.00001', 'Short.'],
      ['Title 2608.00002', 'Short.'],
    ]);
  });

  it('treats null as absent, and ornaments of another kind too', async () => {
    const nulls = {
      upvotes: null,
      githubStars: null,
      githubRepo: null,
      projectPage: null,
      ai_summary: null,
      ai_keywords: null,
    };
    const { records, rejected } = await latest({
      [today]: [
        item('2608.00001', { ...nulls, authors: null, organization: null }, { numComments: null, submittedBy: null }),
        item('2608.00002', {
          ai_summary: 7,
          ai_keywords: ['one', 2, ''],
          organization: 'Lab',
          authors: [null, { name: 5 }, { name: 'Bo' }],
        }),
      ],
    });
    expect(rejected).toEqual([]);
    expect(records[0]).toEqual({
      source: 'hugging-face',
      id: '2608.00001',
      title: 'Title 2608.00001',
      abstract: 'Short.',
      authors: [],
      publishedAt: instant('2026-08-06T00:00'),
      listedOn: today,
      counts: {},
    });
    expect(records[1]).toMatchObject({ authors: ['Bo'], keywords: ['one'] });
    expect(records[1]).not.toHaveProperty('aiSummary');
  });

  it('keeps all of 533 authors', async () => {
    const authors = Array.from({ length: 533 }, (_, index) => ({ name: `Author ${index}`, hidden: false }));
    const { records } = await latest({ [today]: [item('2608.00001', { authors })] });
    expect(records[0]?.authors).toHaveLength(533);
  });

  it('bounds texts that never end', async () => {
    const long = 'word '.repeat(100_000);
    const { records } = await latest({
      [today]: [item('2608.00001', { title: long, summary: long, ai_summary: long })],
    });
    expect(records[0]?.title.length).toBeLessThanOrEqual(500);
    expect(records[0]?.abstract.length).toBeLessThanOrEqual(10_000);
    expect(records[0]?.aiSummary?.length).toBeLessThanOrEqual(2000);
  });

  it('reads six days when one is down', async () => {
    const { records, days, unanswered } = await latest({
      [today]: [item('2608.00001')],
      '2026-08-05': (response) => say(response, 503, ''),
      '2026-08-04': [item('2608.00002')],
    });
    expect(records).toHaveLength(2);
    expect(days.map(({ date }) => date)).not.toContain('2026-08-05');
    expect(days).toHaveLength(6);
    expect(unanswered).toEqual(['daily list of 2026-08-05, page 0: HTTP 503 (asked 4 times)']);
  });

  it('goes on without the list of a day that has not begun there', async () => {
    const { days, unanswered } = await latest({
      [today]: (response) => say(response, 400, '{"error":"Invalid date"}'),
    });
    expect(days).toHaveLength(6);
    expect(unanswered).toEqual(['daily list of 2026-08-07, page 0: HTTP 400']);
  });

  it('reads the older days when the two newest are down', async () => {
    const down: Answer = (response) => say(response, 500, '');
    const { records } = await latest({ [today]: down, '2026-08-06': down, '2026-08-02': [item('2608.00002')] });
    expect(records).toHaveLength(1);
  });

  it('keeps what came before a page that is down, and does not count that day as read', async () => {
    const page = Array.from({ length: 100 }, (_, index) => item(`2608.${String(10_000 + index)}`));
    const { records, days, unanswered } = await latest({
      [today]: (response, request) =>
        request.url?.endsWith('p=0') ? say(response, 200, JSON.stringify(page)) : say(response, 404, ''),
    });
    expect(records).toHaveLength(100);
    expect(days.map(({ date }) => date)).not.toContain(today);
    expect(unanswered).toEqual(['daily list of 2026-08-07, page 1: HTTP 404']);
  });

  it('asks again for a list that is cut off', async () => {
    const whole = JSON.stringify([item('2608.00001')]);
    const { records } = await latest({
      [today]: (response, _request, count) => say(response, 200, count === 1 ? whole.slice(0, 50) : whole),
    });
    expect(records).toHaveLength(1);
  });

  it('takes a page that is no list for no answer', async () => {
    const { unanswered } = await latest({ [today]: '{"error":"busy"}' });
    expect(unanswered).toEqual(['daily list of 2026-08-07, page 0: the answer is no JSON list (asked 4 times)']);
  });

  it('says in one line that the source is down', async () => {
    const down = await source({});
    await server.close();
    const asking = down.latest(today);
    await expect(asking).rejects.toThrow(SourceDown);
    await expect(asking).rejects.toThrow(/^Hugging Face did not answer: .*ECONNREFUSED.*$/);
  });

  it('gives the list of one day, whole', async () => {
    const items = Array.from({ length: 130 }, (_, index) => item(`2607.${String(index + 1).padStart(5, '0')}`));
    const { listedOn } = await source({
      '2026-07-01': (response, request) => {
        const page = Number(new URL(request.url ?? '', 'http://local').searchParams.get('p'));
        say(response, 200, JSON.stringify(items.slice(page * 100, page * 100 + 100)));
      },
    });
    const answer = await listedOn(day('2026-07-01'));
    expect(answer.records).toHaveLength(130);
    expect(answer.records[0]).toMatchObject({ listedOn: '2026-07-01' });
    expect(answer.days).toEqual([{ date: '2026-07-01', listed: 130 }]);
  });

  it('does not give a part of the list of one day', async () => {
    const { listedOn } = await source({ '2026-07-01': (response) => say(response, 503, 'busy') });
    await expect(listedOn(day('2026-07-01'))).rejects.toThrow(SourceDown);
  });
});
