import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import { daily } from '../../cli/commands/day/daily.js';
import { status } from '../../cli/commands/watch/status.js';
import { showStatus } from '../../cli/house/status/local-machinery.js';
import { aProfile, day, instant } from '../support/builders.js';
import { listening } from '../support/heard.js';
import { writeRecordedDays } from '../support/recorded-day.js';
import { openAt, synthesizeOnce } from './opened-house.js';

jest.setTimeout(180_000);

const topics = [{ name: 'Agents', filter: 'agents OR weather' }];
const subscribers = [
  { email: 'ada@example.org', timezone: 'Europe/London', hour: 7, topics },
  { email: 'bounce@simulator.amazonses.com', timezone: 'Asia/Kolkata', hour: 11, topics },
  { email: 'dora@example.org', timezone: 'UTC', hour: 5, topics: [{ name: 'Bees', filter: '"bee hive"' }] },
];

describe('the status of a folder that a played day has left', () => {
  let dir: string;
  const { heard, io } = listening();
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'status-'));
    writeRecordedDays(join(dir, 'recorded'));
    writeFileSync(join(dir, 'subscribers.json'), JSON.stringify(subscribers));
    const played = ['--recorded', join(dir, 'recorded'), '--date', '2026-08-07', '--out', join(dir, 'out')];
    const kept = ['--subscribers', join(dir, 'subscribers.json'), '--data', join(dir, 'data')];
    await callCommand(daily, [...played, ...kept], () => listening().io);
    await callCommand(status, ['--data', join(dir, 'data')], () => io);
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('is by the time at which the folder was left, and whole', () => {
    expect(heard.out).toContain(`The house in ${join(dir, 'data')}, 2026-08-07 06:00 UTC\n`);
    expect(heard.out).toContain('  ingest        2026-08-07 06:00, 0 seconds ago\n');
    expect(heard.out).toContain('  edition       2026-08-07, 12 papers, published 2026-08-07 05:00');
    expect(heard.out).not.toContain('could not be read');
    expect(heard.code).toBe(0);
  });

  it('has the run as it ended, and what became of the mails', () => {
    expect(heard.json).toMatchObject({
      edition: { date: '2026-08-07', papers: 12 },
      run: { candidates: 3, sent: 2, unmatched: 1, open: 0, batches: 3, openBatches: 0 },
      sending: [{ sort: 'digests', tally: { accepted: 2, bounced: 1, complained: 0 } }, { sort: 'notices' }],
      subscribers: { active: 2, bounced: 1, suppressed: 0, pending: 0, unreadable: 0 },
      alarms: null,
      unknown: {},
    });
  });

  it('has every queue of the template, by its function', () => {
    const { queues } = heard.json as { queues: readonly { name: string; kind: string; visible: number }[] };
    expect(queues.map(({ name, kind }) => `${name} ${kind}`).sort()).toEqual([
      'ingest-papers dead-letters',
      'ingest-papers undelivered',
      'ingest-papers work',
      'learn-topics dead-letters',
      'plan-digests dead-letters',
      'record-mail-events dead-letters',
      'record-mail-events undelivered',
      'record-mail-events work',
      'review-editions dead-letters',
      'score-trends dead-letters',
      'send-digest dead-letters',
      'send-digest work',
      'send-notice dead-letters',
      'send-notice work',
    ]);
    expect(queues.every(({ visible }) => visible === 0)).toBe(true);
  });
});

describe("the admin's page of a running house", () => {
  it('shows the same facts, with the alarms that are judged', async () => {
    const made = synthesizeOnce();
    const opened = await openAt(day('2026-08-07'), made);
    try {
      expect((await fetch(`${opened.house.inboxUrl}/admin`)).status).toBe(404);
      showStatus(opened, opened.clock.now);
      await opened.welcome([aProfile({ topics })]);
      await opened.passTime(instant('2026-08-07T05:30'));
      expect(await (await fetch(opened.house.inboxUrl)).text()).toContain('<a href="/admin">');
      const page = await (await fetch(`${opened.house.inboxUrl}/admin`)).text();
      expect(page).toContain('<dt>edition</dt><dd>2026-08-07, 12 papers, published 2026-08-07 05:00');
      expect(page).toMatch(/<dt>alarms<\/dt><dd>none of \d\d/);
      expect(page).toContain('<dt>subscribers</dt><dd>1: 1 active</dd>');
    } finally {
      await opened.close();
      made.remove();
    }
  });
});
