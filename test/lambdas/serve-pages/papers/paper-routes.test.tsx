import { describe, expect, it } from '@jest/globals';
import type { ServePagesDeps } from '../../../../lambdas/serve-pages/dependencies.js';
import { rememberedScoreboards } from '../../../../lambdas/serve-pages/papers/remembered-scoreboards.js';
import { makeMonth } from '../../../../shared/domain/archive/make-month.js';
import type { Edition, RankedPaper } from '../../../../shared/domain/edition/edition.js';
import { bibtexOf, cslJsonOf, risOf } from '../../../../shared/domain/paper/citation/formats.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { anEdition, aPaper, aRankedPaper, aTrendScore, day, instant, paperId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../../../support/fake-month-repository.js';
import { openPages } from '../serve-pages-fixture.js';

/** The pages over editions with their texts, and over papers as they are now. */
async function opened(papers: readonly Paper[], editions: readonly Edition[] = [], over: Partial<ServePagesDeps> = {}) {
  const months = fakeMonthRepository();
  for (const edition of editions) await months.write(makeMonth([edition]), [edition], [edition.date], 0);
  const repository = fakeEditionRepository(...editions);
  return openPages([], {
    editions: repository,
    months,
    scoreboards: rememberedScoreboards({ editions: repository, months }),
    describedPaper: async (id) => papers.find((paper) => paper.id === id),
    ...over,
  });
}

const pageOf = async (paper: Paper, editions: readonly Edition[] = []) =>
  (await opened([paper], editions)).read(`/papers/${paper.id}`);

const editionOn = (date: string, papers: readonly RankedPaper[]) =>
  anEdition({ date: day(date), publishedAt: instant(`${date}T05:02`), papers });

/** A paper of so many upvotes and stars, that of `aPaper` unless it has another number. */
const counted = (upvotes: number, stars?: number, number = 1): RankedPaper => ({
  ...aRankedPaper({ id: paperId(number), firstSeenAt: instant('2026-08-05T02:00'), listedDays: [day('2026-08-05')] }),
  counts: { upvotes, ...(stars !== undefined && { stars }) },
});

const threeDays = [
  editionOn('2026-08-05', [counted(9, 1, 2), counted(4), counted(2, 0, 3)]),
  editionOn('2026-08-06', [counted(30, 10), counted(12, 1, 2), counted(3, 0, 3)]),
  editionOn('2026-08-07', [counted(1042, 50), counted(14, 1, 2), counted(3, 0, 3)]),
];
const { paper: risen } = counted(0);

const cells = (page: string) => Array.from(page.matchAll(/<td>([^<]*)<\/td>/g), ([, text]) => text);

