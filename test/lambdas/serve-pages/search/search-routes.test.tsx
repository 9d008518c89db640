import { describe, expect, it } from '@jest/globals';
import { rememberedArchives } from '../../../../lambdas/serve-pages/editions/remembered-editions.js';
import { daysUpTo } from '../../../../shared/domain/calendar-date.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { day } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../../../support/fake-month-repository.js';
import { canary, openPages } from '../serve-pages-fixture.js';

const title = 'Lamps & <u>Wax</u>';
const abstract = `${'Nothing of note is told in the first sentences. '.repeat(12)}Then a wick is lit.`;
const many = Array.from({ length: 45 }, (_, index) =>
  plainPaper(index, { title: `Zinc plate ${index}`, listedDays: [day('2026-08-06')] }),
);
const editions = fakeEditionRepository(
  editionOf('2026-08-07', plainPaper(900, { title, abstract }), ...many),
  editionOf('2026-06-20', plainPaper(901, { title: 'Old lamps', listedDays: [day('2026-06-18')] })),
);
const pages = () => openPages([], { editions });
const searchFor = (query: Record<string, string>) => pages().read(`/search?${new URLSearchParams(query)}`);

describe('the search page', () => {
  it('asks what to look for, with the last 30 days filled in', async () => {
    const page = await pages().read('/search');
    expect(page).toMatch(/<input id="from"[^>]* value="2026-07-09"/);
    expect(page).toMatch(/<input id="to"[^>]* value="2026-08-07"/);
    expect(page).not.toContain('papers</h2>');
  });

  it('shows what was found, its matched words marked in title and abstract, and what papers bring escaped', async () => {
    const page = await searchFor({ q: 'lamp OR wick' });
    expect(page).toContain('>1 paper<');
    expect(page).toContain('<mark>Lamps</mark> &amp; &lt;u&gt;Wax&lt;/u&gt;');
    expect(page).toContain('Then a <mark>wick</mark> is lit.');
    expect(page).toMatch(/<mark>Lamps<\/mark> <span class="soft">\(title\)/);
    expect(page).toContain('href="/editions/2026-08-07"');
    expect(page).not.toMatch(/<u>Wax/);
  });

  it('shows a paper as its mail does, with what matched in its abstract before an AI summary, marked as such', async () => {
    const paper = plainPaper(902, {
      title: 'Kites in <i>wind</i>',
      abstract: 'A kite is <b>tied</b> to a string.',
      organisation: 'Kite Lab',
      aiSummary: 'Kites fly.',
    });
    const { read } = openPages([], { editions: fakeEditionRepository(editionOf('2026-08-07', paper)) });
    const byTitle = await read('/search?q=title:wind');
    expect(byTitle).toContain('<h3><a href="/papers/2608.00902">Kites in <mark>wind</mark></a></h3>');
    expect(byTitle).toContain('>Kite Lab</p>');
    const ai = '<p class="soft small"><strong>AI summary:</strong> Kites fly.</p>';
    expect(byTitle).toContain(`<p>A kite is tied to a string.</p>${ai}`);
    const byAbstract = await read('/search?q=string');
    expect(byAbstract).toContain(`<p>A kite is tied to a <mark>string</mark>.</p>${ai}`);
    expect(byAbstract).not.toContain('summary)');
  });

  it('shows no tag that an author typed, within a match or cut by one', async () => {
    const paper = plainPaper(905, {
      title: 'Kites in <i>strong</i> wind',
      abstract: 'Tied by <tt>silk</tt> rope, in H<sub>2</sub>O.',
    });
    const { read } = openPages([], { editions: fakeEditionRepository(editionOf('2026-08-07', paper)) });
    const byTitle = await read('/search?q=%22in+i+strong+i+wind%22');
    expect(byTitle).toContain('<h3><a href="/papers/2608.00905">Kites <mark>in strong wind</mark></a></h3>');
    expect(byTitle).toContain('<mark>in strong wind</mark> <span class="soft">(title)');
    const byAbstract = await read('/search?q=%22tt+silk%22');
    expect(byAbstract).toContain('<p>Tied by <mark>silk</mark> rope, in H2O.</p>');
    const byTag = await read('/search?q=sub');
    expect(byTag).toContain('<p>Tied by silk rope, in H2O.</p>');
    expect(byAbstract).toContain('Matched: <mark>silk</mark> <span class="soft">(abstract)');
    expect(byTag).not.toContain('Matched');
  });

  it('marks what was withdrawn since, and nothing else', async () => {
    const papers = [plainPaper(903, { title: 'Green glaze' }), plainPaper(904, { title: 'Blue glaze' })];
    const stored = fakeEditionRepository(editionOf('2026-08-07', ...papers));
    const { read } = openPages([], { editions: stored });
    const marks = async () => (await read('/search?q=glaze')).split('has since been withdrawn').length - 1;
    expect(await marks()).toBe(0);
    await stored.noteWithdrawn([papers[1]!.paper.id]);
    expect(await marks()).toBe(1);
  });

  it('says how a pasted title was read, and finds a paper by its id', async () => {
    const page = await searchFor({ q: 'Zinc: plate & 7' });
    expect(page).toContain('>1 paper<');
    expect(page).toContain('Read as: Zinc AND plate AND 7.');
    expect(await searchFor({ q: 'zinc' })).not.toContain('Read as');
    const { id } = plainPaper(3).paper;
    expect(await searchFor({ q: `https://arxiv.org/abs/${id}v2` })).toMatch(/>1 paper<.*Zinc plate 3/s);
  });

  it('says which categories are not read, and marks one that does not exist', async () => {
    expect(await searchFor({ q: 'zinc OR cat:stat' })).toContain('This Paperboy reads cs.CL and cs.LG');
    const wrong = await searchFor({ q: 'zinc cat:cs.XX' });
    expect(wrong).toContain('is not an arXiv category');
    expect(wrong).toContain('<mark>c</mark>at:cs.XX');
  });

  it('is cut into pages that lead to one another and go on counting', async () => {
    const first = await searchFor({ q: 'zinc' });
    expect(first).toContain('>45 papers<');
    expect(first).toContain('page 1 of 3');
    expect(first.match(/<h3>/g)).toHaveLength(20);
    const next = /href="([^"]*)"[^>]*>Next page/.exec(first)![1]!.replaceAll('&amp;', '&');
    const second = await pages().read(next);
    expect(second).toContain('page 2 of 3');
    expect(second).toContain('<ol class="papers" start="21">');
    expect(second).toContain('>Previous page<');
    const last = await searchFor({ q: 'zinc', page: '3' });
    expect(last).not.toContain('Next page');
    expect(last.match(/<h3>/g)).toHaveLength(5);
  });

  it('leads to the days before, and finds there', async () => {
    const page = await searchFor({ q: 'lamp' });
    const before = /href="([^"]*)"[^>]*>Previous 30 days/.exec(page)![1]!.replaceAll('&amp;', '&');
    expect(before).toContain('from=2026-06-09&to=2026-07-08');
    expect(await pages().read(before)).toContain('Old <mark>lamps</mark>');
  });

  it('says what is wrong with a filter, and marks where', async () => {
    const { app } = pages();
    const answer = await app.request(`/search?${new URLSearchParams({ q: 'lamp OR )' })}`);
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('A word is missing between &quot;OR&quot; and &quot;)&quot;.');
    expect(page).toMatch(/class="where"[^>]*>lamp OR <mark>\)<\/mark>/);
    expect(page).toMatch(/<input id="q"[^>]* value="lamp OR \)"[^>]* aria-invalid="true"/);
    expect(page).toContain('<span class="skip" id="q-place">The mistake is at character 9.</span>');
    expect(page).toContain('aria-describedby="q-hint q-error q-place"');
  });

  it('helps whoever found nothing: by the part that is in the way, or by what to try', async () => {
    const page = await searchFor({ q: 'zinc zebras' });
    expect(page).toContain('>No papers<');
    expect(page).toContain('Without zebras: 45 papers');
    expect(page).toMatch(/href="\/search\?q=zinc&amp;from=2026-07-09/);
    expect(await searchFor({ q: 'zebra' })).toContain('Try a broader word');
    expect(await searchFor({ q: 'lamp', from: '2024-01-01' })).toContain('>No papers<');
  });

  it('shows what was found before anything else but its one field, and unfolds what was chosen or is wrong', async () => {
    const folded = /<details class="help"><summary>Days and order/;
    const open = /<details class="help" open=""><summary>Days and order/;
    const page = await searchFor({ q: 'zinc', from: '2026-07-09', to: '2026-08-07', sort: 'trend' });
    expect(page).toMatch(folded);
    expect(page).toMatch(/From Thursday, 9 July 2026 to Friday, 7 August 2026, page 1 of 3/);
    for (const query of [{ sort: 'newest' }, { to: '2026-08-01' }, { from: 'soon' }])
      expect(await searchFor({ q: 'zinc', ...query })).toMatch(open);
    expect(await searchFor({ q: 'zinc OR' })).toMatch(folded);
  });

  it('leads to the sign-up form with the search filled in, whatever is in it', async () => {
    const q = 'zinc OR "lamp & wick" -brass';
    const link = async (query: string) => {
      const page = await searchFor({ q: query });
      return /href="([^"]*)">Email me this search/.exec(page)?.[1]?.replaceAll('&amp;', '&');
    };
    expect(new URL((await link(q))!, 'https://pages.example').searchParams.get('filter')).toBe(q);
    expect(await pages().read((await link(q))!)).toContain('>zinc OR &quot;lamp &amp; wick&quot; -brass</textarea>');
    expect(await link('zebra')).toBe('/?filter=zebra');
    expect(await link('lamp OR')).toBeUndefined();
  });

  it('offers to follow an author who was asked for, and nobody else', async () => {
    const authors = ['Ada <b>Moss</b>', 'Benoît Reed'];
    const paper = plainPaper(906, { title: 'Tin whistles', authors });
    const { read } = openPages([], { editions: fakeEditionRepository(editionOf('2026-08-07', paper)) });
    const page = await read('/search?q=author:reed');
    expect(page.match(/<a href="\/\?author=[^<]*<\/a>/g)).toEqual([
      '<a href="/?author=Beno%C3%AEt+Reed">Follow Benoît Reed</a>',
    ]);
    expect(await read('/search?q=whistle')).not.toContain('?author=');
  });

  it('has one address, which names what was asked for, and none while something is wrong', async () => {
    const ownUrl = async (query: Record<string, string>) =>
      /rel="canonical" href="https:\/\/pages\.paper\.dev([^"]*)"/.exec(await searchFor(query))?.[1];
    expect(await ownUrl({})).toBe('/search');
    expect(await ownUrl({ q: ' ', sort: 'trend' })).toBe('/search');
    expect(await ownUrl({ q: 'lamp', from: '2026-07-09', page: '1' })).toBe('/search?q=lamp');
    expect(await ownUrl({ q: 'zinc', page: '2' })).toMatch(/^\/search\?q=zinc&amp;from=.*&amp;page=2$/);
    expect(await ownUrl({ q: 'lamp', sort: 'newest' })).toMatch(/^\/search\?q=lamp&amp;from=.*&amp;sort=newest$/);
    expect(await ownUrl({ q: 'lamp OR' })).toBeUndefined();
  });

  it('comes soon, before the first edition', async () => {
    const { app } = openPages([], { editions: fakeEditionRepository() });
    const answer = await app.request('/search?q=lamp');
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('Nothing to search at the moment');
  });

  it('is linked from every page', async () => {
    for (const path of ['/', '/privacy', '/editions/2026-08-07'])
      expect(await pages().read(path)).toContain('href="/search"');
  });

  it('logs nothing of what was looked for, even when it fails', async () => {
    const broken = { ...editions, find: () => Promise.reject(new Error(canary)) };
    const { app, log } = openPages([], { editions: broken });
    expect((await app.request(`/search?q=${canary}`)).status).toBe(500);
    expect((await app.request(`/filters/preview?q=${canary}`)).status).toBe(500);
    expect(log).toHaveLength(2);
    expect(log.join()).not.toContain('canary');
  });
});

