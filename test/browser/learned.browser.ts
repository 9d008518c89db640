import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { day, instant } from '../support/builders.js';
import { recordedDays } from '../support/recorded-day.js';
import { devices, startChromium } from './chromium.js';
import { violations } from './faults.js';

const address = 'lantern.reader@example.org';
/** Two that this house knows, and one that nobody does. */
const named = ['2608.04001', 'https://arxiv.org/abs/2608.05001', '2511.99999'].join('\n');

/** The recorded days, with a paper that is like those named: they are not shown to whoever named them. */
const lists = new Map(recordedDays);
lists.set(day('2026-08-06'), [
  ...(recordedDays.get(day('2026-08-06')) ?? []),
  {
    id: '2608.05005',
    title: 'Lamplight: Agents That Keep Notes for One Another',
    summary: 'Agents forget what others did. A team of agents keeps notes of its tasks, and whoever waits reads them.',
    upvotes: 26,
  },
]);

describe('three papers instead of topics', () => {
  let made: Synthesized;
  let browser: Browser;
  let opened: OpenedHouse;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    made = synthesizeOnce();
    browser = await startChromium();
    opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) }, { lists });
    await opened.passTime(instant('2026-08-06T05:15'));
    context = await browser.newContext({ ...Object.values(devices)[0], timezoneId: 'UTC', locale: 'en-GB' });
    page = await context.newPage();
  });
  afterAll(async () => {
    await context.close();
    await opened.close();
    await browser.close();
    made.remove();
  });

  const mails = () => opened.house.mails().filter(({ to }) => to.includes(address));

  async function newest() {
    const mail = mails().at(-1);
    if (!mail) throw new Error('no mail came');
    return readMail(mail.raw);
  }

  async function linkWith(part: string): Promise<string> {
    const { text = '' } = await newest();
    const found = text.match(new RegExp(`https?://\\S*${part}\\S*`))?.[0];
    if (!found) throw new Error(`the mail has no link with ${part}: ${text}`);
    return found;
  }

  it('are read from a file in UTF-16, and from none that is not text', async () => {
    await page.goto(`${opened.house.pagesUrl}/`);
    await page.getByText('Or name a few papers that you like').click();
    const choose = (buffer: Buffer) =>
      page.locator('input.into').setInputFiles({ name: 'papers.txt', mimeType: 'text/plain', buffer });
    await choose(Buffer.from('\ufeffÜber 2608.04001', 'utf16le'));
    while ((await page.locator('#papers').inputValue()) !== 'Über 2608.04001') await page.waitForTimeout(20);
    await choose(Buffer.from([0x89, 0x50, 0, 1]));
    await page.locator('input.into:invalid').waitFor();
    expect(await page.locator('#papers').inputValue()).toBe('Über 2608.04001');
    await page.locator('input.into').setInputFiles([]);
    await page.locator('input.into:valid').waitFor();
  });

  it('shows today’s matches as soon as they are named', async () => {
    await page.goto(`${opened.house.pagesUrl}/`);
    await page.getByText('Or name a few papers that you like').click();
    await page.locator('#papers').fill(named);
    await page.getByRole('button', { name: 'Show my digest now' }).click();
    const frame = page.frameLocator('#digest-now iframe');
    await frame
      .getByText(/^like /)
      .first()
      .waitFor();
  });

  it('subscribes with nothing else, and the first digest says why each paper is in it', async () => {
    await page.locator('#address').fill(address);
    opened.clock.set(opened.clock.now() + 5000);
    await page.getByRole('button', { name: 'Subscribe', exact: true }).click();
    await page.locator('main strong').waitFor();
    await opened.house.settle();
    expect(mails()).toHaveLength(1);
    await page.goto(await linkWith('/confirm'));
    await page.locator('form[action^="/confirm"] button').click();
    await opened.house.settle();
    expect((await newest()).text).toMatch(/like “[^”]+”/);
  });

  it('lists what could not be found, once arXiv has been asked', async () => {
    await opened.passTime(opened.clock.now() + 30 * 60_000);
    await page.goto(await linkWith('/preferences'));
    await page.locator('#learned a').click();
    await page.getByText('These could not be found').waitFor();
    await page.getByText('2511.99999').waitFor();
    await page.getByText('Word by word: strike or pin').click();
    expect(await violations(page, 'with-frames')).toEqual([]);
    await page
      .getByRole('button', { name: /^Strike: / })
      .first()
      .click();
    await page.getByText('Words that do not count any more').waitFor();
  });

  it('lets one of today’s matches be put aside as read, and brought back', async () => {
    await page
      .getByRole('button', { name: /^I have read it: Lamplight/ })
      .first()
      .click();
    await page.getByText('This paper will not come again.').waitFor();
    expect(await violations(page, 'with-frames')).toEqual([]);
    await page.getByRole('button', { name: /^Undo “I have read it”/ }).click();
    await page.getByText('This paper will not come again.').waitFor({ state: 'detached' });
  });

  it('changes nothing when the links of a mail are only opened', async () => {
    const link = await linkWith('/like');
    const before = await opened.consents.of(opened.idOf(address));
    for (const want of ['more', 'less']) await page.goto(`${link}&want=${want}`);
    expect(await opened.consents.of(opened.idOf(address))).toEqual(before);
  });

  it('takes “less like this” from a mail, and tomorrow’s mail says so', async () => {
    await page.goto(`${await linkWith('/like')}&want=less`);
    expect(await violations(page, 'with-frames')).toEqual([]);
    await page
      .locator('section.press')
      .first()
      .getByRole('button', { name: /Less like this/ })
      .click();
    await page.getByText('come less often').waitFor();
    await opened.passTime(instant('2026-08-07T08:00'));
    const { text = '' } = await newest();
    expect(text.replace(/\s+/g, ' ')).toContain('You asked for less like “');
  });
});
