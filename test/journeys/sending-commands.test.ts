import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import { CliError } from '../../cli/command/cli-error.js';
import type { Io } from '../../cli/command/command.js';
import { registry } from '../../cli/command/registry.js';
import { plainFeedPaths } from '../../shared/contract/page-routes.js';
import { addDays, hourMs, minuteMs } from '../../shared/domain/calendar-date.js';
import { aProfile, day, instant } from '../support/builders.js';
import { inEnvironment } from '../support/in-environment.js';
import { type PlayedStack, playStack } from '../support/played-stack.js';
import { type OpenedHouse, openAt, type Synthesized, synthesizeOnce } from './opened-house.js';

jest.setTimeout(240_000);

const date = day('2026-08-07');
const early = aProfile({ topics: [{ name: 'Agents', filter: 'agents' }], timeZone: 'UTC', hour: 5 });
const late = aProfile({ ...early, address: 'late@example.org', hour: 9 });

describe('commands about sending, on a house that runs', () => {
  let made: Synthesized;
  let opened: OpenedHouse;
  let stack: PlayedStack;
  beforeAll(() => {
    made = synthesizeOnce();
  });
  beforeEach(async () => {
    opened = await openAt(date, made);
    const functions = {
      PlanDigestsWorkerFunction0A1B2C3D: 'Papers-Plan-1',
      LearnTopicsWorkerFunction4E5F6A7B: 'Papers-Learn-2',
    };
    stack = await playStack({ name: 'Papers', house: opened.house, functions });
  });
  afterEach(async () => {
    await stack.close();
    await opened.close();
  });
  afterAll(() => made.remove());

  /** Runs a command as an admin types it; answers what it printed, and its JSON. */
  async function run(name: string, ...args: readonly string[]) {
    const lines: string[] = [];
    let json: Record<string, unknown> = {};
    const io: Io = {
      out: (text) => void lines.push(text),
      json: (value) => {
        json = value as typeof json;
      },
      tell: (line) => void lines.push(line),
      paint: (_style, text) => text,
      progress: () => ({ step: () => {}, end: () => {} }),
      exitWith: () => {},
    };
    const command = await registry.get(name)!();
    // The SDK finds it odd that queues have another port than the account.
    const warnings = jest.spyOn(console, 'warn').mockImplementation(() => {});
    // A deployed house has the time of day; this one has its own.
    const clock = jest.spyOn(Date, 'now').mockImplementation(() => opened.clock.now());
    try {
      await inEnvironment(stack.environment, () => callCommand(command, [...args, '--stack', 'Papers'], () => io));
    } finally {
      clock.mockRestore();
      warnings.mockRestore();
    }
    await opened.house.settle();
    return { text: lines.join('\n'), json };
  }

  const at = (time: string) => instant(`${date}T${time}`);

  it('pause keeps every digest waiting, and resume lets them go', async () => {
    await opened.welcome([early]);
    expect((await run('pause sending', '--dry-run')).text).toBe('digests: would be paused\nnotices: would be paused');
    expect((await run('pause sending')).text).toBe('digests: paused\nnotices: paused');
    expect((await run('pause sending')).text).toContain('digests: paused already');
    await opened.passTime(at('06:00'));
    expect(opened.house.mails()).toEqual([]);
    expect(opened.house.alarms().map(({ id }) => id.replace(/[0-9A-F]{8}$/, ''))).toContain('SendingIsPaused');
    expect(
      opened.house
        .alarms()
        .map(({ id }) => id)
        .join(),
    ).not.toContain('SendingIsHalted');
    expect((await run('resume sending')).json).toEqual({ resumed: ['digests', 'notices'] });
    await opened.passTime(at('07:00'));
    expect(opened.house.mails().map(({ to }) => to)).toEqual([[early.address]]);
    expect((await run('resume sending')).text).toBe('nothing was halted');
  });

  it('republish makes an edition anew while nobody was planned for it, and then no more', async () => {
    await opened.welcome([late]);
    await opened.passTime(at('05:00'));
    const first = await opened.editions.find(date);
    const feed = async () => (await fetch(opened.house.pagesUrl + plainFeedPaths.edition.atom)).text();
    expect(await feed()).toContain(`<updated>${date}T05:00:00`);
    opened.clock.set(at('05:10'));
    const plan = await run('republish', date, '--dry-run');
    expect(plan.text).toContain('It is made anew from what is known by now');
    expect(plan.json).toMatchObject({ does: 'remake', plannedSlots: 0, candidates: 0, sent: 0, done: false });
    expect((await opened.editions.find(date))?.publishedAt).toBe(first?.publishedAt);
    await expect(run('republish', date)).rejects.toThrow('add --yes');
    await run('republish', date, '--yes');
    expect((await opened.editions.find(date))!.publishedAt).toBeGreaterThan(first!.publishedAt);
    opened.clock.set(at('05:11'));
    expect(await feed()).toContain(`<updated>${date}T05:10:00`);

    await opened.passTime(at('09:30'));
    const sent = await opened.editions.find(date);
    expect(opened.house.mails()).toHaveLength(1);
    const again = await run('republish', date, '--yes');
    expect(again.json).toMatchObject({ does: 'announce', plannedSlots: 1, candidates: 1, sent: 1, done: true });
    expect(again.text).toContain('nobody gets it twice');
    await opened.passTime(at('10:00'));
    expect(await opened.editions.find(date)).toEqual(sent);
    expect(opened.house.mails()).toHaveLength(1);
    expect(opened.house.failures()).toEqual([]);
    await expect(run('republish', '2026-07-01')).rejects.toThrow('there is no edition of 2026-07-01');
  });

  it('backfill keeps papers of past days and makes neither editions nor mails, while the hourly run goes on', async () => {
    await opened.welcome([early]);
    const [from, to] = [addDays(date, -2), addDays(date, -1)];
    const planned = await run('backfill', from, to, '--dry-run');
    expect(planned.json).toEqual({ from, to, beginsAt: from, asked: false });
    expect((await run('backfill', '--status')).json).toEqual({ backfill: null });
    await run('backfill', from, to);
    const { backfill } = (await run('backfill', '--status')).json as { backfill: { isDone: boolean; saved: number } };
    expect(backfill).toMatchObject({ from, to, isDone: true });
    expect(backfill.saved).toBeGreaterThan(0);
    expect(await opened.papers.listedDays([from, to])).toHaveLength(2);
    expect(await opened.papers.idsActiveOn(from)).not.toEqual([]);
    expect(await opened.editions.newestDate(date)).toBeUndefined();
    expect(opened.house.mails()).toEqual([]);
    expect(opened.house.failures()).toEqual([]);
    await opened.passTime(at('05:15'));
    expect(opened.house.mails()).toHaveLength(1);
  });

  it('preview shows what the next mail will be, and writes nothing', async () => {
    await opened.welcome([late]);
    await opened.passTime(at('05:00'));
    const dir = mkdtempSync(join(tmpdir(), 'preview-'));
    const file = join(dir, 'mail.html');
    const { json, text } = await run('preview', late.address, '--out', file);
    const mail = json.mail as { subject: string; text: string; papers: number };
    expect(text).toContain(`Subject: ${mail.subject}`);
    expect(readFileSync(file, 'utf8')).toContain('<html');
    const tokens = [...mail.text.matchAll(/token=([\w.-]+)/g)].map(([, token]) => token);
    expect(tokens.length).toBeGreaterThan(0);
    rmSync(dir, { recursive: true });
    const [before] = await opened.subscribers.load([opened.idOf(late.address)]);
    expect(before?.state).not.toHaveProperty('claim');
    for (const token of tokens) {
      const page = await fetch(`${opened.house.pagesUrl}/preferences?token=${token}`);
      expect(page.status).toBe(403);
    }
    expect(opened.house.mails()).toEqual([]);

    await opened.passTime(at('09:15'));
    const [sent] = opened.house.mails();
    expect(sent!.raw.toString()).toContain(`Subject: ${mail.subject.slice(0, 20)}`);
    expect((await run('preview', '--topics', 'robotics; "language model"')).json.mail).toMatchObject({ edition: date });
    await expect(run('preview', 'nobody@example.org')).rejects.toThrow('is not subscribed');
    await expect(run('preview', '--topics', '(((')).rejects.toThrow(CliError);
  });

  it('send-test mails one digest that counts nowhere', async () => {
    await opened.welcome([late]);
    await opened.passTime(at('05:00'));
    expect((await run('send-test', late.address, '--dry-run')).text).toContain('would send');
    expect(opened.house.mails()).toEqual([]);
    expect((await run('send-test', late.address)).json).toMatchObject({ edition: date, sent: true });
    const [mail] = opened.house.mails();
    expect(mail).toMatchObject({ to: [late.address], tags: { test: 'admin' } });
    expect(mail?.raw.toString()).toContain('List-Unsubscribe-Post');
    const [reader] = await opened.subscribers.load([opened.idOf(late.address)]);
    expect(reader?.state.outcomes).toEqual([]);
    expect(await opened.traffic.between(at('00:00'), at('23:59'))).toEqual([]);
    await opened.passTime(at('09:15'));
    expect(opened.house.mails()).toHaveLength(2);
  });

  it('redrive moves back what came from a queue, deletes what repeats itself, and keeps what nobody knows', async () => {
    const urlOf = (name: string) => opened.house.queues().find((queue) => queue.name.startsWith(name))!.url;
    const sqs = new SQSClient(opened.client);
    const put = (queue: string, body: object, group?: string) =>
      sqs.send(
        new SendMessageCommand({
          QueueUrl: urlOf(queue),
          MessageBody: JSON.stringify(body),
          ...(group && { MessageGroupId: group, MessageDeduplicationId: JSON.stringify(body) }),
        }),
      );
    const goodbye = { kind: 'goodbye', subscriber: opened.idOf(early.address) };
    await put('SendNoticeDeadLetters', goodbye);
    await put('IngestPapersDeadLetters', { kind: 'hourly' }, 'arxiv');
    await put('IngestPapersDeadLetters', { kind: 'look-up', subscriber: goodbye.subscriber, ids: [] }, 'arxiv');
    const event = (source: string, type: string, detail: object) => ({ source, 'detail-type': type, detail });
    await put('PlanDigestsDeadLetters', event('aws.events', 'Scheduled Event', {}));
    await put('PlanDigestsDeadLetters', { what: 'is this?' });
    await put(
      'ScoreTrendsDeadLetters',
      event('paperboy', 'papers.ingested', { at: at('05:00') - 48 * hourMs, sources: [] }),
    );
    const fresh = { at: at('05:00'), sources: [{ name: 'arxiv', status: 'down' }] };
    await put('ScoreTrendsDeadLetters', event('paperboy', 'papers.ingested', fresh));

    const listed = await run('redrive');
    expect(listed.text).toContain('send-notice: 1 messages');
    expect(listed.json.emptied).toEqual([]);
    const seen = await run('redrive', '--all', '--dry-run');
    expect(seen.text).toContain('ingest-papers: of the first ten, would be: 1 back into the queue; 1 deleted');
    expect((await run('redrive')).text).toBe(listed.text);

    const logged = opened.logged.length;
    const done = await run('redrive', '--all', '--yes');
    expect(done.json.emptied).toEqual(
      expect.arrayContaining([
        { name: 'send-notice', moved: 1, invoked: 0, deleted: 0, kept: 0 },
        { name: 'ingest-papers', moved: 1, invoked: 0, deleted: 1, kept: 0 },
        { name: 'plan-digests', moved: 0, invoked: 0, deleted: 1, kept: 1 },
        { name: 'score-trends', moved: 0, invoked: 1, deleted: 1, kept: 0 },
      ]),
    );
    const news = opened.logged.slice(logged).join('\n');
    expect(news).toContain('"kind":"goodbye"');
    expect(news).toContain('no-source-answered');
    opened.clock.set(opened.clock.now() + 2 * minuteMs);
    const left = (await run('redrive')).json.queues as { name: string; count: number }[];
    expect(left.filter(({ count }) => count > 0)).toEqual([{ name: 'plan-digests', count: 1 }]);
    await expect(run('redrive', 'nothing')).rejects.toThrow('there is none called "nothing"');
  });

  it('trigger asks for one run more each time, in the way of the schedule', async () => {
    const runs = () => opened.logged.filter((line) => /"handled".*"sources"/.test(line)).length;
    const would = await run('trigger', 'ingest-papers', '--dry-run');
    expect([would.text, would.json, runs()]).toEqual([
      'ingest-papers: would be asked to run',
      { function: 'ingest-papers', asked: false },
      0,
    ]);
    for (const times of [1, 2]) {
      expect((await run('trigger', 'ingest-papers')).json).toEqual({ function: 'ingest-papers', asked: true });
      expect(runs()).toBe(times);
    }
    expect((await run('trigger', 'learn-topics')).text).toBe('learn-topics: asked to run');
    await run('trigger', 'plan-digests', '--dry-run');
    const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
    expect(stack.invoked).toEqual([{ name: 'Papers-Learn-2', event }]);
    await expect(run('trigger', 'review-editions')).rejects.toThrow('Papers has no function ReviewEditions: deploy');
  });
});
