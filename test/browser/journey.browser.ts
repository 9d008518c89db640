import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import type { StoredMail } from '../../cli/local/mail/mail-store.js';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { hourMs } from '../../shared/domain/calendar-date.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { day, instant } from '../support/builders.js';
import { devices, startChromium } from './chromium.js';

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

/** The one link of a mail whose address contains `part`. */
async function linkIn(mail: StoredMail, part: string): Promise<string> {
  const { text } = await readMail(mail.raw);
  const found = text?.match(new RegExp(`https?://\\S*${part}\\S*`))?.[0];
  if (!found) throw new Error(`the mail has no link with ${part}`);
  return found;
}

/** Someone with a browser: what they do on the pages and find in their inbox. */
class Reader {
  constructor(
    readonly address: string,
    readonly page: Page,
    readonly opened: OpenedHouse,
  ) {}

  mails(): readonly StoredMail[] {
    return this.opened.house.mails().filter(({ to }) => to.includes(this.address));
  }

  newest(): StoredMail {
    const mail = this.mails().at(-1);
    if (!mail) throw new Error('no mail came');
    return mail;
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole('button', { name }).click();
    await this.opened.house.settle();
  }

  /** Opens the form, with what can be adjusted. */
  async adjust(): Promise<void> {
    await this.page.goto(`${this.opened.house.pagesUrl}/`);
    await this.page.locator('details.adjust > summary').click();
  }

  async subscribe(filter: string): Promise<void> {
    await this.adjust();
    await this.page.locator('[name=address]').fill(this.address);
    await this.page.locator('[name=filter]').first().fill(filter);
    await this.page.locator('[name=hour]').selectOption('7');
    await this.page.locator('[name=timezone]').selectOption('Europe/Berlin');
    this.opened.clock.set(this.opened.clock.now() + 5000);
    await this.press('Subscribe with these choices');
    await this.page.locator('.problems, main strong').first().waitFor();
    await this.opened.house.settle();
    // Without JavaScript the mail waits for ten minutes.
    this.opened.clock.set(this.opened.clock.now() + 10 * 60_000);
    await this.opened.house.settle();
  }
}

