import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { StoredMail } from '../../cli/local/mail/mail-store.js';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { outcomes, type RunBalance } from '../../shared/domain/subscriber/outcome.js';
import type { SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { aProfile, day, instant } from '../support/builders.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(180_000);

const [thursday, friday] = [day('2026-08-06'), day('2026-08-07')];
const everything = [{ name: 'Everything', filter: 'learning OR agents OR weather OR models OR robots OR detectors' }];
const someone = (name: string, timeZone: string, hour: number, over: Partial<SubscriberProfile> = {}) =>
  aProfile({ address: `${name}@example.org`, timeZone, hour, topics: everything, ...over });

const earlyBird = someone('early.bird', 'UTC', 3);
const chandra = someone('chandra', 'Asia/Kolkata', 12);
const frugal = someone('frugal', 'Europe/Berlin', 9, { maxPapers: 1 });
const beekeeper = someone('beekeeper', 'Europe/Berlin', 9, { topics: [{ name: 'Bees', filter: '"bee hive"' }] });
const leaver = someone('leaver', 'Pacific/Auckland', 7);
const bouncing = someone('', 'America/New_York', 8, { address: 'bounce@simulator.amazonses.com' });
const everybody = [earlyBird, chandra, frugal, beekeeper, leaver, bouncing];

const balanceOf = ({ candidates, open, ...counts }: RunBalance) => ({
  candidates,
  open,
  sum: outcomes.reduce((sum, outcome) => sum + counts[outcome], 0),
});
const sentTo = (mails: readonly StoredMail[], { address }: SubscriberProfile, edition?: string) =>
  mails.filter(({ to, tags }) => to.includes(address) && (edition === undefined || tags.edition === edition));
const papersIn = (mail: StoredMail) => {
  const text = mail.raw.toString('latin1').replace(/=\r\n/g, '');
  return new Set(Array.from(text.matchAll(/arxiv\.org\/abs\/(\d{4}\.\d{5})/g), ([, id]) => id));
};
const headersOf = async ({ raw }: StoredMail) =>
  new Map((await readMail(raw)).headers.map(([name, value]) => [name.toLowerCase(), value]));

let made: Synthesized;
beforeAll(() => {
  made = synthesizeOnce();
});
afterAll(() => made.remove());

describe('two days of the house', () => {
  let opened: OpenedHouse;
  let runs: readonly [RunBalance, RunBalance];
  let unsubscribed: Response;
  const mails = () => opened.house.mails();

  beforeAll(async () => {
    opened = await openAt(thursday, made);
    await opened.welcome(everybody);
    const first = await opened.play(thursday, everybody);
    const [digest] = sentTo(mails(), leaver);
    const link = (await headersOf(digest!)).get('list-unsubscribe')!.replace(/^<|>$/g, '');
    const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
    unsubscribed = await fetch(link, { method: 'POST', body, redirect: 'manual' });
    runs = [first, await opened.play(friday, everybody)];
  });
  afterAll(() => opened.close());

  it('brings everybody one mail at their local hour', () => {
    const timeOf = (subscriber: SubscriberProfile) =>
      sentTo(mails(), subscriber, thursday).map(({ at }) => new Date(at).toISOString());
    expect(timeOf(chandra)).toEqual(['2026-08-06T06:30:00.000Z']);
    expect(timeOf(frugal)).toEqual(['2026-08-06T07:00:00.000Z']);
    expect(timeOf(bouncing)).toEqual(['2026-08-06T12:00:00.000Z']);
    expect(timeOf(leaver)).toEqual(['2026-08-06T19:00:00.000Z']);
  });

  it('serves an hour before publication on the next calendar day', () => {
    const [digest] = sentTo(mails(), earlyBird, thursday);
    expect(digest?.at).toBe(instant('2026-08-07T03:00'));
  });

  it('sends no mail where nothing matches, and counts it', () => {
    expect(sentTo(mails(), beekeeper)).toEqual([]);
    expect(runs[0]).toMatchObject({ candidates: 6, sent: 5, unmatched: 1 });
  });

  it('balances each run', () => {
    expect(runs.map(balanceOf)).toEqual([
      { candidates: 6, open: 0, sum: 6 },
      { candidates: 4, open: 0, sum: 4 },
    ]);
  });

  it('mails a bounced address no more, and makes it no candidate', async () => {
    expect(sentTo(mails(), bouncing).map(({ tags }) => tags.edition)).toEqual([thursday]);
    const [subscriber] = await opened.subscribers.load([await opened.subscribe(bouncing, 0)]);
    expect(subscriber?.state.status).toBe('suppressed');
  });

  it('answers the one-click link of a mail, and sends nothing after it', async () => {
    expect(unsubscribed.status).toBe(200);
    expect(unsubscribed.headers.has('set-cookie')).toBe(false);
    expect(sentTo(mails(), leaver).map(({ tags }) => tags.edition)).toEqual([thursday]);
  });

  it('states in each mail how to leave with one click', async () => {
    for (const mail of mails()) {
      const headers = await headersOf(mail);
      expect(headers.get('list-unsubscribe')).toMatch(/^<http:\/\/127\.0\.0\.1:\d+\/unsubscribe\?token=[\w.-]+>$/);
      expect(headers.get('list-unsubscribe-post')).toBe('List-Unsubscribe=One-Click');
      expect(headers.get('list-id')).toMatch(/<[^<>\s]+>$/);
      expect((await readMail(mail.raw)).to).toEqual(mail.to);
    }
  });

  it('keeps to the most papers a subscriber wants, the best first', async () => {
    const [first, second] = [thursday, friday].map((date) => [...papersIn(sentTo(mails(), frugal, date)[0]!)]);
    expect(first).toEqual([(await opened.editions.find(thursday))?.papers[0]?.paper.id]);
    expect(second).toHaveLength(1);
  });

  it('never brings one paper twice to one subscriber', () => {
    for (const subscriber of [earlyBird, chandra, frugal]) {
      const [first, second] = [thursday, friday].map((date) => papersIn(sentTo(mails(), subscriber, date)[0]!));
      expect(first!.size).toBeGreaterThan(0);
      expect(second!.size).toBeGreaterThan(0);
      expect([...second!].filter((id) => first!.has(id))).toEqual([]);
    }
  });

  it('writes no address into a log, and nothing fails', () => {
    expect(opened.house.failures()).toEqual([]);
    expect(opened.logged.length).toBeGreaterThan(everybody.length);
    const log = opened.logged.join('\n');
    expect(everybody.filter(({ address }) => log.includes(address))).toEqual([]);
    expect(log).not.toContain('early.bird');
  });
});

describe('between planning and sending', () => {
  it('sends no mail to a subscriber who left, and counts it', async () => {
    const quota = { max24Hour: 0, perSecond: 100 };
    const opened = await openAt(friday, made, { sendQuota: quota });
    try {
      const [leaving, staying] = [someone('leaving', 'UTC', 6), someone('staying', 'UTC', 6)];
      await opened.welcome([leaving, staying]);
      await opened.passTime(instant('2026-08-07T06:00'));
      expect(await opened.runs.balance(friday)).toMatchObject({ candidates: 2, open: 2, quotaStops: 1 });

      const id = await opened.subscribe(leaving, opened.clock.now());
      expect(await opened.subscribers.stop(id, 'unsubscribed', opened.clock.now())).toBe('stopped');
      quota.max24Hour = 100;
      await opened.passTime(instant('2026-08-07T06:30'));
      expect(opened.house.mails().map(({ to }) => to)).toEqual([[staying.address]]);
      expect(await opened.runs.balance(friday)).toMatchObject({ candidates: 2, open: 0, sent: 1, suppressed: 1 });
    } finally {
      await opened.close();
    }
  });
});
