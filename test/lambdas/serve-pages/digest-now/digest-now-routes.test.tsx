import { describe, expect, it } from '@jest/globals';
import { dayMs } from '../../../../shared/domain/calendar-date.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { aProfile, aSubscriber } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { canary, openPages, stampIn, token } from '../serve-pages-fixture.js';

const titles = ['Tables of wax', 'A robot', 'Lamps', 'Lamps of wax', 'Zinc'];
const papers = titles.map((title, index) => plainPaper(index, { title }));

async function openForm(given = [aSubscriber()]) {
  const pages = openPages(given, { editions: fakeEditionRepository(editionOf('2026-08-07', ...papers)) });
  const stamp = stampIn(await pages.read('/'));
  const show = async (fields: Record<string, string> | [string, string][], headers = {}) => {
    const all: [string, string][] = [['stamp', stamp], ...(Array.isArray(fields) ? fields : Object.entries(fields))];
    return pages.post('/digest-now', all, headers);
  };
  const titlesFor = async (fields: Parameters<typeof show>[0]) => {
    const page = await (await show(fields)).text();
    return titles.filter((title) => new RegExp(`>${title}<`).test(page));
  };
  return { ...pages, stamp, show, titlesFor };
}

describe('my digest now', () => {
  it('is the mail of the newest edition for what is chosen, before any address, and writes nothing', async () => {
    const { show, writes, queue, log } = await openForm();
    const answer = await show({ topic: 'tables', filter: 'lamp', filterName: 'Light', maxPapers: '2' });
    const page = await answer.text();
    expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
    for (const said of [
      'Friday, 7 August 2026',
      'Subject: Tables of wax',
      '2 of the 3 papers that matched your topics today.',
    ])
      expect(page).toContain(said);
    expect(page).toContain('This is a preview.');
    expect([writes, queue, log]).toEqual([[], [], []]);
  });

  it('opens its links beside the form, and has none of a subscriber', async () => {
    const { show } = await openForm();
    const page = await (await show({ topic: 'tables', address: canary })).text();
    expect(page).toContain('<head><base target="_blank"/>');
    expect(page).not.toMatch(/canary|token=|href=""|unsubscribe\?/);
  });

  it.each([
    ['a topic', [['topic', 'tables']], ['Tables of wax']],
    ['a group', [['group', 'machines']], ['A robot']],
    [
      'a filter that is still being typed, which is left out',
      [
        ['filter', 'lamp AND ('],
        ['topic', 'tables'],
      ],
      ['Tables of wax'],
    ],
    ['a topic that there is not', [['topic', 'gone']], []],
    [
      'a number that is none',
      [
        ['filter', 'lamp'],
        ['maxPapers', '-'],
      ],
      ['Lamps', 'Lamps of wax'],
    ],
    [
      'one paper at most',
      [
        ['filter', 'lamp'],
        ['maxPapers', '1'],
      ],
      ['Lamps'],
    ],
    [
      'the week’s best',
      [
        ['filter', 'lamp'],
        ['days', 'weekly'],
        ['weekDay', '5'],
      ],
      ['Lamps', 'Lamps of wax'],
    ],
  ] as [string, [string, string][], string[]][])('shows %s', async (_name, fields, expected) => {
    expect(await (await openForm()).titlesFor(fields)).toEqual(expected);
  });

  it('looks at no more filters than one person may have', async () => {
    const { titlesFor } = await openForm();
    const idle = Array.from({ length: 10 }, (_, index): [string, string] => ['filter', `nothing${index}`]);
    expect(await titlesFor([...idle.slice(1), ['filter', 'lamp']])).toEqual(['Lamps', 'Lamps of wax']);
    expect(await titlesFor([...idle, ['filter', 'lamp']])).toEqual([]);
  });

  it('says that no mail would come, or shows the best of the rest to whoever wants that', async () => {
    const { show, titlesFor } = await openForm();
    expect(await (await show({ filter: 'brass' })).text()).toContain('so no mail would come.');
    expect(await titlesFor({ filter: 'brass', quietDays: 'best-unseen', maxPapers: '3' })).toEqual(titles.slice(0, 3));
  });

  it('leaves out for a subscriber what they never want to see, of their topics and of the best of the rest', async () => {
    const { post, titlesFor } = await openForm([aSubscriber({ profile: aProfile({ never: ['wax'] }) })]);
    const titlesOf = async (fields: Record<string, string>) => {
      const page = await (await post(`/digest-now?token=${token('preferences')}`, fields)).text();
      return titles.filter((title) => page.includes(`>${title}<`));
    };
    expect(await titlesOf({ filter: 'lamp' })).toEqual(['Lamps']);
    expect(await titlesOf({ filter: 'lamp', days: 'weekly', weekDay: '5' })).toEqual(['Lamps']);
    expect(await titlesOf({ filter: 'brass', quietDays: 'best-unseen' })).toEqual(['A robot', 'Lamps', 'Zinc']);
    expect(await titlesFor({ filter: 'lamp' })).toEqual(['Lamps', 'Lamps of wax']);
  });

  it('is shown by a button of both forms, in a frame, with or without the script', async () => {
    const { read } = await openForm();
    const link = `?token=${token('preferences')}`;
    for (const [path, query] of [
      ['/', ''],
      [`/preferences${link}`, link],
    ] as const) {
      const page = await read(path);
      expect(page).toContain(`formaction="/digest-now${query}" formtarget="digest-now"`);
      expect(page).toMatch(/<noscript>.*<iframe name="digest-now" title="[^"]+" sandbox="allow-same-origin [^"]*"/s);
      expect(page.indexOf('formtarget')).toBeGreaterThan(page.indexOf('class="wide"'));
    }
  });

  it('opens to a form that we gave out less than a day ago, or to a subscriber’s link, from our own pages alone', async () => {
    const { post, show, clock } = await openForm();
    const fields = { topic: 'tables' };
    expect((await post('/digest-now', fields)).status).toBe(403);
    expect((await post('/digest-now', { ...fields, stamp: token('preferences') })).status).toBe(403);
    expect((await post(`/digest-now?token=${token('preferences')}`, fields)).status).toBe(200);
    expect((await post(`/digest-now?token=${token('day')}`, fields)).status).toBe(403);
    expect((await show(fields, { 'Sec-Fetch-Site': 'cross-site' })).status).toBe(403);
    expect((await show({ ...fields, admin: 'yes' })).status).toBe(400);
    clock.now += dayMs + 1;
    const old = await show(fields);
    expect([old.status, await old.text()]).toEqual([403, expect.stringContaining('This form is too old')]);
  });

  it('says so where it is for papers alone that nobody knows yet, and shows what is chosen besides', async () => {
    const { show, titlesFor } = await openForm();
    const said = async (named: string) => (await show({ papers: named })).text();
    expect(await said('2511.99999')).toContain('We do not know these papers yet.');
    expect(await said('A title of none')).toContain('We do not know “A title of none”');
    expect(await titlesFor({ papers: '2511.99999', topic: 'tables' })).toEqual(['Tables of wax']);
  });

  it('has nothing to show before the first edition', async () => {
    const pages = openPages([], { editions: fakeEditionRepository() });
    const stamp = stampIn(await pages.read('/'));
    expect(await (await pages.post('/digest-now', { stamp })).text()).toContain('Nothing to show at the moment');
  });
});