describe.each(Object.entries(devices))('on %s', (name, device) => {
  let opened: OpenedHouse;
  let context: BrowserContext;
  let reader: Reader;
  const blocked: string[] = [];

  beforeAll(async () => {
    opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
    await opened.passTime(instant('2026-08-06T05:15'));
    context = await browser.newContext({ ...device, timezoneId: 'Asia/Kolkata' });
    const page = await context.newPage();
    page.on('console', (message) => void (/refused|violates/i.test(message.text()) && blocked.push(message.text())));
    page.on('request', (request) => {
      if (!request.url().startsWith(opened.house.pagesUrl)) blocked.push(`request to ${request.url()}`);
    });
    reader = new Reader(`${name.replaceAll(' ', '-')}@example.org`, page, opened);
  });
  afterAll(async () => {
    await context.close();
    await opened.close();
  });

  it('counts what a filter would have brought: while it is typed, or by a button that keeps the form', async () => {
    const { page } = reader;
    const note = page.locator('#filter-note');
    await reader.adjust();
    await page.locator('[name=address]').fill(reader.address);
    await page.locator('[name=filter]').first().pressSequentially('agents OR (weather maps)');
    if (device.javaScriptEnabled === false) await page.getByRole('button', { name: 'Preview my filters' }).click();
    await note.filter({ hasText: 'a week' }).waitFor();
    expect(await note.textContent()).toMatch(
      /^About \d papers a week: \d in 7 days\. Noisiest: "agents" alone accounts for/,
    );
    expect(await page.locator('[name=address]').inputValue()).toBe(reader.address);
    expect(page.url()).not.toContain('address');
    await page.getByText('in the last 7 days').first().waitFor();
  });

  it('marks where a filter goes wrong, never in the colour of success: while it is typed, or by the button', async () => {
    const { page } = reader;
    const field = page.locator('.field', { has: page.locator('#filter') });
    const box = page.locator('#filter');
    await reader.adjust();
    await box.fill('agents AND ) maps');
    if (device.javaScriptEnabled === false) await page.getByRole('button', { name: 'Preview my filters' }).click();
    const where = field.locator('.where');
    await where.waitFor();
    expect([await where.textContent(), await where.locator('mark').textContent()]).toEqual(['agents AND ) maps', ')']);
    expect(await field.locator('.skip').textContent()).toContain('The mistake is at character 12.');
    expect(await box.getAttribute('aria-invalid')).toBe('true');
    const [message, error, success] = (await page.evaluate(`(() => {
      const coloursOf = (element) => [getComputedStyle(element).color, getComputedStyle(element).borderLeftColor];
      const probes = ['error', 'note'].map((name) => {
        const probe = document.body.appendChild(document.createElement('span'));
        probe.className = name;
        probe.textContent = 'x';
        return coloursOf(probe);
      });
      return [coloursOf(document.querySelector('.field .error, .note.wrong')), ...probes];
    })()`)) as [string, string][];
    expect(message).toEqual(error);
    expect(message?.[1]).not.toBe(success?.[1]);
  });

  it('takes back what it said about a filter once that is mended', async () => {
    const { page } = reader;
    await page.getByRole('button', { name: 'Preview my filters' }).click();
    expect(await page.locator('#filter-error').count()).toBe(1);
    await page.locator('#filter').fill('agents OR\n(weather maps)');
    if (device.javaScriptEnabled === false) await page.getByRole('button', { name: 'Preview my filters' }).click();
    await page.locator('#filter-note', { hasText: 'a week' }).waitFor();
    expect(await page.locator('#filter-error, #filter-place, .where, .note.wrong, #filter[aria-invalid]').count()).toBe(
      0,
    );
  });

  it('chooses the browser’s own time zone under today’s name, though it has an older one for it', async () => {
    const { page } = reader;
    await page.goto(`${opened.house.pagesUrl}/`);
    if (device.javaScriptEnabled === false) return expect(await page.locator('#timezone').inputValue()).toBe('UTC');
    expect(await page.evaluate('Intl.DateTimeFormat().resolvedOptions().timeZone')).toBe('Asia/Calcutta');
    expect(await page.locator('#timezone').inputValue()).toBe('Asia/Kolkata');
    expect(await page.locator('#timezone option:checked').textContent()).toBe('Kolkata');
  });

  it('searches the archive, and marks what matched', async () => {
    const { page } = reader;
    await page.goto(`${opened.house.pagesUrl}/`);
    await page.getByRole('link', { name: 'Search', exact: true }).click();
    await page.locator('#q').fill('lantern');
    await page.getByRole('button', { name: 'Search' }).click();
    expect(await page.locator('h3 mark').allTextContents()).toEqual(['Lanterns']);
    expect(new URL(page.url()).searchParams.get('q')).toBe('lantern');
  });

  it('says at the field what is wrong with a filter, and keeps what was typed', async () => {
    await reader.subscribe('agents AND (');
    expect(await reader.page.locator('[name=address]').inputValue()).toBe(reader.address);
    expect(await reader.page.locator('[name=filter]').first().getAttribute('aria-invalid')).toBe('true');
    expect(reader.mails()).toEqual([]);
  });

  it('subscribes: a confirmation mail comes, and nothing else before it is confirmed', async () => {
    await reader.subscribe('agents');
    expect(await reader.page.locator('h1').textContent()).toMatch(/inbox/i);
    expect(await reader.page.locator('main strong').textContent()).toBe(reader.address);
    expect(reader.mails()).toHaveLength(1);
    await opened.passTime(opened.clock.now() + hourMs);
    expect(reader.mails()).toHaveLength(1);
  });

  it('confirms by a button, not by opening the link, and gets the newest edition at once', async () => {
    const link = await linkIn(reader.newest(), '/confirm');
    await reader.page.goto(link);
    await opened.house.settle();
    expect(reader.mails()).toHaveLength(1);
    await reader.page.locator('form[action^="/confirm"] button').click();
    await opened.house.settle();
    expect(reader.mails()).toHaveLength(2);
    expect((await readMail(reader.newest().raw)).text).toContain('Ferry: Agents That Wait for One Another');
    await reader.page.goto(link);
    expect(await reader.page.locator('form[action^="/confirm"]').count()).toBe(0);
  });

  it('changes preferences, and the next digest follows them', async () => {
    await reader.page.goto(await linkIn(reader.newest(), '/preferences'));
    await reader.page.locator('[name=filter]').first().fill('learning OR models');
    await reader.page.locator('[name=maxPapers]').fill('2');
    await reader.page.locator('form[action^="/preferences?"] button.wide[type=submit]:not([formaction])').click();
    expect(await reader.page.locator('main').textContent()).toMatch(/saved/i);
    await opened.passTime(instant('2026-08-07T05:30'));
    expect(reader.mails()).toHaveLength(3);
    expect((await readMail(reader.newest().raw)).subject).toMatch(/\+ 1 more/);
  });

  it('opens its own page of the day by the link of a mail, with the reasons and without its address', async () => {
    const { page } = reader;
    await page.goto(await linkIn(reader.newest(), '/day'));
    expect(await page.locator('h2').allTextContents()).toContain('In your mail');
    const text = (await page.locator('body').textContent()) ?? '';
    expect(text).toMatch(/In your mail: 2 papers\. Besides, \d+ papers? matched your topics\./);
    expect(text).not.toContain(reader.address);
    expect(await page.locator('a[href*=token]').count()).toBe(0);
    const looks = 'getComputedStyle(document.querySelector("[role=main] table")).backgroundColor';
    expect(await page.evaluate(looks)).not.toBe('rgba(0, 0, 0, 0)');
    await page.getByRole('link', { name: 'Why this order?' }).click();
    expect(await page.locator('h1').textContent()).toBe('Why this order?');
  });

  it('leaves an author out by one press on the page that a mail links to, takes that back, and does it again', async () => {
    const { page } = reader;
    const link = await linkIn(reader.newest(), '/less');
    await page.goto(link);
    const left = page.locator('#left-out');
    expect(await left.textContent()).toContain('You leave out nothing of this mail so far.');
    const press = async () => {
      await page.locator('details.less summary').first().click();
      const author = page.locator('details.less').first().getByRole('group', { name: 'No more papers by' });
      const button = author.getByRole('button').first();
      const name = await button.textContent();
      await button.click();
      await page.waitForURL(/#left-out$/);
      return name ?? '';
    };
    const name = await press();
    expect(await left.textContent()).toContain(`Papers by ${name}`);
    await page.reload();
    expect(await left.getByRole('button').count()).toBe(1);
    await left.getByRole('button', { name: `Undo: papers by ${name}` }).click();
    await left.getByText('You leave out nothing of this mail so far.').waitFor();
    expect(await press()).toBe(name);
    await page.goto(await linkIn(reader.newest(), '/preferences'));
    await page.getByRole('button', { name: `Take back: papers by ${name}` }).click();
    await page.waitForURL(/#left-out$/);
    expect(await page.locator('main').textContent()).not.toContain('What you leave out');
    await page.goto(link);
    expect(await left.getByRole('button').count()).toBe(0);
  });

  it('chooses the authors’ words only and the best of the rest, and finds them ticked', async () => {
    const { page } = reader;
    const preferences = await linkIn(reader.newest(), '/preferences');
    await page.goto(preferences);
    for (const id of ['aiSummaries', 'quietDays']) await page.locator(`#${id}`).check();
    await page.locator('form[action^="/preferences?"] button[type=submit]').first().click();
    expect(await page.locator('main').textContent()).toMatch(/saved/i);
    await page.goto(preferences);
    for (const id of ['aiSummaries', 'quietDays']) expect(await page.locator(`#${id}`).isChecked()).toBe(true);
  });

  it('unsubscribes by one click, and no further mail comes', async () => {
    const oneClick = await fetch(await linkIn(reader.newest(), '/unsubscribe'), {
      method: 'POST',
      body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
      redirect: 'manual',
    });
    expect(oneClick.status).toBe(200);
    await opened.passTime(instant('2026-08-08T05:30'));
    expect(reader.mails()).toHaveLength(3);
  });

  it('takes it back on the page, then leaves by the page and comes back by the link of the goodbye', async () => {
    const { page } = reader;
    const [digest] = [...reader.mails()].reverse();
    const leave = async () => {
      await page.goto(await linkIn(digest!, '/unsubscribe'));
      await reader.press('Unsubscribe');
    };
    await leave();
    expect(reader.mails()).toHaveLength(3);
    await reader.press('Undo');
    expect(await page.locator('main').textContent()).toContain('Your next digest comes');
    await leave();
    expect(reader.mails()).toHaveLength(4);
    await page.goto(await linkIn(reader.newest(), '/unsubscribe/undo'));
    await reader.press('Yes, subscribe me again');
    await page.goto(await linkIn(digest!, '/preferences'));
    expect(await page.locator('main').textContent()).toContain('You get one email a day at 07:00');
  });

  it('had nothing blocked by the pages’ own policy, and asked nobody else for anything', () => {
    expect(blocked).toEqual([]);
  });

  it('leaves no address and no token in any line of a log', async () => {
    const log = opened.logged.join('\n');
    expect(log).not.toContain(reader.address);
    const contents = await Promise.all(reader.mails().map(({ raw }) => readMail(raw)));
    const tokens = contents.flatMap(({ text }) => text?.match(/token=\S+/g) ?? []);
    expect(tokens.length).toBeGreaterThan(3);
    for (const token of tokens) expect(log).not.toContain(token.slice('token='.length));
  });
});
