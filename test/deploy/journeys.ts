import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { dateOf } from '../../shared/domain/calendar-date.js';
import type { Account } from './account.js';
import { settings } from './assembly.js';
import type { Outputs } from './cdk.js';
import { fireSchedule, tellOfMail } from './events.js';
import { type MailSink, type SunkMail, splitMail, textOf } from './mail-sink.js';
import { eventually } from './report.js';
import { type Answer, type Fields, formOn, linkOn, visit } from './visitor.js';

/** A deployed Paperboy, as the world sees it. */
export interface Deployed {
  readonly account: Account;
  readonly outputs: Outputs;
  readonly sink: MailSink;
}

const pagesUrl = ({ outputs }: Deployed) => {
  const { PagesUrl } = outputs;
  if (PagesUrl === undefined) throw new Error('the stack has no output PagesUrl');
  return PagesUrl;
};

/** The value of the one header of that name. */
function headerOf(mail: SunkMail, name: string): string {
  const found = splitMail(mail).headers.filter(([candidate]) => candidate.toLowerCase() === name.toLowerCase());
  assert.equal(found.length, 1, `the mail has ${found.length} headers ${name}`);
  return found[0]?.[1] ?? '';
}

/** Path and query of the first link in a mail to one of our pages. */
function pathIn(mail: SunkMail, path: string): string {
  const found = new RegExp(`https?://[^\\s"<>]+(${path}\\?token=[\\w.-]+)`).exec(textOf(mail))?.[1];
  if (found === undefined) throw new Error(`there is no link to ${path} in the mail`);
  return found;
}

async function page(deployed: Deployed, path: string, expected: number, post?: Fields): Promise<Answer> {
  const answer = await visit(`${pagesUrl(deployed)}${path}`, post);
  const told = `${post ? 'POST' : 'GET'} ${path.replace(/\?.*/, '')} answered ${answer.status}`;
  assert.equal(answer.status, expected, told);
  return answer;
}

/** Sends the form for an address; gives the mail that asks to confirm. */
export async function subscribe(deployed: Deployed, address: string): Promise<SunkMail> {
  const { action, hidden } = formOn((await page(deployed, '/', 200)).body);
  // Nobody fills in a form faster, says the page.
  await sleep(2500);
  const filter = 'learning OR models OR diffusion OR agents OR robots';
  const wanted = { address, hour: '0', timezone: 'UTC', maxPapers: '5', filter, filterName: 'Everything' };
  const { headers } = await page(deployed, action, 303, [...hidden, ...Object.entries(wanted)]);
  await page(deployed, String(headers.location), 200);
  return deployed.sink.mailTo(address, 'a mail with a link to confirm', (mail) => textOf(mail).includes('/confirm?'));
}

