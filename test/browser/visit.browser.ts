import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { aProfile, day, instant } from '../support/builders.js';
import { devices, startChromium } from './chromium.js';
import { isWide, violations } from './faults.js';

let made: Synthesized;
let browser: Browser;
let opened: OpenedHouse;

beforeAll(async () => {
  made = synthesizeOnce();
  browser = await startChromium();
  opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
  await opened.welcome([aProfile({ topics: [{ name: 'Agents', filter: 'agents' }] })]);
  await opened.passTime(instant('2026-08-06T05:15'));
});
afterAll(async () => {
  await opened.close();
  await browser.close();
  made.remove();
});

/** Faults of a page: what axe finds, and whether it is wider than its window. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  const found = [
    ...(await violations(page, 'without-frames')),
    ...((await isWide(page)) ? ['wider than its window'] : []),
  ];
  return found.map((line) => `${page.url()} ${line}`);
}

/** Goes on by the Tab key until what has the focus is called so. */
async function tabTo(page: Page, name: string, tag = ''): Promise<void> {
  const focused = `(({ tagName, textContent, labels }) => [tagName, (labels?.[0] ?? { textContent }).textContent])`;
  for (let tabs = 0; tabs < 60; tabs += 1) {
    await page.keyboard.press('Tab');
    const [tagName, called] = (await page.evaluate(`${focused}(document.activeElement)`)) as [string, string];
    if (called.trim() === name && (tag === '' || tagName === tag)) return;
  }
  throw new Error(`60 tabs do not lead to “${name}” on ${page.url()}`);
}

const pathOf = (page: Page) => new URL(page.url()).pathname;

describe.each(Object.keys(devices))('a visitor on %s', (device) => {
  let context: BrowserContext;
  let page: Page;
  const hasScript = devices[device]?.javaScriptEnabled !== false;
  const address = `${device.replaceAll(' ', '-')}@example.org`.toLowerCase();

  beforeAll(async () => {
    context = await browser.newContext({ ...devices[device] });
    page = await context.newPage();
    page.setDefaultTimeout(10000);
    await page.goto(`${opened.house.pagesUrl}/`);
  });
  afterAll(() => context.close());

  it('finds papers of an author, without leaving the keyboard', async () => {
    await page.getByRole('navigation', { name: 'Paperboy' }).getByRole('link', { name: 'Search' }).press('Enter');
    await page.waitForURL('**/search');
    await page.locator('#q').focus();
    await page.keyboard.type('author:"Liv Aas" ferry');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/search?q=*');
    expect(await page.locator('#found').textContent()).toBe('1 paper');
    expect(await page.locator('ol.papers h3').textContent()).toContain('Ferry: Agents That Wait for One Another');
    expect(await page.locator('details[open]').count()).toBe(0);
    await page.getByRole('link', { name: 'Follow Liv Aas' }).waitFor();
  });

  it('has the first result within the first screen', async () => {
    const box = await page.locator('ol.papers h3').first().boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(page.viewportSize()!.height);
  });

  it('opens the paper, which says who wrote it', async () => {
    await page.locator('ol.papers h3 a').press('Enter');
    await page.waitForURL('**/papers/2608.05001');
    expect(await page.locator('h1').textContent()).toBe('Ferry: Agents That Wait for One Another');
    await page.getByRole('link', { name: 'Per Ek', exact: true }).waitFor();
  });

  it('follows the author by the sign-up form, and gets to “check your inbox”', async () => {
    await page.getByRole('link', { name: 'Follow Liv Aas' }).press('Enter');
    await page.waitForURL('**/?author=*');
    expect(await page.locator('#authors').inputValue()).toBe('Liv Aas');
    expect(await page.locator('#authors').isVisible()).toBe(true);
    await page.locator('#address').focus();
    await page.keyboard.type(address);
    opened.clock.set(opened.clock.now() + 5000);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/check-inbox');
    await opened.house.settle();
    if (hasScript) return;
    opened.clock.set(opened.clock.now() + 10 * 60_000);
    await opened.house.settle();
  });

  it('confirms, and reads that the author is followed', async () => {
    const mail = opened.house.mails().findLast(({ to }) => to.includes(address));
    const { text = '' } = await readMail(mail!.raw);
    await page.goto(/http\S*\/confirm\S*/.exec(text)![0]);
    await page.getByRole('button', { name: 'Yes, subscribe me' }).press('Enter');
    await page.getByRole('link', { name: 'View or change your preferences' }).waitFor();
    expect(await page.locator('main').textContent()).toContain('Liv Aas');
  });

  it('is mailed a search as it stands', async () => {
    await page.goto(`${opened.house.pagesUrl}/search?q=${encodeURIComponent('agents NOT "waiting is" OR maps')}`);
    await page.getByRole('link', { name: 'Email me this search' }).press('Enter');
    await page.waitForURL('**/?filter=*');
    expect(await page.locator('#filter').inputValue()).toBe('agents NOT "waiting is" OR maps');
    expect(pathOf(page)).toBe('/');
  });
});