describe('the preview of a filter', () => {
  const preview = async (q: string, over = {}) => {
    const answer = await openPages([], { editions, ...over }).app.request(
      `/filters/preview?${new URLSearchParams({ q })}`,
    );
    return {
      status: answer.status,
      caching: answer.headers.get('cache-control'),
      body: (await answer.json()) as object,
    };
  };

  it('says in words and in figures what the filter would have brought', async () => {
    const { status, caching, body } = await preview('zinc OR lamp');
    expect([status, caching]).toEqual([200, 'private, max-age=600']);
    expect(body).toMatchObject({ days: 7, total: 46, perWeek: 46, noisiest: { clause: 'zinc', alone: 45 } });
    expect(body).toMatchObject({
      text: expect.stringMatching(/^About 46 papers a week: 46 in 7 days\. Noisiest: "zinc"/),
    });
    expect(JSON.stringify(body).length).toBeLessThan(1000);
  });

  it('says what is wrong, and where', async () => {
    expect((await preview('lamp OR')).body).toEqual({
      text: 'The filter ends with "OR": write a word after it.',
      position: 8,
    });
  });

  it('says how the filter was read, where that is not plain to see', async () => {
    expect((await preview('Zinc: plate & Zinc')).body).toMatchObject({
      text: expect.stringMatching(/^Read as: Zinc AND plate AND Zinc\. About 45 papers a week/),
    });
    expect((await preview('zinc does not melt')).body).toMatchObject({
      text: expect.stringContaining('"not" is a word here: write NOT to leave papers out. No paper'),
    });
  });

  it('says which categories are not read, and which do not exist', async () => {
    expect((await preview('zinc OR cat:math.OC')).body).toMatchObject({
      text: expect.stringMatching(/^This Paperboy reads cs\.CL and cs\.LG: cat:math\.OC only finds .* About 45/),
    });
    expect((await preview('zinc cat:cs.XX')).body).toEqual({
      text: '"cs.XX" is not an arXiv category: write, for example, cat:cs.CL.',
      position: 6,
    });
  });

  it('says when it cannot match, and what one term less would bring, in the words that were typed', async () => {
    expect((await preview('zinc author:"Ada Moss"')).body).toMatchObject({
      total: 0,
      text:
        'No paper in the 7 days up to the newest edition. As it is, it cannot match: no paper of the 7 days up to ' +
        '2026-08-07 has author:"ada moss". Without author:"ada moss": 45 in 7 days.',
    });
    expect((await preview('zinc cat:math.OC')).body).toMatchObject({
      text: expect.stringMatching(/only finds .* it cannot match: .* has cat:math\.oc\. Without cat:math\.oc: 45 in/),
    });
  });

  it('looks the archive up once, whatever it says of it', async () => {
    let asked = 0;
    const archives = rememberedArchives({ editions, months: fakeMonthRepository() }, Date.now);
    const counted = {
      ...archives,
      lastDays: (...today: Parameters<typeof archives.lastDays>) => {
        asked += 1;
        return archives.lastDays(...today);
      },
    };
    await preview('zinc brass copper tin author:"Ada Moss" cat:math.OC', { archives: counted });
    expect(asked).toBe(1);
  });

  it('says nothing of nothing, nor before the first edition', async () => {
    expect((await preview(' ')).body).toEqual({ text: '' });
    expect((await preview('lamp', { editions: fakeEditionRepository() })).body).toEqual({ text: '' });
  });

  it('reads the editions of a month once for all filters', async () => {
    const stored = fakeEditionRepository(...daysUpTo(day('2026-08-07'), 40).map((date) => editionOf(date)));
    let reads = 0;
    const find: typeof stored.find = (date) => {
      reads += 1;
      return stored.find(date);
    };
    const { read } = openPages([], { editions: { ...stored, find } });
    for (const q of ['lamp', 'wax', 'zinc']) await read(`/filters/preview?q=${q}`);
    expect(reads).toBe(5);
  });
});
