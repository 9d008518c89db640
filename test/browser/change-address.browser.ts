import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { hourMs } from '../../shared/domain/calendar-date.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { aProfile, day, instant } from '../support/builders.js';
import { startChromium } from './chromium.js';
import { isWide, violations } from './faults.js';

const phone = { viewport: { width: 360, height: 800 }, isMobile: true, hasTouch: true };
const desktop = { viewport: { width: 1280, height: 900 } };
const devices = {
  phone,
  'phone without JavaScript': { ...phone, javaScriptEnabled: false },
  desktop,
  'desktop without JavaScript': { ...desktop, javaScriptEnabled: false },
};

let made: Synthesized;
let browser: Browser;
beforeAll(async () => {
  made = synthesizeOnce();
  browser = await startChromium();
});
afterAll(async () => {
  await browser.close();
  made.remove();
});

describe.each(Object.entries(devices))('a subscriber on a %s', (name, device) => {
  const [before, after] = ['before@example.org', 'after@example.org'];
  let opened: OpenedHouse;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
    await opened.welcome([aProfile({ address: before, topics: [{ name: 'Agents', filter: 'agents' }] })]);
    await opened.passTime(instant('2026-08-06T05:15'));
    context = await browser.newContext({ ...device, bypassCSP: true });
    page = await context.newPage();
  });
  afterAll(async () => {
    await context.close();
    await opened.close();
  });

  const mailsTo = (address: string) => opened.house.mails().filter(({ to }) => to.includes(address));

  async function linkIn(address: string, part: string): Promise<string> {
    const mail = mailsTo(address).at(-1);
    const { text } = mail ? await readMail(mail.raw) : {};
    const found = text?.match(new RegExp(`https?://\\S*${part}\\S*`))?.[0];
    if (!found) throw new Error(`no mail with a link with ${part}`);
    return found;
  }

  /** What axe and the width of the page have to say about a state; with `SHOTS`, a picture of it is kept there. */
  async function look(state: string): Promise<void> {
    // Without JavaScript, axe waits for ever; the pages are the same.
    if (!('javaScriptEnabled' in device)) {
      expect([state, await violations(page, 'with-frames')]).toEqual([state, []]);
    }
    expect([state, await isWide(page)]).toEqual([state, false]);
    const folder = process.env.SHOTS;
    const path = folder && join(folder, `${name.replaceAll(' ', '-')}-${state}.png`);
    if (path) await page.screenshot({ path, fullPage: true });
  }

  async function press(button: string): Promise<void> {
    await page.getByRole('button', { name: button, exact: true }).click();
    await opened.house.settle();
  }

  const main = async () => (await page.locator('main').textContent()) ?? '';

  it('sees what came and when the next comes', async () => {
    await page.goto(await linkIn(before, '/preferences'));
    expect(await main()).toMatch(/The next comes tomorrow, Friday, at/);
    expect(await page.locator('.latest li').count()).toBe(1);
    expect(await page.locator('.latest li').textContent()).toContain('Agents That Wait for One Another');
    await look('1-preferences');
  });

  it('asks for the link, and a reload asks for nothing again', async () => {
    await press('Change my address');
    expect(await main()).toContain('A link goes to your present address, at most one in 24 hours');
    await look('2-link-sent');
    const mails = opened.house.mails().length;
    await page.reload();
    await opened.house.settle();
    expect(opened.house.mails()).toHaveLength(mails);
    expect((await readMail(mailsTo(before).at(-1)!.raw)).subject).toMatch(/Change the address/);
  });

  it('types the new address, confirms it there, and the old one is told', async () => {
    await page.goto(await linkIn(before, '/address'));
    await look('3-new-address');
    await page.locator('[name=address]').fill('no address');
    await press('Send the link');
    await look('4-no-address');
    await page.locator('[name=address]').fill(after);
    await press('Send the link');
    expect(await main()).toContain(after);
    await look('5-check-inbox');
    await page.goto(await linkIn(after, '/confirm'));
    await look('6-confirm');
    expect(mailsTo(before)).toHaveLength(2);
    await press('Yes, use this address');
    expect(await main()).toContain('Your next digest comes to this address.');
    await look('7-changed');
    await opened.house.settle();
    expect((await readMail(mailsTo(before).at(-1)!.raw)).subject).toMatch(/new address/);
    expect(mailsTo(before)).toHaveLength(3);
    expect(mailsTo(after)).toHaveLength(1);
  });

  it('gets the next digest at the new address alone, with nothing that the old one had', async () => {
    await opened.passTime(instant('2026-08-07T05:30'));
    expect(mailsTo(before)).toHaveLength(3);
    expect(mailsTo(after)).toHaveLength(2);
    const { text = '' } = await readMail(mailsTo(after).at(-1)!.raw);
    expect(text).not.toContain('Agents That Wait for One Another');
  });

  it('pauses, resumes, leaves after being offered less, undoes it, and erases everything', async () => {
    await page.goto(await linkIn(after, '/preferences'));
    await look('8-preferences');
    await press('Pause for a week');
    expect(await main()).toMatch(/Paused\..*The first one after that comes/s);
    await look('9-paused');
    await press('Resume');
    await page.getByRole('link', { name: 'Unsubscribe' }).click();
    await look('10-leave');
    expect(await page.getByRole('button', { name: 'Once a week' }).count()).toBe(1);
    await press('Unsubscribe');
    expect(await main()).toContain('You are unsubscribed.');
    await look('11-unsubscribed');
    opened.clock.set(opened.clock.now() + hourMs);
    await press('Undo: subscribe me again');
    expect(await main()).toContain('Your next digest comes');
    await look('12-undone');
    await page.goto(await linkIn(after, '/preferences/erase'));
    await look('13-erase');
    await press('Erase everything');
    expect(await main()).toContain('Your address and your settings are deleted.');
    await look('14-erased');
    const mails = opened.house.mails().length;
    await opened.passTime(instant('2026-08-08T05:30'));
    expect(opened.house.mails()).toHaveLength(mails);
  });

  it('leaves neither address, and no token, in any line of a log', async () => {
    const log = opened.logged.join('\n');
    const texts = await Promise.all(opened.house.mails().map(async ({ raw }) => (await readMail(raw)).text ?? ''));
    const tokens = texts.flatMap((text) => [...text.matchAll(/token=(\S+)/g)].map(([, token = '']) => token));
    expect(tokens.length).toBeGreaterThan(5);
    for (const secret of [before, after, ...tokens]) expect(log).not.toContain(secret);
  });
});
