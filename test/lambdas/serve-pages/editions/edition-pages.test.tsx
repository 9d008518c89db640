import { describe, expect, it } from '@jest/globals';
import { addDays, daysUpTo } from '../../../../shared/domain/calendar-date.js';
import type { Hindsight } from '../../../../shared/domain/edition/hindsight.js';
import { aHindsight, anEdition, aRankedPaper, day, instant, paperId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakeHindsightRepository } from '../../../support/fake-hindsight-repository.js';
import { openPages } from '../serve-pages-fixture.js';

const at = day('2026-08-07');

/** An edition of so many papers, every third of them about robots. */
const editionOf = (date: string, count = 1) =>
  anEdition({
    date: day(date),
    publishedAt: instant(`${date}T05:04`),
    papers: Array.from({ length: count }, (_, index) =>
      aRankedPaper({
        id: paperId(index + 1),
        title: `${index % 3 === 0 ? 'Robots' : 'Lamps'} of place ${index + 1}.`,
        abstract: 'We light a room.',
        keywords: [],
      }),
    ),
  });

const titlesIn = (page: string) =>
  Array.from(
    page.matchAll(/<li value="(\d+)">(?:<h3>)?(?:<a [^>]*>)?([^<]*)/g),
    ([, place, title]) => `${place} ${title}`,
  );

describe('the calendar of editions', () => {
  const opened = async () => {
    const editions = fakeEditionRepository(
      ...['2026-08-07', '2026-08-05', '2026-07-31', '2026-05-02'].map((date) => editionOf(date, 12)),
    );
    const pages = openPages([], { editions });
    await pages.papers.noteListedDay({ date: day('2026-08-05'), listed: 0 }, 1);
    await pages.papers.noteListedDay({ date: day('2026-07-31'), listed: 4 }, 1);
    await pages.papers.noteListedDay({ date: at, listed: 0 }, 1);
    return pages;
  };
  const cells = (page: string) =>
    Array.from(page.matchAll(/<td[^>]*>(.*?)<\/td>/gs), ([, cell = '']) =>
      cell
        .replace(/<[^>]+>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim(),
    );

  it('shows this month up to this week and the one before, each day with how many papers its edition ranks', async () => {
    const page = await (await opened()).read('/editions');
    expect(Array.from(page.matchAll(/<caption>([^<]*)</g), ([, name]) => name)).toEqual(['August 2026', 'July 2026']);
    const shown = cells(page);
    expect(shown).toHaveLength(7 * (2 + 5));
    expect(shown).toContain('Friday 7 12 papers');
    expect(shown).toContain('Friday 31 12 papers');
    expect(page).toContain('href="/editions/2026-08-07"');
  });

  it('shows this month alone where none came out in the one before', async () => {
    const page = await openPages([], { editions: fakeEditionRepository(editionOf('2026-08-07')) }).read('/editions');
    expect(Array.from(page.matchAll(/<caption>([^<]*)</g), ([, name]) => name)).toEqual(['August 2026']);
  });

  it('says of a day that it has no edition, and of an edition that its day had no list, once that is over', async () => {
    const shown = cells(await (await opened()).read('/editions'));
    expect(shown).toContain('6 none');
    expect(shown).toContain('Wednesday 5 12 papers no list');
    expect(shown).toContain('8');
  });

  it('is a table with a caption and days of the week for its columns, Monday first', async () => {
    const page = await (await opened()).read('/editions?month=2026-05');
    const heads = Array.from(page.matchAll(/<th scope="col"><abbr title="(\w+)">/g), ([, name]) => name);
    expect(heads).toEqual(['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']);
    expect(cells(page).indexOf('Saturday 2 12 papers')).toBe(5);
  });

  it('leads to the months before and after, but never on from a month without editions', async () => {
    const { read } = await opened();
    const links = async (path: string) =>
      Array.from((await read(path)).matchAll(/<a rel="(\w+)" href="\/editions\?month=([^"]*)"/g), ([, ...link]) =>
        link.join(' '),
      );
    expect(await links('/editions')).toEqual(['prev 2026-06']);
    expect(await links('/editions?month=2026-07')).toEqual(['prev 2026-06', 'next 2026-08']);
    expect(await links('/editions?month=2026-06')).toEqual(['next 2026-07']);
    expect(await read('/editions?month=2026-06')).toContain('No edition came out in June 2026.');
  });

  it.each(['2026-09', '2026-13', '../x', ''])('shows this month when %s is asked for', async (month) => {
    expect(await (await opened()).read(`/editions?month=${month}`)).toContain('<caption>August 2026</caption>');
  });
});