/** Opens the link of the mail, which changes nothing, and presses the button; gives the path of the reader's own page. */
export async function confirm(deployed: Deployed, mail: SunkMail): Promise<string> {
  const path = pathIn(mail, '/confirm');
  await page(deployed, path, 200);
  const { action, hidden } = formOn((await page(deployed, path, 200)).body);
  const { body } = await page(deployed, action, 200, hidden);
  // A link that was used says so, and has no button any more; at 8490a87 it was gone.
  const used = await visit(`${pagesUrl(deployed)}${path}`);
  if (used.status !== 410) {
    assert.equal(used.status, 200, `GET /confirm answered ${used.status} to a used link`);
    assert.match(used.body, /You are subscribed/);
  }
  assert.doesNotMatch(used.body, /<form[^>]*action="\/confirm/);
  return linkOn(body, '/preferences');
}

/** Lets ingest run, and waits for the edition of today. */
export async function publish(deployed: Deployed): Promise<void> {
  await fireSchedule(deployed.account, 'IngestPapers');
  const path = `/editions/${dateOf(Date.now())}`;
  await eventually('an edition', async () => {
    const { status, body } = await visit(`${pagesUrl(deployed)}${path}`);
    return status === 200 && body.includes('arxiv.org/abs/') ? true : undefined;
  });
}

/** Waits for the digest to an address. */
export function digestTo({ sink }: Deployed, address: string): Promise<SunkMail> {
  return sink.mailTo(address, 'a digest', (mail) => textOf(mail).includes('arxiv.org/abs/'));
}

/** Throws unless the mail, byte for byte as SES got it, is what receivers ask of bulk mail: RFC 5322, 2369, 2919 and 8058. */
export function checkDigest(deployed: Deployed, mail: SunkMail, address: string): void {
  const { raw } = mail;
  const { body } = splitMail(mail);
  const header = (name: string) => headerOf(mail, name);
  const url = pagesUrl(deployed);
  assert.equal(header('From'), settings.sender);
  assert.equal(header('To'), address);
  assert.notEqual(header('Subject').trim(), '');
  assert.ok(Math.abs(Date.parse(header('Date')) - Date.now()) < 3_600_000, `Date is ${header('Date')}`);
  assert.equal(header('MIME-Version'), '1.0');
  assert.match(header('Content-Type'), /^multipart\/alternative;/);
  assert.match(header('List-Unsubscribe'), /^<[^<>\s]+\/unsubscribe\?token=[\w.-]+>$/);
  assert.ok(header('List-Unsubscribe').startsWith(`<${url}/`), 'List-Unsubscribe names another address than PagesUrl');
  assert.equal(header('List-Unsubscribe-Post'), 'List-Unsubscribe=One-Click');
  assert.equal(header('List-Id'), `Paperboy <paperboy.${new URL(url).hostname}>`);
  assert.equal(header('Auto-Submitted'), 'auto-generated');
  assert.ok(body.includes(settings.postalAddress), 'the mail does not name the postal address');
  assert.ok(
    raw.split('\r\n').every((line) => line.length <= 998 && !line.includes('\n')),
    'a line is no line of mail',
  );
  assert.ok(/^[\x00-\x7f]*$/.test(raw), 'the mail is not ASCII');
}

/** Does what a mail program does at its own button: one POST, answered at once and without a cookie. */
export async function oneClick(deployed: Deployed, mail: SunkMail): Promise<void> {
  const [, link = ''] = /^<(.+)>$/.exec(headerOf(mail, 'List-Unsubscribe')) ?? [];
  const { pathname, search } = new URL(link);
  const answer = await page(deployed, `${pathname}${search}`, 200, [['List-Unsubscribe', 'One-Click']]);
  assert.equal(answer.headers['set-cookie'], undefined);
}

/** What a reader's own page gives away as "all that is kept". */
export interface Kept {
  readonly subscriber: string;
  readonly status: string;
  readonly consents: readonly { readonly event: string }[];
}

/** Asks for all that is kept of a reader, by the path of the reader's own page. */
export async function keptOf(deployed: Deployed, preferences: string): Promise<Kept> {
  const { body } = await page(deployed, preferences.replace('/preferences', '/preferences/export'), 200, []);
  return JSON.parse(body) as Kept;
}

/** Waits until a reader has that status. */
export async function expectStatus(deployed: Deployed, preferences: string, status: string): Promise<void> {
  await eventually(`the status ${status}`, async () =>
    (await keptOf(deployed, preferences)).status === status ? true : undefined,
  );
}

/** Tells Paperboy, as SES would, that a mail to the reader bounced for good. */
export async function bounce(deployed: Deployed, preferences: string): Promise<void> {
  const { subscriber } = await keptOf(deployed, preferences);
  const tags = { subscriber: [subscriber], edition: [dateOf(Date.now())], attempt: ['1'] };
  const mail = { timestamp: new Date().toISOString(), messageId: 'played', tags };
  await tellOfMail(deployed.account, { eventType: 'Bounce', mail, bounce: { bounceType: 'Permanent' } });
}
