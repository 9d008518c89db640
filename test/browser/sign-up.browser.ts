import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Frame, Page } from 'playwright-core';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { day, instant } from '../support/builders.js';
import { startChromium } from './chromium.js';
import { isWide, violations } from './faults.js';

let made: Synthesized;
let browser: Browser;
let opened: OpenedHouse;

beforeAll(async () => {
  made = synthesizeOnce();
  browser = await startChromium();
  opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
  await opened.passTime(instant('2026-08-06T05:15'));
});
afterAll(async () => {
  await opened.close();
  await browser.close();
  made.remove();
});

const button = 'form[action="/subscribe"] button[type=submit]';
const shownMail = 'iframe:not(.coming)';

/** The frame of the mail that a form shows, once it is there. */
async function shown(page: Page): Promise<Frame> {
  await page.frameLocator(shownMail).locator('[role=main]').waitFor();
  const frame = await (await page.locator(shownMail).elementHandle())?.contentFrame();
  if (!frame) throw new Error('the frame has gone');
  return frame;
}

/** What axe finds wrong with a page, with its address. */
async function faultsOf(page: Page): Promise<readonly string[]> {
  return (await violations(page, 'without-frames')).map((line) => `${page.url()} ${line}`);
}

const views = [360, 1280].flatMap((width) => [true, false].map((hasScript) => [width, hasScript] as const));

describe.each(views)('signing up at %s px, with JavaScript: %s', (width, hasScript) => {
  let context: BrowserContext;
  let page: Page;
  const address = `reader-${width}-${hasScript}@example.org`;
  const blocked: string[] = [];
  const mails = () => opened.house.mails().filter(({ to }) => to.includes(address));
  const linkIn = async (part: string) => {
    const { text = '' } = await readMail(mails().at(-1)!.raw);
    return text.match(new RegExp(`http\\S*${part}\\S*`))![0];
  };

  /** With JavaScript the browser has done its work and the mail comes at once; without, after ten minutes. */
  const slowLane = async (mailsBefore: number) => {
    await opened.house.settle();
    if (hasScript) return;
    expect(mails()).toHaveLength(mailsBefore);
    opened.clock.set(opened.clock.now() + 10 * 60_000);
    await opened.house.settle();
  };

  beforeAll(async () => {
    const size = { viewport: { width, height: 740 }, isMobile: width < 500, hasTouch: width < 500 };
    context = await browser.newContext({ ...size, javaScriptEnabled: hasScript, timezoneId: 'Europe/Berlin' });
    page = await context.newPage();
    page.setDefaultTimeout(10000);
    page.on('console', (message) => void (/refused|violates/i.test(message.text()) && blocked.push(message.text())));
    page.on('request', (request) => {
      if (!request.url().startsWith(opened.house.pagesUrl)) blocked.push(`request to ${request.url()}`);
    });
    await page.goto(`${opened.house.pagesUrl}/`);
  });
  afterAll(() => context.close());

  it('has its button within the first 700 px, and at most 25 tabs away', async () => {
    const box = await page.locator(button).first().boundingBox();
    expect(box!.y + box!.height).toBeLessThanOrEqual(700);
    const isThere = () =>
      page.evaluate("document.activeElement.textContent === 'Subscribe' && document.activeElement.matches('button')");
    let tabs = 0;
    for (; tabs <= 25 && !(await isThere()); tabs += 1) await page.keyboard.press('Tab');
    expect(tabs).toBeLessThanOrEqual(25);
  });

  it('shows today’s digest for the groups that are chosen, in place and before any address', async () => {
    await page.locator('[name=group][value=language-models]').click();
    if (!hasScript) await page.getByRole('button', { name: 'Show my digest now' }).click();
    expect(await (await shown(page)).locator('body').textContent()).toContain('no mail would come');
    await page.locator('[name=group][value=language-models]').click();
    if (!hasScript) await page.getByRole('button', { name: 'Show my digest now' }).click();
    await page.frameLocator(shownMail).getByText('Subject: ').waitFor();
    const frame = await shown(page);
    expect(await frame.locator('h2').first().textContent()).toContain('Ferry: Agents That Wait for One Another');
    const look = await frame.evaluate('getComputedStyle(document.querySelector("h2")).fontSize');
    expect(look).not.toBe('16px');
    expect(await page.locator('#address').inputValue()).toBe('');
    expect(new URL(page.url()).pathname).toBe('/');
    if (hasScript) expect(await page.evaluate('history.length')).toBe(2);
  });

  it('opens a paper of it beside the form', async () => {
    const link = (await shown(page)).getByRole('link', { name: 'Why this order?' });
    const [beside] = await Promise.all([context.waitForEvent('page'), link.click()]);
    expect(new URL(beside.url()).pathname).toBe('/how');
    await beside.close();
  });

  it('gets to “check your inbox” by three taps and one address', async () => {
    await page.goto(`${opened.house.pagesUrl}/`);
    let taps = 0;
    const tap = async (target: string) => {
      await page.locator(target).first().click();
      taps += 1;
    };
    await tap('#address');
    await page.keyboard.type(address);
    await tap('.chips label');
    opened.clock.set(opened.clock.now() + 5000);
    await tap(button);
    expect(taps).toBe(3);
    await page.waitForURL('**/check-inbox');
    expect(await page.locator('h1').textContent()).toBe('Check your inbox');
    await slowLane(0);
    expect(mails()).toHaveLength(1);
  });

  it('repeats what was chosen and names the first digest, before and after the confirmation', async () => {
    await page.goto(await linkIn('/confirm'));
    const main = page.locator('main');
    expect(await main.textContent()).toMatch(
      /Language agents.*your first regular digest tomorrow, Friday, at 7 a\.m\./,
    );
    await page.getByRole('button', { name: 'Yes, subscribe me' }).click();
    await opened.house.settle();
    const zone = hasScript ? 'Berlin time' : 'UTC';
    expect(await main.textContent()).toMatch(/Language agents/);
    expect(await main.textContent()).toContain(`comes tomorrow, Friday, at 7 a.m. (${zone})`);
    expect(mails()).toHaveLength(2);
  });

  it('shows the digest for changed preferences, and saves none of them', async () => {
    await page.getByRole('link', { name: 'View or change your preferences' }).click();
    await page.locator('[name=filter]').first().fill('weather');
    if (!hasScript) await page.getByRole('button', { name: 'Show my digest now' }).click();
    await page.frameLocator(shownMail).getByText('Subject: Harbour: Weather Maps').waitFor();
    await page.reload();
    expect(await page.locator('[name=filter]').first().inputValue()).toBe('');
  });

  it('mails a link to whoever is subscribed already', async () => {
    await page.goto(`${opened.house.pagesUrl}/`);
    await page.locator('#address').fill(address);
    opened.clock.set(opened.clock.now() + 5000);
    await page.getByRole('button', { name: 'Get your link' }).click();
    await page.waitForURL('**/check-inbox');
    expect(await page.locator('h1').textContent()).toBe('Check your inbox');
    await slowLane(2);
    expect(mails()).toHaveLength(3);
    expect(await linkIn('/preferences')).toContain('token=');
  });

  it('had nothing blocked by the pages’ own policy, and asked nobody else for anything', () => {
    expect(blocked).toEqual([]);
  });
});