describe('the page of an edition', () => {
  const editions = fakeEditionRepository(
    editionOf('2026-08-07', 45),
    editionOf('2026-08-05'),
    editionOf('2026-07-20', 150),
  );
  const { read, app } = openPages([], { editions });

  it('shows all papers, twenty a page, each with its place', async () => {
    const found = [];
    for (const page of [1, 2, 3]) found.push(titlesIn(await read(`/editions/2026-08-07?page=${page}`)));
    expect(found.map((titles) => titles.length)).toEqual([20, 20, 5]);
    expect(found.flat()).toHaveLength(45);
    expect(found[2]?.at(-1)).toBe('45 Lamps of place 45.');
    expect(titlesIn(await read('/editions/2026-08-07?page=99'))).toEqual(found[2]);
  });

  it('shows only the papers on a topic, at the places that they have among all', async () => {
    const page = await read('/editions/2026-08-07?topic=robots');
    expect(titlesIn(page).slice(0, 3)).toEqual([
      '1 Robots of place 1.',
      '4 Robots of place 4.',
      '7 Robots of place 7.',
    ]);
    expect(page).toContain('15 papers on Robots.');
    expect(page).toContain('<option value="robots" selected="">Robots</option>');
    expect(await read('/editions/2026-08-07?topic=tables')).toContain('No paper on Tables is in this edition.');
  });

  it('is as short as a line for each paper in its compact view, a hundred a page, and stays so from page to page', async () => {
    const page = await read('/editions/2026-07-20?view=compact');
    expect(titlesIn(page)).toHaveLength(100);
    expect(page).not.toContain('We light a room');
    expect(page).toContain('href="/editions/2026-07-20?view=compact&amp;page=2"');
    expect(page).toContain('<input type="hidden" name="view" value="compact"/>');
    expect(titlesIn(await read('/editions/2026-07-20?view=compact&page=2')).at(-1)).toBe('150 Lamps of place 150.');
  });

  it('leads to the editions before and after, past days that have none', async () => {
    const newest = await read('/editions/2026-08-07');
    expect(newest).toContain('<a rel="prev" href="/editions/2026-08-05">');
    expect(newest).not.toMatch(/rel="next" href="[^"?]*"/);
    expect(await read('/editions/2026-08-05')).toContain('<a rel="next" href="/editions/2026-08-07">');
  });

  it('has one address for search engines however it is shown, and others for its topics and pages', async () => {
    const canonical = async (query: string) =>
      /rel="canonical" href="([^"]*)"/.exec(await read(`/editions/2026-08-07${query}`))?.[1];
    expect(await canonical('')).toBe('https://pages.paper.dev/editions/2026-08-07');
    expect(await canonical('?view=compact&topic=none')).toBe('https://pages.paper.dev/editions/2026-08-07');
    expect(await canonical('?page=2')).toBe('https://pages.paper.dev/editions/2026-08-07?page=2');
  });

  it('marks a withdrawal at once, in each of its views', async () => {
    const changing = fakeEditionRepository(editionOf('2026-08-07', 3));
    const pages = openPages([], { editions: changing });
    const views = ['', '?view=compact', '?topic=robots', '?topic=robots&view=compact'];
    const marks = () =>
      Promise.all(
        views.map(
          async (view) =>
            (await pages.read(`/editions/2026-08-07${view}`)).split('has since been withdrawn').length - 1,
        ),
      );
    expect(await marks()).toEqual([0, 0, 0, 0]);
    await changing.noteWithdrawn([paperId(1)]);
    expect(await marks()).toEqual([1, 1, 1, 1]);
  });

  it('writes days without a list in words', async () => {
    const days = daysUpTo(at, 7).map((date) => ({ date, listed: date < '2026-08-03' ? 0 : 3 }));
    const pages = openPages([], { editions: fakeEditionRepository({ ...editionOf('2026-08-07'), days }) });
    expect(await pages.read('/editions/2026-08-07')).toContain(
      'There was no daily list on Saturday, 1 August 2026 or Sunday, 2 August 2026.',
    );
  });

  it('writes many days without a list in little room', async () => {
    const days = daysUpTo(at, 7).map((date) => ({ date, listed: date < '2026-08-04' ? 0 : 3 }));
    const pages = openPages([], { editions: fakeEditionRepository({ ...editionOf('2026-08-07'), days }) });
    expect(await pages.read('/editions/2026-08-07')).toContain(
      'There was no daily list on 1 August 2026, 2 August 2026 or 3 August 2026.',
    );
  });

  it.each([
    ['2026-08-06', ['2026-08-05', '2026-08-07']],
    ['2026-07-15', ['2026-07-20']],
    ['2020-01-01', ['2026-08-07']],
    ['2031-01-01', ['2026-08-07']],
  ])('is missing on %s, and the nearest are offered instead', async (date, nearest) => {
    const answer = await app.request(`/editions/${date}`);
    const page = await answer.text();
    expect(answer.status).toBe(404);
    expect(Array.from(page.matchAll(/href="\/editions\/([^"]*)"/g), ([, found]) => found)).toEqual(nearest);
    expect(page.replace(/<[^>]*>/g, '')).not.toMatch(/\d{4}-\d\d/);
  });
});

