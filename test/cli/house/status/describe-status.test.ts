import { describe, expect, it } from '@jest/globals';
import { describeStatus, statusScreen } from '../../../../cli/house/status/describe-status.js';
import { factsAsJson, type StatusFacts } from '../../../../cli/house/status/facts.js';
import { day, instant } from '../../../support/builders.js';
import { aQueueFact, aRunFact, statusFacts } from '../../../support/status-facts.js';

const plain = (_style: string, text: string) => text;
const screen = (over: Partial<StatusFacts> = {}) => statusScreen(describeStatus(statusFacts(over)), plain);
/** The lines about one thing, each after its state. */
const about = (name: string, over: Partial<StatusFacts> = {}) =>
  describeStatus(statusFacts(over))
    .lines.filter((line) => line.about === name)
    .map(({ state, text }) => `${state} ${text}`);
const tally = { accepted: 2000, bounced: 0, complained: 0 };

describe('the status of a house', () => {
  it('is one screen, in the order of the day', () => {
    expect(screen()).toBe(`The stack Paperboy, 2026-08-07 10:41 UTC

  ingest        2026-08-07 10:00, 41 minutes ago
  sources       arxiv: quiet, newest papers of 2026-08-06
                hugging-face: fresh, newest papers of 2026-08-07
  edition       2026-08-07, 812 papers, published 2026-08-07 05:02, 5 hours ago
  run           1,204 candidates = 1,150 sent + 54 unmatched
                25 batches, 0 open
  queues        send-digest: 0 waiting, 0 in flight
  dead letters  none
  schedules     all on
  alarms        none of 40
  sending       digests: on
                notices: on
  SES           1,210 of 50,000 mails in 24 hours, 14 a second
  in 24 hours   digests: 3 (0.26 %) of 1,150 bounced; halts at 4 %, from 20 on
                digests: 0 (0 %) of 1,150 complained; halts at 0.08 %, from 3 on
                notices: 3 (5 %) of 60 bounced; halts at 4 %, from 20 on
                notices: 0 (0 %) of 60 complained; halts at 0.08 %, from 3 on
  subscribers   1,210: 1,199 active, 5 paused, 4 pending, 2 suppressed
`);
  });

  it('says what could not be read in its line, and shows the others', () => {
    const lines = screen({ queues: { unknown: 'AccessDenied' }, alarms: { unknown: 'TimeoutError' } });
    expect(lines).toContain(
      '? queues        could not be read: AccessDenied\n? dead letters  could not be read: AccessDenied',
    );
    expect(lines).toContain('? alarms        could not be read: TimeoutError');
    expect(lines).toContain('  edition       2026-08-07, 812 papers');
  });

  it('marks an ingest that is two hours old, and a source that does not answer', () => {
    const at = instant('2026-08-07T08:40');
    const source = { source: 'arxiv', status: 'down', at, rejected: 0, note: 'HTTP 503' } as const;
    expect(about('ingest', { sources: { value: [source] } })).toEqual(['wrong 2026-08-07 08:40, 2 hours ago']);
    expect(about('sources', { sources: { value: [source] } })).toEqual(['wrong arxiv: down; HTTP 503']);
    expect(about('ingest', { sources: { value: [] } })).toEqual(['wrong never yet']);
  });

  it('marks an edition that should have been followed by another', () => {
    const edition = { date: day('2026-08-06'), publishedAt: instant('2026-08-06T05:00'), papers: 1 };
    expect(about('edition', { edition: { value: edition } })).toEqual([
      'wrong 2026-08-06, 1 paper, published 2026-08-06 05:00, 29 hours ago',
    ]);
    expect(about('edition', { edition: { value: undefined } })).toEqual(['wrong none in the last 31 days']);
  });

  it('shows what is open, and what a fault of ours holds up', () => {
    expect(about('run', { run: { value: aRunFact({ open: 14, openBatches: 1, broken: 2 }) } })).toEqual([
      'wrong 1,204 candidates = 1,150 sent + 54 unmatched + 14 open',
      'ok 25 batches, 1 open',
      'wrong 2 held up by a fault in Paperboy: see the log of send-digest',
    ]);
    expect(about('run', { run: { value: undefined } })).toEqual(['ok nobody was due yet']);
  });

  it('shows what waits and how long, and marks every dead letter', () => {
    const queues = [
      aQueueFact({ visible: 3, inFlight: 1, oldestMs: 240_000 }),
      aQueueFact({ name: 'plan-digests', kind: 'dead-letters', visible: 2, oldestMs: 3 * 86_400_000 }),
      aQueueFact({ name: 'ingest-papers', kind: 'undelivered', visible: 1 }),
    ];
    expect(about('queues', { queues: { value: queues } })).toEqual([
      'ok send-digest: 3 waiting, 1 in flight, the oldest 4 minutes old',
    ]);
    expect(about('dead letters', { queues: { value: queues } })).toEqual([
      'wrong plan-digests: 2, the oldest 3 days old',
      'wrong ingest-papers: 1 never delivered',
    ]);
  });

  it('names the alarms in alarm, the schedules that are off, and alarms that nobody would hear', () => {
    const since = instant('2026-08-07T09:00');
    const raised = [{ name: 'IngestIsSilent', description: 'No new papers arrive', since }];
    expect(about('alarms', { alarms: { value: { watched: 40, unheard: 0, raised } } })).toEqual([
      'wrong No new papers arrive (since 2026-08-07 09:00)',
    ]);
    expect(about('alarms', { alarms: { value: { watched: 40, unheard: 40, raised: [] } } })).toEqual([
      'ok none of 40; 40 would tell nobody',
    ]);
    expect(about('alarms', { alarms: { value: undefined } })).toEqual(['ok judged only while the house runs']);
    const switches = [
      { name: 'PlanDigestsSchedule', isOn: false },
      { name: 'IngestPapersSchedule', isOn: true },
    ];
    expect(about('schedules', { switches: { value: switches } })).toEqual(['wrong off: PlanDigestsSchedule']);
    expect(about('schedules', { switches: { value: [] } })).toEqual([]);
  });

  it('marks mail that is halted, and SES that takes none or only some', () => {
    const haltedAt = instant('2026-08-07T07:00');
    const sending = { value: [{ sort: 'digests', haltedAt, tally }] } as const;
    expect(about('sending', { sending })[0]).toMatch(/^wrong digests: halted since 2026-08-07 07:00;/);
    const paused = { value: [{ sort: 'digests', haltedAt, haltedBy: 'admin', tally }] } as const;
    expect(about('sending', { sending: paused })[0]).toMatch(
      /^wrong digests: paused by the admin since 2026-08-07 07:00;/,
    );
    expect(about('sending', { awaitsReplay: { value: true } })[2]).toMatch(
      /^wrong the subscribers came back from a backup/,
    );
    const account = { isSending: true, isSandboxed: true, perDay: 200, perSecond: 1, sentLast24Hours: 0 };
    expect(about('SES', { mailAccount: { value: account } })[0]).toMatch(/^wrong in the sandbox, .*; 0 of 200 mails/);
    expect(about('SES', { mailAccount: { value: { ...account, isSending: false } } })[0]).toMatch(
      /^wrong paused by SES;/,
    );
    expect(about('SES', { mailAccount: { value: undefined } })).toEqual([]);
  });

  it('marks bounces and complaints from half of what would halt sending', () => {
    const wrong = (counts: Partial<typeof tally>) =>
      about('in 24 hours', { sending: { value: [{ sort: 'digests', tally: { ...tally, ...counts } }] } }).map(
        (line) => line.split(' ')[0],
      );
    expect(wrong({ bounced: 39, complained: 2 })).toEqual(['ok', 'ok']);
    expect(wrong({ bounced: 40, complained: 3 })).toEqual(['wrong', 'wrong']);
    expect(wrong({ accepted: 100, bounced: 19 })).toEqual(['ok', 'ok']);
  });

  it('is the same as JSON, with null for what is not known and why', () => {
    const facts = statusFacts({ queues: { unknown: 'AccessDenied' }, alarms: { value: undefined } });
    expect(factsAsJson(facts)).toMatchObject({
      place: 'The stack Paperboy',
      at: '2026-08-07T10:41:00.000Z',
      edition: { date: '2026-08-07', publishedAt: '2026-08-07T05:02:00.000Z', papers: 812 },
      run: { candidates: 1204, sent: 1150, open: 0, batches: 25 },
      queues: null,
      alarms: null,
      subscribers: { active: 1199 },
      unknown: { queues: 'AccessDenied' },
    });
  });
});
