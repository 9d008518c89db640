import type { Page } from 'playwright-core';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { openAt, synthesizeOnce, unthrottled } from '../journeys/opened-house.js';
import { aHindsight, aProfile, day, instant } from '../support/builders.js';

/** One thing that a reader can see: a page, and what is done on it first. */
export interface AuditedPage {
  readonly name: string;
  readonly url: string;
  /** It is a mail that is shown as a page. */
  readonly isMail?: boolean;
  /** What brings the page into the state that is looked at. */
  readonly reach?: (page: Page) => Promise<unknown>;
}

/** A house with an edition, a subscriber and their mail, and every page and state of it. */
export interface AuditedHouse {
  readonly pages: readonly AuditedPage[];
  /** The six that Lighthouse judges, by what they are. */
  readonly judged: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Opens a house on recorded days, unthrottled, and lives the morning of 6 August 2026 in it. */
export async function openAuditedHouse(): Promise<AuditedHouse> {
  const made = synthesizeOnce();
  const opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
  await opened.welcome([aProfile({ topics: [{ name: 'Agents', filter: 'agents' }] })]);
  await opened.passTime(instant('2026-08-06T05:15'));
  for (const date of ['2026-07-28', '2026-07-29']) await opened.hindsights.keep(aHindsight({ date: day(date) }));
  const [mail] = opened.house.mails();
  const { text = '' } = mail ? await readMail(mail.raw) : {};
  const inMail = (part: string) => new RegExp(`http\\S*${part}\\S*`).exec(text)?.[0] ?? `no link to ${part}`;
  const home = opened.house.pagesUrl;
  const edition = `${home}/editions/2026-08-06`;
  const paper = /\/papers\/[^"]+/.exec(await (await fetch(edition)).text())?.[0] ?? '/no link to a paper';
  const judged = {
    '/': `${home}/`,
    search: `${home}/search?q=agents`,
    edition,
    paper: `${home}${paper}`,
    topic: `${home}/topics/llm-agents`,
    hindsight: `${home}/hindsight`,
  };
  const preferences = inMail('/preferences');
  const learned = await beginLearned(preferences.replace('/preferences?', '/learned?'));
  return {
    judged,
    pages: [
      ...Object.entries(judged).map(([name, url]) => ({ name, url })),
      {
        name: 'the form, unfolded',
        url: judged['/'],
        reach: (page) => page.locator('.adjust > summary').click(),
      },
      {
        name: 'the form, naming papers',
        url: judged['/'],
        reach: (page) => page.locator('.name-papers > summary').click(),
      },
      { name: 'the form, refused', url: judged['/'], reach: refuse },
      { name: 'the calendar of editions', url: `${home}/editions` },
      { name: 'a month without editions', url: `${home}/editions?month=2026-05` },
      { name: 'a topic of an edition, a line for each paper', url: `${edition}?topic=llm-agents&view=compact` },
      { name: 'a day without an edition', url: `${home}/editions/2026-08-01` },
      { name: 'the topics', url: `${home}/topics` },
      { name: 'a topic, day by day', url: judged.topic, reach: unfold },
      { name: 'hindsight, with its figures', url: judged.hindsight, reach: unfold },
      { name: 'status', url: `${home}/status` },
      { name: 'a search that found nothing', url: `${home}/search?q=agents+zebra` },
      { name: 'a search that goes wrong', url: `${home}/search?q=agents+AND+(&from=x` },
      { name: 'a paper that is not known', url: `${home}/papers/2608.99999` },
      { name: 'how it ranks', url: `${home}/how` },
      { name: 'privacy', url: `${home}/privacy` },
      { name: 'an address that is none', url: `${home}/nowhere` },
      { name: 'a confirmation that does not open', url: `${home}/confirm?token=none` },
      { name: 'check your inbox', url: `${home}/check-inbox` },
      { name: 'preferences', url: preferences },
      { name: 'erasing', url: preferences.replace('/preferences?', '/preferences/erase?') },
      { name: 'unsubscribing', url: inMail('/unsubscribe') },
      { name: "a reader's own page of a day", url: inMail('/day'), isMail: true },
      { name: 'what can be left out', url: inMail('/less') },
      { name: 'more or less like the papers of a mail', url: inMail('/like') },
      { name: 'a topic like papers', url: learned },
      { name: 'a topic like papers, word by word', url: `${learned}&edit=words` },
      { name: 'a topic like papers, refused', url: learned, reach: pinNothing },
    ],
    async close() {
      await opened.close();
      made.remove();
    },
  };
}

/** Names papers for a topic, one of which nobody knows; returns the address of its page. */
async function beginLearned(url: string): Promise<string> {
  const body = new URLSearchParams({ do: 'begin', papers: '2608.04001\n2608.05001\n2511.99999' });
  const { headers } = await fetch(url, { method: 'POST', body, redirect: 'manual' });
  return new URL(headers.get('location') ?? '/no topic was begun', url).href;
}

async function pinNothing(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.locator('.problems').waitFor();
}

async function unfold(page: Page): Promise<void> {
  await page.locator('main summary').first().click();
}

async function refuse(page: Page): Promise<void> {
  await page.evaluate("document.querySelector('form.coupon').submit()");
  await page.locator('.problems').waitFor();
}