describe('the sitemap', () => {
  it('lists what lasts, every topic, and the editions of the last sixty days, with their whole addresses', async () => {
    const dates = [at, addDays(at, -59), addDays(at, -60)];
    const { app } = openPages([], { editions: fakeEditionRepository(...dates.map((date) => editionOf(date))) });
    const answer = await app.request('/sitemap.xml');
    expect(answer.headers.get('content-type')).toBe('application/xml');
    const places = Array.from((await answer.text()).matchAll(/<url><loc>(.*?)<\/loc><\/url>/g), ([, place]) => place);
    const own = 'https://pages.paper.dev';
    expect(places).toEqual(
      expect.arrayContaining([`${own}/`, `${own}/editions`, `${own}/topics/robots`, `${own}/status`]),
    );
    expect(places.filter((place) => place?.includes('/editions/'))).toEqual(
      [at, addDays(at, -59)].map((date) => `${own}/editions/${date}`),
    );
    for (const place of places) expect((await app.request(place?.slice(own.length) ?? '')).status).toBe(200);
  });
});

describe('hindsight for people', () => {
  const pageOf = (...hits: number[]) =>
    openPages([], {
      hindsights: fakeHindsightRepository(
        ...hits.map((each, daysAgo) => {
          const ours = { p3: 0, p5: 0, p10: each / 10, ndcg10: 0.5 };
          return aHindsight({ date: addDays(at, -daysAgo), ours, rawUpvotes: { ...ours, p10: 0.4 } });
        }),
      ),
    }).read('/hindsight');
  const text = (page: string) => page.replace(/<[^>]*>/g, '');

  it('says how many of the ten that won the week were in the top ten of the newest edition, and of each of the last', async () => {
    const page = text(await pageOf(9, 7, 8, 6, 9, 7, 8));
    expect(page).toContain('9 of the 10 that won the week were in our top ten.');
    expect(page).toContain('Over 7 editions it was 7.7 of 10 on average. Ranking by upvotes alone would have had 4.');
    expect(page).toContain('●●●●●●●●●○ 9 of 10');
    expect(page).toContain('●●●●●●○○○○ 6 of 10');
    expect(page).not.toContain('few editions');
  });

  it('promises nothing while little is known', async () => {
    expect(text(await pageOf(9))).toContain('It is the only one so far: one edition says little about the next.');
    expect(text(await pageOf(9, 3))).toContain('These are few editions yet: expect the average to move.');
  });

  it('folds the figures for experts, and shows days in words', async () => {
    const page = await pageOf(9, 3);
    const [people = '', experts = ''] = page.split('<summary>Figures for experts</summary>');
    for (const expert of ['NDCG', 'p@10', '<svg']) {
      expect(people).not.toContain(expert);
      expect(experts).toContain(expert);
    }
    expect(text(page)).not.toMatch(/\d{4}-\d\d/);
  });

  it('leaves out editions after which no upvote was seen, and says so', async () => {
    const { ours: _, rawUpvotes: _raw, biggestMiss: _miss, ...unseen } = aHindsight({ date: day('2026-08-06') });
    const shown = (...hindsights: Hindsight[]) =>
      openPages([], { hindsights: fakeHindsightRepository(...hindsights) }).read('/hindsight');
    expect(text(await shown(aHindsight(), unseen))).toContain(
      'One edition is left out, since no upvotes were seen after it.',
    );
    expect(text(await shown(unseen))).toContain('No edition could be judged yet');
  });
});