const looks = ['light', 'dark'] as const;

describe.each([360, 1280].flatMap((width) => looks.map((look) => [width, look] as const)))(
  'every state of signing up at %s px, %s',
  (width, colorScheme) => {
    it('gives axe nothing to find, and scrolls in one direction only', async () => {
      const context = await browser.newContext({ viewport: { width, height: 740 }, colorScheme, bypassCSP: true });
      const page = await context.newPage();
      const found: string[] = [];
      const look = async () => {
        found.push(...(await faultsOf(page)));
        const wide = await isWide(page);
        if (wide) found.push(`${page.url()} is wider than the screen`);
      };
      // Nothing runs inside the frame, axe neither: what it shows is looked at on a page of its own.
      const lookInside = async () => {
        const inside = await context.newPage();
        await inside.setContent(await (await shown(page)).content());
        found.push(...(await faultsOf(inside)));
        await inside.close();
      };
      page.setDefaultTimeout(10000);
      await page.goto(`${opened.house.pagesUrl}/`);
      await look();
      await page.getByRole('button', { name: 'Show my digest now' }).click();
      await lookInside();
      await page.locator('[name=group][value=safety]').click();
      await page.frameLocator(shownMail).getByText('no mail would come').waitFor();
      await lookInside();
      await look();
      await page.locator('details.adjust > summary').click();
      await look();
      await page.locator('#authors').fill('!!!');
      await page.locator(button).first().click();
      await look();
      await context.close();
      expect(found).toEqual([]);
    });
  },
);
