import { describe, expect, it } from '@jest/globals';
import { addDays } from '../../../../shared/domain/calendar-date.js';
import { anEdition, aRankedPaper, day, paperId } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { openPages } from '../serve-pages-fixture.js';

const at = day('2026-08-07');

const robot = (number: number, daysAgo: number) =>
  aRankedPaper({ id: paperId(number), title: `Robot ${number}`, listedDays: [addDays(at, -daysAgo)] });

describe('the catalogue of topics', () => {
  it('stands in its groups, and what is in none below them', async () => {
    const page = await openPages().read('/topics');
    const named = Array.from(
      page.matchAll(/<h2[^>]*>([^<]*)<|href="\/topics\/([^"]*)"/g),
      ([, group, topic]) => group ?? topic,
    );
    expect(named).toEqual(['Machines', 'robots', 'More topics', 'tables']);
  });

  it('says how many papers each topic found, of how many days up to which', async () => {
    const editions = fakeEditionRepository(anEdition());
    await editions.noteTopicCounts(at, { robots: 1, tables: 12 });
    const page = await openPages([], { editions }).read('/topics');
    expect(page).toContain('<span class="count">12 papers</span>');
    expect(page).toContain('<span class="count">1 paper</span>');
    expect(page).toContain('The numbers count the papers of the 7 days up to Friday, 7 August 2026.');
  });

  it('is there before the first edition, without numbers', async () => {
    const page = await openPages([], { editions: fakeEditionRepository() }).read('/topics');
    expect(page).toContain('href="/topics/robots"');
    expect(page).not.toContain('class="count"');
  });
});

describe('the page of a topic', () => {
  const papers = [
    robot(1, 0),
    robot(2, 3),
    robot(3, 0),
    aRankedPaper({ id: paperId(4), title: 'Tables' }),
    robot(5, 1),
  ];
  const open = (given = papers) => openPages([], { editions: fakeEditionRepository(anEdition({ papers: given })) });

  it('draws a bar for each day, as high as its papers are many, and has the same numbers in a table', async () => {
    const page = await open().read('/topics/robots');
    const heights = Array.from(page.matchAll(/<rect class="ours"[^>]* height="(\d+)"/g), ([, height]) =>
      Number(height),
    );
    expect(heights).toHaveLength(30);
    expect(heights.slice(-4)).toEqual([44, 0, 44, 88]);
    const rows = Array.from(page.matchAll(/<th scope="row">([^<]*)<\/th><td>(\d+)</g), ([, ...row]) => row.join(': '));
    expect(rows).toHaveLength(30);
    expect(rows.slice(0, 4)).toEqual([
      'Friday, 7 August 2026: 2',
      'Thursday, 6 August 2026: 1',
      'Wednesday, 5 August 2026: 0',
      'Tuesday, 4 August 2026: 1',
    ]);
    expect(page).toContain('Papers a day from Thursday, 9 July 2026 to Friday, 7 August 2026: 2 at most.');
  });

  it('counts only the days that its editions look back on', async () => {
    expect(await open().read('/topics/robots')).toMatch(/<h2>\s*4 papers in 7 days\s*<\/h2>/);
  });

  it('shows its newest papers, the best of a day first, twenty at most', async () => {
    const titles = async (given: typeof papers) =>
      Array.from(
        (await open(given).read('/topics/robots')).matchAll(/<h3>(?:<a [^>]*>)?([^<]*)/g),
        ([, title]) => title,
      );
    expect(await titles(papers)).toEqual(['Robot 1', 'Robot 3', 'Robot 5', 'Robot 2']);
    expect(await titles(Array.from({ length: 30 }, (_, index) => robot(index + 1, 0)))).toHaveLength(20);
  });

  it('offers the topic by email, and marks what was withdrawn', async () => {
    const editions = fakeEditionRepository(anEdition({ papers }));
    await editions.noteWithdrawn([paperId(3)]);
    const page = await openPages([], { editions }).read('/topics/robots');
    expect(page).toContain('href="/?topic=robots"');
    expect(page.split('has since been withdrawn')).toHaveLength(2);
  });

  it('is there while no edition counts, and while nothing matches', async () => {
    const none = await openPages([], { editions: fakeEditionRepository() }).read('/topics/robots');
    expect(none).toContain('No edition has come out in the last seven days.');
    const unmatched = await open([aRankedPaper()]).read('/topics/robots');
    expect(unmatched).toContain('0 papers in 7 days');
    expect(unmatched).not.toContain('<ol');
  });
});