describe('the page of a paper', () => {
  it('tells what it is: title, authors, organisation, categories, its days in words, links and versions', async () => {
    const page = await pageOf(
      aPaper({
        title: 'Lamps of <i>Wax</i> and $\\alpha$',
        organisation: 'Wick Lab',
        version: 3,
        codeUrl: 'https://github.com/wick/lamp',
        projectUrl: 'https://lamp.example.org/',
      }),
    );
    expect(page).toContain('<h1 dir="auto">Lamps of Wax and α</h1>');
    expect(page).toContain('<title>Lamps of Wax and α · Paperboy</title>');
    for (const fact of ['Wick Lab', 'cs.CL, cs.LG', 'Thursday, 6 August 2026', 'Friday, 7 August 2026', '2608.00001'])
      expect(page).toContain(`<dd>${fact}</dd>`);
    for (const url of [
      'https://arxiv.org/abs/2608.00001',
      'https://arxiv.org/pdf/2608.00001',
      'https://github.com/wick/lamp',
      'https://lamp.example.org/',
      'https://huggingface.co/papers/2608.00001',
      'https://arxiv.org/abs/2608.00001v3',
      'https://arxiv.org/abs/2608.00001v1',
    ])
      expect(page).toContain(`<a href="${url}"`);
  });

  it('makes each author a search, and leads to the form that follows them', async () => {
    const page = await pageOf(aPaper({ authors: ['Ada Quill', 'Quill, Ada', '***', 'Zoë "Z" Ångström'] }));
    expect(page).toContain('<a href="/search?q=author%3A%22Ada+Quill%22">Ada Quill</a>');
    expect(page).toContain('href="/?author=Ada+Quill#authors" aria-label="Follow Ada Quill"');
    expect(page).toContain('<li>***</li>');
    expect(page).not.toContain('author=Quill%2C');
    const searches = Array.from(page.matchAll(/href="(\/search\?q=author[^"]*)"/g), ([, url]) => url ?? '');
    expect(searches).toHaveLength(3);
    for (const url of searches) expect((await openPages().app.request(url)).status).toBe(200);
  });

  it('names sixty authors of a collaboration, and says how many more there are', async () => {
    const page = await pageOf(aPaper({ authors: Array.from({ length: 2100 }, (_, index) => `Ada Q${index}`) }));
    expect(page.split('aria-label="Follow ')).toHaveLength(61);
    expect(page).toContain('<summary>2092 more authors</summary>');
    expect(page).toContain('And 2,040 more, whom arXiv names.');
  });

  it('has the whole abstract, with the sentences marked that were chosen of it, and the AI summary as such', async () => {
    const abstract = 'Tables are long. We present Lantern. It reads row by row. It needs little memory.';
    const paper = aPaper({ abstract, aiSummary: 'Lantern <b>reads</b> tables.' });
    const chosen = { of: 4, problem: 0, idea: 1, result: 1 };
    const edition = anEdition({ papers: [{ ...aRankedPaper(paper), highlights: chosen }] });
    const page = await pageOf(paper, [edition]);
    expect(page).toContain(
      '<p class="abstract"><mark><b>Problem:</b> Tables are long.</mark> <mark><b>Idea, result:</b> We present Lantern.</mark> It reads row by row. It needs little memory.</p>',
    );
    expect(page).toContain('<strong>AI summary:</strong> Lantern reads tables.');
    const changed = await pageOf({ ...paper, abstract: abstract.replace('present', 'show') }, [edition]);
    expect(changed).not.toContain('<b>Problem:</b> Tables');
    expect(await pageOf(aPaper({ abstract: '' }))).toContain('No source has given its abstract yet.');
  });

  it('draws how upvotes and stars rose, with the day’s median behind, and has the same in a table', async () => {
    const page = await pageOf(risen, threeDays);
    expect(page).toContain(
      '0 on 5 August 2026 and 1,042 on 7 August 2026. Median of that day&#39;s papers at the end: 14.',
    );
    expect(page).toContain('10 on 6 August 2026 and 50 on 7 August 2026.');
    expect(Array.from(page.matchAll(/<polyline class="(\w+)" points="([^"]*)"/g), ([, ...line]) => line)).toEqual([
      ['raw', '48.0,160.0 80.6,159.5 236.3,158.5 392.0,158.3'],
      ['ours', '48.0,160.0 80.6,159.5 236.3,156.4 392.0,34.0'],
      ['ours', '48.0,134.8 392.0,34.0'],
    ]);
    expect(cells(page)).toEqual(['1', '1,042', '14', '50', '1', '30', '12', '10', '2', '4', '4', '–']);
    expect(page).toContain('<a href="/editions/2026-08-06">6 August 2026</a>');
  });

  it('draws the finer curve of its newest edition, with the median from the start of its day', async () => {
    const papers = [counted(30), counted(12, 1, 2), counted(3, 0, 3)].map((ranked) => ({
      ...ranked,
      curve: [0, 10, 30],
    }));
    const page = await pageOf(risen, [editionOn('2026-08-06', papers)]);
    expect(Array.from(page.matchAll(/<polyline class="(\w+)" points="([^"]*)"/g), ([, ...line]) => line)).toEqual([
      ['raw', '48.0,160.0 392.0,109.6'],
      ['ours', '48.0,160.0 220.0,118.0 392.0,34.0'],
    ]);
  });

  it('draws a paper of one edition from the start of its day, and one that was listed long before not at all', async () => {
    const lines = async (listed: string) => {
      const ranked = aRankedPaper({ listedDays: [day(listed)] });
      const page = await pageOf(ranked.paper, [editionOn('2026-08-07', [ranked])]);
      return Array.from(page.matchAll(/<polyline[^>]*points="([^"]*)"/g), ([, points]) => points);
    };
    expect(await lines('2026-08-07')).toEqual(['48.0,160.0 392.0,34.0']);
    expect(await lines('2026-08-01')).toEqual([]);
  });

  it('dates a curve of one day once, and a longer one at both ends', async () => {
    const dates = async (listed: string, ...editions: Edition[]) => {
      const page = await pageOf(aRankedPaper({ listedDays: [day(listed)] }).paper, editions);
      const [chart = ''] = page.split('</svg>');
      return Array.from(chart.matchAll(/<text[^>]*>(\d+ August 2026)<\/text>/g), ([, date]) => date);
    };
    const ranked = aRankedPaper({ listedDays: [day('2026-08-06')] });
    const [sixth, seventh] = [editionOn('2026-08-06', [ranked]), editionOn('2026-08-07', [ranked])] as const;
    expect(await dates('2026-08-06', sixth)).toEqual(['6 August 2026']);
    expect(await dates('2026-08-06', sixth, seventh)).toEqual(['6 August 2026', '7 August 2026']);
  });

  it('says how its score came about, by the newest edition that had it', async () => {
    const score = aTrendScore(3.456, { gained: 48, hours: 9 });
    const papers = [{ ...counted(48), score }, counted(9, 1, 2)];
    const page = await pageOf(risen, [editionOn('2026-08-06', papers), editionOn('2026-08-07', [counted(9, 1, 2)])]);
    expect(page).toContain(
      'In the edition of Thursday, 6 August 2026 it was number 1 of 2, with a score of 3.46:</p><ul><li>3.46 points: +48 upvotes in 9 h</li></ul>',
    );
    expect(page).toContain('<p class="rise">Rising: +48 upvotes in 9 h</p>');
    const still = [{ ...counted(48), score: { value: 0, parts: [] } }];
    expect(await pageOf(risen, [editionOn('2026-08-06', still)])).toContain(
      'without a score: nothing was seen to rise',
    );
  });

  it('says so where no edition has had it', async () => {
    const page = await pageOf(aPaper({ id: paperId(77) }), threeDays);
    expect(page).toContain('No edition has had this paper yet');
    expect(page).not.toContain('<svg');
  });

  it('is made of the edition itself where an earlier version kept no more', async () => {
    const editions = fakeEditionRepository(...threeDays);
    const scoreboards = rememberedScoreboards({ editions, months: fakeMonthRepository() });
    const { read } = await opened([risen], threeDays, { scoreboards });
    const page = await read('/papers/2608.00001');
    expect(cells(page)).toEqual(['1', '1,042', '14', '50']);
    expect(page).toContain('How its score came about');
  });

  it('says at once that a paper was withdrawn', async () => {
    expect(await pageOf(risen, threeDays)).not.toContain('withdrawn');
    expect(await pageOf({ ...risen, isWithdrawn: true }, threeDays)).toContain('has been withdrawn from arXiv');
  });

  it('shows hostile texts as what they are', async () => {
    const hostile = '<script>alert(1)</script> "quoted" \\href{javascript:alert(1)}{x} \u202eright to left';
    const paper = aPaper({
      title: hostile,
      abstract: `${hostile}. We present <img src=x onerror=alert(1)>.`,
      authors: [hostile, '<img src=x>', '"><script>'],
      organisation: hostile,
      categories: ['<b>'],
      aiSummary: hostile,
      codeUrl: 'javascript:alert(1)',
      projectUrl: 'javascript:alert(1)',
    });
    const page = await pageOf(paper, [anEdition({ papers: [aRankedPaper(paper)] })]);
    expect(page).not.toMatch(/<script|<img|href="javascript|\u202e/);
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
  });

  it('tells those who share it, and search engines, what it is', async () => {
    const page = await pageOf(aPaper());
    expect(page).toContain('<link rel="canonical" href="https://pages.paper.dev/papers/2608.00001"/>');
    expect(page).toContain('<meta property="og:title" content="Lantern: Reading Long Tables by Candlelight"/>');
    expect(page).toMatch(/<meta name="description" content="We present Lantern\.[^"]+"\/>/);
    expect(page).not.toContain('noindex');
    expect(await pageOf(aPaper({ abstract: '' }))).toContain('content="The paper 2608.00001 of arXiv."');
  });

  it('may be kept for five minutes, and is not sent again while it is the same', async () => {
    const { app } = await opened([risen], threeDays);
    const answer = await app.request('/papers/2608.00001');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=300');
    const etag = answer.headers.get('etag') ?? '';
    const again = await app.request('/papers/2608.00001', { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
  });
});

describe('the address of a paper', () => {
  it.each([
    ['2608.00001v2', '/papers/2608.00001'],
    ['arXiv:2608.00001', '/papers/2608.00001'],
    ['2608.00001.pdf', '/papers/2608.00001'],
    ['2608.00001v2/citation.bib', '/papers/2608.00001/citation.bib'],
    ['https://arxiv.org/abs/2608.00001v3', '/papers/2608.00001'],
    ['hep-ex/0406020v1', '/papers/hep-ex/0406020'],
  ])('%s leads to the one page', async (address, location) => {
    const answer = await (await opened([aPaper()])).app.request(`/papers/${address}`);
    expect([answer.status, answer.headers.get('location')]).toEqual([301, location]);
  });

  it('has a slash where the id has one', async () => {
    const old = aPaper({ id: 'hep-ex/0406020' as Paper['id'] });
    const { app } = await opened([old]);
    expect((await app.request('/papers/hep-ex/0406020')).status).toBe(200);
    const file = await app.request('/papers/hep-ex/0406020/citation.ris');
    expect(file.headers.get('content-disposition')).toBe('attachment; filename="arxiv-hep-ex-0406020.ris"');
  });

  it.each(['none', '2608.1', '2613.00001', '2608.00001/other', '2608.00001/citation.exe', '%3Cscript%3E'])(
    'is none at %s, and the page says what to do',
    async (address) => {
      const answer = await (await opened([aPaper()])).app.request(`/papers/${address}`);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('such as 2608.05987');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it('leads on to arXiv where the paper is not known here', async () => {
    for (const path of ['/papers/2608.09999', '/papers/2608.09999/citation.json']) {
      const answer = await (await opened([aPaper()])).app.request(path);
      expect(answer.status).toBe(404);
      expect(await answer.text()).toContain('<a href="https://arxiv.org/abs/2608.09999">');
    }
  });
});

describe('what reference managers read of a paper', () => {
  it.each([
    ['bib', 'application/x-bibtex', bibtexOf(aPaper())],
    ['ris', 'application/x-research-info-systems', risOf(aPaper())],
    ['json', 'application/vnd.citationstyles.csl+json', `${JSON.stringify(cslJsonOf(aPaper()), null, 2)}\n`],
  ])('comes as citation.%s', async (format, type, text) => {
    const { app, read } = await opened([aPaper()]);
    const answer = await app.request(`/papers/2608.00001/citation.${format}`);
    expect(answer.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="arxiv-2608.00001.${format}"`);
    expect(await answer.text()).toBe(text);
    expect(await read('/papers/2608.00001')).toContain(`href="/papers/2608.00001/citation.${format}"`);
  });
});
