import { describe, expect, it } from '@jest/globals';
import { rememberedArchives } from '../../../../lambdas/serve-pages/editions/remembered-editions.js';
import { stampForm } from '../../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { addDays, dayMs } from '../../../../shared/domain/calendar-date.js';
import { editionOf, plainPaper } from '../../../domain/edition/archive-builder.js';
import { aProfile, aSubscriber, day } from '../../../support/builders.js';
import { fakeEditionRepository } from '../../../support/fake-edition-repository.js';
import { fakeMonthRepository } from '../../../support/fake-month-repository.js';
import { canary, keys, noon, openPages, stampIn, token } from '../serve-pages-fixture.js';

const papers = ['Lamps', 'Lamps of wax', 'Zinc'].map((title, index) => plainPaper(index, { title }));

async function pagesWithCounts() {
  const editions = fakeEditionRepository(editionOf('2026-08-07', ...papers));
  await editions.noteTopicCounts(day('2026-08-07'), { tables: 38, gone: 4 });
  const profile = aProfile({ topics: [{ catalogueId: 'robots' }, { name: 'Own', filter: 'lamp' }] });
  return openPages([aSubscriber({ profile })], { editions });
}

const preferences = (path = '/preferences') => `${path}?token=${token('preferences')}`;
const aStamp = stampForm(keys.signing[0], noon - 60_000, 'form');
const chosen = { hour: '7', timezone: 'Europe/Berlin', maxPapers: '10', filterName: '' };

describe('the counts of the topics', () => {
  it.each(['/', preferences()])('stand beside those that were counted on %s', async (path) => {
    const page = await (await pagesWithCounts()).read(path);
    expect(page).toMatch(/Rows and columns\.<span class="count">38 in the last 7 days<\/span>/);
    expect(page.match(/in the last 7 days/g)).toHaveLength(1);
  });

  it.each(['/', preferences()])('are those of the edition that is shown, and name its date on %s', async (path) => {
    const editions = fakeEditionRepository(editionOf('2026-08-03', ...papers), editionOf('2026-08-04', ...papers));
    await editions.noteTopicCounts(day('2026-08-03'), { tables: 38 });
    const page = () => openPages([aSubscriber()], { editions }).read(path);
    expect(await page()).not.toMatch(/class="count"|how many papers it found/);
    await editions.noteTopicCounts(day('2026-08-04'), { tables: 41 });
    await editions.noteTopicCounts(day('2026-08-05'), { tables: 50 });
    expect(await page()).toContain('how many papers it found in the 8 days up to Tuesday, 4 August 2026.');
    expect(await page()).toContain('<span class="count">41 in the last 8 days</span>');
  });

  it.each(['/', preferences()])('say of how many days they are: thirty once there are so many, on %s', async (path) => {
    const dates = Array.from({ length: 5 }, (_, week) => editionOf(addDays(day('2026-08-07'), -7 * week), ...papers));
    const editions = fakeEditionRepository(...dates);
    await editions.noteTopicCounts(day('2026-08-07'), { tables: 38 });
    const page = await openPages([aSubscriber()], { editions }).read(path);
    expect(page).toContain('<span class="count">38 in the last 30 days</span>');
    expect(page).toContain('how many papers it found in the 30 days up to Friday, 7 August 2026.');
  });

  it('are not there before the first edition', async () => {
    expect(await openPages([], { editions: fakeEditionRepository() }).read('/')).not.toMatch(/in the last \d/);
  });
});

