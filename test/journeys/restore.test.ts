import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type ReplayReport, replayTable } from '../../cli/commands/recovery/replay-table.js';
import type { StoredMail } from '../../cli/local/mail/mail-store.js';
import { readMail } from '../../cli/local/mail/read-mail.js';
import { readConfiguration } from '../../infra/configuration/read-json.js';
import { type CalendarDate, daysUpTo, minuteMs } from '../../shared/domain/calendar-date.js';
import { outcomes } from '../../shared/domain/subscriber/outcome.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { inParallel } from '../../shared/storage/dynamo/reading.js';
import { rawItems } from '../storage/raw-items.js';
import { aProfile, day, instant } from '../support/builders.js';
import { makeTable } from '../support/embedded-dynamodb.js';
import type { ListedPaper } from '../support/recorded-day.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce, unthrottled } from './opened-house.js';

jest.setTimeout(900_000);

const [first, second, third, fourth, fifth] = daysUpTo(day('2026-08-08'), 5) as [
  CalendarDate,
  CalendarDate,
  CalendarDate,
  CalendarDate,
  CalendarDate,
];
const restored = 'Subscribers-restored';
const topics = [{ name: 'Learning', filter: 'learning' }];
const named = (name: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${name}${index + 1}@example.org`);
const [leavers, complainers, stayers, joiners] = [
  named('leaver', 100),
  named('complainer', 20),
  named('stayer', 880),
  named('joiner', 30),
];
const readers = [...leavers, ...complainers, ...stayers];

/** Three papers a day that everybody's topic matches, fewer than a digest takes: what was sent and forgotten would come again. */
const lists = new Map(
  daysUpTo(fifth, 7).map((date): [CalendarDate, readonly ListedPaper[]] => [
    date,
    Array.from({ length: 3 }, (_, index) => ({
      id: `2608.${date.slice(8)}${String(index).padStart(3, '0')}`,
      title: `Lanterns ${index} of ${date}`,
      summary: 'Learning to carry a light. What was learned is told.',
      upvotes: 3 + ((7 * index + Number(date.slice(8))) % 31),
    })),
  ]),
);

/** What a mail shows, by ids. */
function papersIn({ raw }: StoredMail): readonly string[] {
  const text = raw.toString('latin1').replace(/=\r\n/g, '');
  return [...new Set(Array.from(text.matchAll(/arxiv\.org\/abs\/(\d{4}\.\d{5})/g), ([, id]) => id ?? ''))];
}

async function linkIn({ raw }: StoredMail, path: string): Promise<string> {
  const { text = '' } = await readMail(raw);
  return text.match(new RegExp(`http\\S*/${path}\\S*`))?.[0] ?? '';
}

/** Leaves as a mail program does it, by the mail's own header. */
async function unsubscribe({ raw }: StoredMail): Promise<number> {
  const { headers } = await readMail(raw);
  const [, listed = ''] = headers.find(([name]) => name.toLowerCase() === 'list-unsubscribe') ?? [];
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  return (await fetch(listed.replace(/^<|>.*$/g, ''), { method: 'POST', body, redirect: 'manual' })).status;
}

/** Writes what a table holds into a new one of the same shape, as a restore to a point in time does. */
async function copyTable(client: DynamoDBDocumentClient, from: string): Promise<void> {
  const items = await rawItems(client, from);
  await makeTable(client, restored, 'subscribers');
  for (let at = 0; at < items.length; at += 25) {
    const puts = items.slice(at, at + 25).map((Item) => ({ PutRequest: { Item } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [restored]: puts } }));
  }
}

describe('a thousand subscribers whose table comes back from a backup', () => {
  const made: Synthesized[] = [];
  const dataDir = mkdtempSync(join(tmpdir(), 'journey-restored-'));
  let opened: OpenedHouse;
  let report: ReplayReport;
  let refused: { readonly mails: number; readonly said: string; readonly alarms: string };

  const mails = () => opened.house.mails();
  const mailsTo = (address: string, since = first) =>
    mails().filter(({ to, tags }) => to.includes(address) && (tags.edition ?? '') >= since);

  async function open(date: CalendarDate, configuration?: object) {
    const synthesized = synthesizeOnce(configuration);
    made.push(synthesized);
    const template = unthrottled(synthesized.template);
    opened = await openAt(date, { ...synthesized, template }, { lists, dataDir });
  }

  async function live(date: CalendarDate) {
    opened.clock.set(Math.max(opened.clock.now(), instant(`${date}T05:00`)));
    await opened.passTime(instant(`${date}T06:15`));
  }

  async function subscribe(addresses: readonly string[]) {
    await inParallel(addresses, 16, async (address) => {
      const at = opened.clock.now();
      const subscriber = await opened.subscribe(
        aProfile({ address, timeZone: 'UTC', hour: 6, topics, maxPapers: 10 }),
        at,
      );
      for (const [event, ago] of [
        ['requested', minuteMs],
        ['confirmed', 0],
      ] as const) {
        await opened.consents.append({ subscriber, event, at: at - ago, cause: 'form' });
      }
    });
  }

  async function complain(address: string) {
    const subscriber = opened.idOf(address);
    const at = opened.clock.now();
    await opened.consents.append({ subscriber, event: 'suppressed', at, cause: 'complaint' });
    await opened.subscribers.markComplaint(subscriber, at);
  }

  function replay(): Promise<ReplayReport> {
    const { house, consents, editions, runs, clock } = opened;
    const tables = { subscribers: house.output('SubscribersTable'), consents: house.output('ConsentsTable') };
    const progress = () => ({ step: () => {}, end: () => {} });
    const dynamo = documentClient(opened.client);
    return replayTable({ isDryRun: false }, { dynamo, tables, consents, editions, runs, progress, now: clock.now });
  }

  beforeAll(async () => {
    await open(first);
    await subscribe(readers);
    await live(first);
    await copyTable(documentClient(opened.client), opened.house.output('SubscribersTable'));
    const left = await inParallel(leavers, 8, async (address) => unsubscribe(mailsTo(address)[0]!));
    expect(new Set(left)).toEqual(new Set([200]));
    for (const address of complainers) await complain(address);
    await subscribe(joiners);
    await live(second);
    await live(third);
    await opened.close();

    await open(fourth, { ...readConfiguration(), subscribersTable: restored });
    const before = mails().length;
    await live(fourth);
    refused = {
      mails: mails().length - before,
      said: [...opened.house.failures(), ...opened.logged].join('\n'),
      alarms: opened.house
        .alarms()
        .map(({ id }) => id)
        .join(' '),
    };
    report = await replay();
    await opened.passTime(instant(`${fourth}T06:45`));
    await live(fifth);
  });
  afterAll(async () => {
    await opened.close();
    for (const { remove } of made) remove();
    rmSync(dataDir, { recursive: true });
  });

  it('sends nothing before the replay, and says why', () => {
    expect(refused.mails).toBe(0);
    expect(refused.said).toMatch(/came back from a backup: nothing is sent before .*restore replay/);
    expect(refused.alarms).toMatch(/PlanDigests/);
  });

  it('mails nobody who left or complained', () => {
    expect([...leavers, ...complainers].filter((address) => mailsTo(address, second).length > 0)).toEqual([]);
    expect(report).toMatchObject({ unsubscribed: 100, complained: 20, sentSince: 880, backupEdition: first });
  });

  it('goes on with everybody else on the same day, and shows nobody a paper twice', () => {
    for (const address of stayers) {
      const shown = mailsTo(address).map(papersIn);
      expect(mailsTo(address).map(({ tags }) => tags.edition)).toEqual([first, second, third, fourth, fifth]);
      expect(shown.map(({ length }) => length)).toEqual([9, 3, 3, 3, 3]);
      expect(new Set(shown.flat()).size).toBe(21);
    }
  });

  it('lists who joined since, whose addresses are gone, and mails them nothing', () => {
    expect(report.newcomers).toEqual(joiners.map(opened.idOf).sort());
    for (const address of joiners) {
      expect(mailsTo(address, second)).toHaveLength(2);
      expect(mailsTo(address, fourth)).toEqual([]);
    }
  });

  it('still opens the links of old mails: preferences, and unsubscribing', async () => {
    const [old] = mailsTo(stayers[0]!);
    const preferences = await fetch(await linkIn(old!, 'preferences'));
    expect([preferences.status, await preferences.text()]).toEqual([200, expect.stringContaining('Learning')]);
    expect(await unsubscribe(old!)).toBe(200);
    const id = opened.idOf(stayers[0]!);
    expect(await opened.subscribers.statusOf(id, opened.clock.now())).toBe('unsubscribed');
  });

  it('balances every run, those of before the replay and those of after it', async () => {
    for (const date of [first, second, third, fourth, fifth]) {
      const { candidates, open: waiting, ...ended } = await opened.runs.balance(date);
      expect([date, waiting]).toEqual([date, 0]);
      expect(outcomes.reduce((sum, outcome) => sum + ended[outcome], 0)).toBe(candidates);
    }
  });
});
