import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { rawItems } from '../storage/raw-items.js';
import { aProfile, day, instant } from '../support/builders.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from './opened-house.js';

jest.setTimeout(480_000);

const tables = ['PapersTable', 'EditionsTable', 'SubscribersTable', 'RunsTable', 'ConsentsTable'];
const agents = [{ name: 'Agents', filter: 'agents' }];
const readers = Array.from({ length: 100 }, (_, index) =>
  aProfile({ address: `reader${index}@example.org`, topics: agents }),
);

describe('every link of a hundred mails', () => {
  let made: Synthesized;
  let opened: OpenedHouse;
  beforeAll(async () => {
    made = synthesizeOnce();
    opened = await openAt(day('2026-08-06'), { ...made, template: unthrottled(made.template) });
    await opened.welcome(readers);
    await opened.passTime(instant('2026-08-06T05:15'));
  });
  afterAll(async () => {
    await opened.close();
    made.remove();
  });

  /** Every item of every table, as text. */
  async function everything(): Promise<string> {
    const client = documentClient(opened.client);
    const items = tables.map((name) => rawItems(client, opened.house.output(name)));
    return JSON.stringify(await Promise.all(items));
  }

  /** Lets the first reader ask for another address, up to the mail that would confirm it. */
  async function changeAddress(): Promise<void> {
    const newest = async (part: string) => {
      const mail = opened.house.mails().at(-1);
      const { text = '' } = mail ? await readMail(mail.raw) : {};
      return new URL(text.match(new RegExp(`http\\S*${part}\\S*`))?.[0] ?? '');
    };
    const link = await newest('/preferences');
    link.pathname += '/address';
    expect((await fetch(link, { method: 'POST', body: new URLSearchParams(), redirect: 'manual' })).status).toBe(303);
    await opened.house.settle();
    const body = new URLSearchParams({ address: 'elsewhere@example.org' });
    const entered = await fetch(await newest('/address'), { method: 'POST', body, redirect: 'manual' });
    expect(entered.headers.get('location')).toBe('/check-inbox');
    await opened.house.settle();
    await newest('/confirm');
  }

  it('changes nothing in any table when it is fetched ten times, by GET and by HEAD', async () => {
    expect(opened.house.mails()).toHaveLength(100);
    await changeAddress();
    const mails = opened.house.mails();
    expect(mails).toHaveLength(102);
    const ours = new RegExp(`${opened.house.pagesUrl}[^\\s>"<]*`, 'g');
    const contents = await Promise.all(mails.map(({ raw }) => readMail(raw)));
    const links = new Set(
      contents.flatMap(({ text = '', html = '', headers }) => {
        const listed = headers.map(([, value]) => value).join(' ');
        return [text, html.replaceAll('&amp;', '&'), listed].flatMap((part) => part.match(ours) ?? []);
      }),
    );
    expect(links.size).toBeGreaterThan(200);

    const before = await everything();
    const sent = mails.length;
    // A page that several links of a mail open, each at another place of it, is fetched ten times by the first of them.
    const pages = new Set<string>();
    for (const link of links) {
      const [page = link] = link.split('&');
      const times = pages.has(page) ? 1 : 10;
      pages.add(page);
      for (let time = 0; time < times; time += 1) {
        for (const method of ['GET', 'HEAD']) {
          const answer = await fetch(link, { method });
          expect(answer.status).toBe(200);
          await answer.arrayBuffer();
        }
      }
    }
    await opened.house.settle();
    expect(await everything()).toBe(before);
    expect(opened.house.mails()).toHaveLength(sent);
  });
});