describe('a filter of one’s own', () => {
  it('has a place in which its count will be read out', async () => {
    expect(await (await pagesWithCounts()).read('/')).toContain(
      '<span class="note" id="filter-note" aria-live="polite"></span>',
    );
  });

  it('is tried without JavaScript by a button behind the form’s own, and the form stays as it was filled in', async () => {
    const pages = await pagesWithCounts();
    const form = await pages.read('/');
    expect(form.indexOf('formaction="/subscribe/try#filter"')).toBeGreaterThan(form.indexOf('class="wide"'));
    const stamp = stampIn(form);
    const answer = await pages.post('/subscribe/try', {
      ...chosen,
      stamp,
      address: canary,
      topic: 'tables',
      filter: 'lamp OR zinc',
    });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toMatch(
      /id="filter-note"[^>]*>About 3 papers a week: 3 in 7 days\. Noisiest: &quot;lamp&quot; alone accounts for 2 of the 3\./,
    );
    expect(page).toContain(`value="${canary}"`);
    expect(page).toMatch(/value="tables" checked/);
    expect(stampIn(page)).toBe(stamp);
    expect([pages.queue, pages.writes]).toEqual([[], []]);
  });

  it('is tried together with the names and categories to follow, each by its name where the page opens', async () => {
    const { post } = await pagesWithCounts();
    const followed = { authors: 'Nobody Whatsoever', organisations: 'Reed Labs', category: 'cs.CL' };
    const answer = await post('/subscribe/try', { ...chosen, stamp: aStamp, address: '', filter: '', ...followed });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    const missing = 'As it is, it cannot match: no paper of the 7 days up to 2026-08-07 has author:';
    expect(page).toMatch(new RegExp(`<strong>Nobody Whatsoever:</strong> [^<]*${missing}`));
    for (const name of ['Reed Labs', 'cs.CL']) expect(page).toContain(`<p class="note"><strong>${name}:</strong> `);
    expect(page).toContain('<span class="note" id="filter-note" aria-live="polite"></span>');
    expect(page.indexOf('<p class="note">')).toBeGreaterThan(page.indexOf('id="filter-note"'));
    expect(page).toContain('value="Nobody Whatsoever"');
  });

  it('is told of a name that cannot be looked for', async () => {
    const { post } = await pagesWithCounts();
    const answer = await post('/subscribe/try', {
      ...chosen,
      stamp: aStamp,
      address: '',
      filter: 'lamp',
      authors: '…',
    });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('We cannot look for “…”.');
  });

  it('is tried with at most nine others in one look at the archive, and more than that are told so', async () => {
    const editions = fakeEditionRepository(editionOf('2026-08-07', ...papers));
    const archives = rememberedArchives({ editions, months: fakeMonthRepository() }, Date.now);
    const asked: (number | undefined)[] = [];
    const counted: typeof archives = {
      ...archives,
      lastDays: (today, filters) => {
        asked.push(filters);
        return archives.lastDays(today, filters);
      },
    };
    const { post } = openPages([], { editions, archives: counted });
    const tryNames = async (count: number) => {
      const authors = Array.from({ length: count }, (_, index) => `Name${index}`).join(', ');
      const page = await (await post('/subscribe/try', { ...chosen, stamp: aStamp, filter: 'lamp', authors })).text();
      return [page.split('<p class="note">').length - 1, page.includes('You can have at most 10 filters of your own.')];
    };
    expect(await tryNames(9)).toEqual([9, false]);
    expect(await tryNames(11)).toEqual([9, true]);
    expect(asked).toEqual([10, 10]);
  });

  it('is told what is wrong with it alone, not what else is missing', async () => {
    const pages = await pagesWithCounts();
    const answer = await pages.post('/subscribe/try', { ...chosen, stamp: aStamp, address: '', filter: 'lamp OR' });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('The filter ends with &quot;OR&quot;: write a word after it.');
    expect(page).toContain('lamp OR<mark>␣</mark></span>');
    expect(page).toContain('<span class="skip" id="filter-place">The mistake is at the end.</span>');
    expect(page).toContain('aria-describedby="filter-hint filter-error filter-place"');
    expect(page).toContain('<span class="note" id="filter-note" aria-live="polite"></span>');
    expect(page.match(/class="error"/g)).toHaveLength(1);
  });

  it('whose mistake has no place is marked nowhere', async () => {
    const pages = await pagesWithCounts();
    const answer = await pages.post('/subscribe/try', { ...chosen, stamp: aStamp, address: '', filter: 'lamp\u202e' });
    const page = await answer.text();
    expect(page).toContain('Your filter contains invisible characters. Retype it.');
    expect(page).not.toMatch(/filter-place|class="where"/);
  });

  it('is tried on the preferences page too, and nothing is saved', async () => {
    const pages = await pagesWithCounts();
    const answer = await pages.post(preferences('/preferences/try'), { ...chosen, filter: 'wax' });
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toMatch(/id="filter-note"[^>]*>About 1 paper a week: 1 in 7 days\./);
    expect([pages.queue, pages.writes]).toEqual([[], []]);
    const dead = await pages.post('/preferences/try?token=x', { ...chosen, filter: 'wax' });
    expect(dead.status).toBe(403);
  });

  it.each(['', 'x', stampForm(keys.signing[0], noon - dayMs - 1, 'old')])(
    'is not tried for a form that we did not give out, or not within a day (%s)',
    async (stamp) => {
      const editions = fakeEditionRepository(editionOf('2026-08-07', ...papers));
      const archives = {
        ...rememberedArchives({ editions, months: fakeMonthRepository() }, Date.now),
        lastDays: () => Promise.reject(new Error('looked up')),
      };
      const { post, read } = openPages([], { editions, archives });
      const answer = await post('/subscribe/try', { ...chosen, stamp, address: canary, filter: 'lamp' });
      const page = await answer.text();
      expect(answer.status).toBe(422);
      expect(page).toContain('This form was open for more than a day. Please send it again.');
      expect([page.includes('>lamp</textarea>'), page.includes(`value="${canary}"`)]).toEqual([true, true]);
      expect(stampIn(page)).not.toBe(stamp);
      expect(await read('/')).not.toContain('open for more than a day');
    },
  );

  it('is not tried for another site', async () => {
    const { post } = await pagesWithCounts();
    const elsewhere = { 'Sec-Fetch-Site': 'cross-site' };
    expect((await post('/subscribe/try', { ...chosen, filter: 'wax' }, elsewhere)).status).toBe(403);
  });
});
