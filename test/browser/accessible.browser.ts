import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { aHindsight, aProfile, day, instant } from '../support/builders.js';
import { devices, startChromium } from './chromium.js';
import { isWide, violations } from './faults.js';

/** What axe finds wrong with a page, with its address. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  return (await violations(page, 'with-frames')).map((line) => `${page.url()} ${line}`);
}

let made: Synthesized;
let browser: Browser;
let opened: OpenedHouse;
let links: Readonly<Record<string, string>>;

beforeAll(async () => {
  made = synthesizeOnce();
  browser = await startChromium();
  opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
  await opened.welcome([aProfile({ topics: [{ name: 'Agents', filter: 'agents' }] })]);
  await opened.passTime(instant('2026-08-06T05:15'));
  for (const date of ['2026-07-28', '2026-07-29']) await opened.hindsights.keep(aHindsight({ date: day(date) }));
  const { text = '' } = await readMail(opened.house.mails()[0]!.raw);
  const linkTo = (part: string) => text.match(new RegExp(`http\\S*${part}\\S*`))![0];
  const home = opened.house.pagesUrl;
  links = {
    'the form': `${home}/`,
    'the search': `${home}/search`,
    'papers that were found': `${home}/search?q=agents+OR+learning&sort=relevance`,
    'a search that found nothing': `${home}/search?q=agents+zebra`,
    'a search that goes wrong': `${home}/search?q=agents+AND+(&from=x`,
    'an edition': `${home}/editions/2026-08-06`,
    preferences: linkTo('/preferences'),
    erasing: linkTo('/preferences').replace('/preferences?', '/preferences/erase?'),
    unsubscribing: linkTo('/unsubscribe'),
    'a confirmation that does not open': `${home}/confirm?token=none`,
    "a reader's own page of a day": linkTo('/day'),
    'what can be left out': linkTo('/less'),
    'a page of a day that does not open': `${home}/day?token=none`,
    'why this order': `${home}/how`,
    hindsight: `${home}/hindsight`,
    privacy: `${home}/privacy`,
    'an address that is none': `${home}/nowhere`,
  };
});
afterAll(async () => {
  await opened.close();
  await browser.close();
  made.remove();
});

const looks = ['light', 'dark'] as const;
const views = ['a phone', 'a desktop'].flatMap((device) => looks.map((look) => [device, look] as const));

describe('a mistake in a filter', () => {
  it('is read out once with its place, while one goes on typing behind it', async () => {
    const page = await browser.newPage();
    await page.goto(links['the form']!);
    await page.locator('details.adjust > summary').click();
    const box = page.locator('[name=filter]').first();
    const note = page.locator('#filter-note');
    await box.fill('agents OR ) robots');
    await note.locator('.where', { hasText: 'robots' }).waitFor();
    expect(await note.locator('.skip').textContent()).toBe(' The mistake is at character 11.');
    const nodes = "[...document.querySelector('#filter-note').childNodes]";
    await page.evaluate(`${nodes}.forEach((node) => { node.isOld = true; })`);
    await box.fill('agents OR ) robots maps');
    await note.locator('.where', { hasText: 'maps' }).waitFor();
    expect(await page.evaluate(`${nodes}.map((node) => node.isOld === true)`)).toEqual([true, true, false]);
    await box.fill('agents OR maps ) robots');
    await note.locator('.skip', { hasText: 'character 16.' }).waitFor();
    await page.close();
  });
});

describe.each(views)('every page on %s, %s', (device, colorScheme) => {
  it('gives axe nothing to find, and scrolls in one direction only', async () => {
    const context = await browser.newContext({ ...devices[device], colorScheme, bypassCSP: true });
    const page = await context.newPage();
    const found: string[] = [];
    for (const link of Object.values(links)) {
      await page.goto(link);
      found.push(...(await faultsOf(page)));
      const wide = await isWide(page);
      if (wide) found.push(`${link} is wider than the screen`);
    }
    await page.goto(links['the form']!);
    await page.locator('details.adjust > summary').click();
    await page.locator('[name=filter]').first().fill('agents OR robots');
    await page.locator('#filter-note', { hasText: 'a week' }).waitFor();
    found.push(...(await faultsOf(page)));
    await page.locator('[name=filter]').first().fill('agents OR (robots');
    await page.locator('#filter-note.wrong .where mark').waitFor();
    found.push(...(await faultsOf(page)));
    await page.locator('[name=filter]').first().fill('agents OR robots');
    await page.getByRole('button', { name: 'Preview my filters' }).click();
    found.push(...(await faultsOf(page)));
    opened.clock.set(opened.clock.now() + 5000);
    await page.locator('form[action="/subscribe"] button[type=submit]').first().click();
    await page.locator('.problems').waitFor();
    found.push(...(await faultsOf(page)));
    await page.goto(links['what can be left out']!);
    await page.locator('details.less summary').first().click();
    found.push(...(await faultsOf(page)));
    await page.locator('details.less button').first().click();
    await page.locator('#left-out button').waitFor();
    found.push(...(await faultsOf(page)));
    await page.goto(links.preferences!);
    await page.getByRole('heading', { name: 'What you leave out' }).waitFor();
    found.push(...(await faultsOf(page)));
    await page.getByRole('button', { name: /^Take back/ }).click();
    await page.goto(links.unsubscribing!);
    await page.getByRole('button', { name: 'Unsubscribe' }).click();
    found.push(...(await faultsOf(page)));
    await page.goto(new URL((await page.locator('form').getAttribute('action'))!, page.url()).href);
    found.push(...(await faultsOf(page)));
    await page.getByRole('button', { name: 'Yes, subscribe me again' }).click();
    found.push(...(await faultsOf(page)));
    await context.close();
    expect(found).toEqual([]);
  });
});