describe.each([true, false])('editions by keyboard alone, with JavaScript: %s', (javaScriptEnabled) => {
  it('are found in the calendar, filtered, read in brief and left again', async () => {
    const page = await browser.newPage({ javaScriptEnabled });
    page.setDefaultTimeout(10000);
    await page.goto(`${opened.house.pagesUrl}/`);
    await tabTo(page, 'Editions');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/editions');
    await tabTo(page, 'Thursday 67 papers');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/editions/2026-08-06');
    expect(await page.locator('h1').textContent()).toBe('Edition of Thursday, 6 August 2026');
    await tabTo(page, 'Compact view');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/editions/2026-08-06?view=compact');
    await tabTo(page, 'Topic', 'SELECT');
    await page.keyboard.type('Robot');
    await tabTo(page, 'Show');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/editions/2026-08-06?topic=*');
    await tabTo(page, 'All editions');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/editions');
    await page.close();
  });
});

describe('the links on top', () => {
  it.each([320, 360, 390])('fit one line at %s px', async (width) => {
    const page = await browser.newPage({ viewport: { width, height: 740 } });
    await page.goto(`${opened.house.pagesUrl}/how`);
    const links = await page.locator('header nav a').all();
    const boxes = await Promise.all(links.map((link) => link.boundingBox()));
    expect(new Set(boxes.map((box) => box?.y)).size).toBe(1);
    expect(Math.max(...boxes.map((box) => box!.x + box!.width))).toBeLessThanOrEqual(width);
    await page.close();
  });
});

describe('a search on paper', () => {
  it('shows where its papers are, and nothing to fill in', async () => {
    const page = await browser.newPage();
    await page.goto(`${opened.house.pagesUrl}/search?q=ferry`);
    await page.emulateMedia({ media: 'print' });
    const paper = "document.querySelector('.papers .links a')";
    expect(await page.evaluate(`getComputedStyle(${paper}, '::after').content`)).toContain('/abs/2608.05001');
    for (const hidden of ['form', 'header nav', 'footer']) expect(await page.locator(hidden).isVisible()).toBe(false);
    expect(
      await page
        .getByRole('link', { name: /^Paper/ })
        .first()
        .isVisible(),
    ).toBe(true);
    await page.close();
  });
});

describe.each(['light', 'dark'] as const)('the local inbox, %s', (colorScheme) => {
  it.each([360, 1280])('gives axe nothing to find at %s px, with mails and within one', async (width) => {
    const context = await browser.newContext({ viewport: { width, height: 740 }, colorScheme, bypassCSP: true });
    const page = await context.newPage();
    await page.goto(opened.house.inboxUrl);
    const found = [...(await faultsOf(page))];
    await page.locator('.mails a').last().click();
    for (const summary of await page.locator('summary').all()) await summary.click();
    found.push(...(await faultsOf(page)));
    await context.close();
    expect(found).toEqual([]);
  });
});

describe('the local inbox', () => {
  it('shows a mail that comes in while it is open', async () => {
    const [inbox, form] = [await browser.newPage(), await browser.newPage()];
    await inbox.goto(opened.house.inboxUrl);
    const before = await inbox.locator('.mails li').count();
    await form.goto(`${opened.house.pagesUrl}/`);
    await form.locator('#address').fill('late@example.org');
    opened.clock.set(opened.clock.now() + 5000);
    await form.keyboard.press('Enter');
    await form.waitForURL('**/check-inbox');
    await opened.house.settle();
    await inbox.locator('.mails li').nth(before).waitFor({ timeout: 20_000 });
    expect(await inbox.title()).toBe(`Inbox (${before + 1})`);
    await inbox.close();
    await form.close();
  });
});
