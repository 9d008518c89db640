import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { type PlayedDay, runOf, summarize, writeDay } from '../../../../cli/commands/day/write-day.js';
import type { StoredMail } from '../../../../cli/local/mail/mail-store.js';
import { aBalance, anEdition, aRankedPaper, aTrendScore, day, instant, paperId } from '../../../support/builders.js';

const date = day('2026-08-07');

const aMail = (to: string, over: Partial<StoredMail> = {}): StoredMail => ({
  messageId: `message to ${to}`,
  at: instant('2026-08-07T07:00'),
  from: 'papers@example.org',
  to: [to],
  tags: { subscriber: to, edition: date, attempt: '1' },
  raw: Buffer.from(`To: ${to}\r\n\r\nGood morning.\r\n`),
  ...over,
});
const aDay = (over: Partial<PlayedDay> = {}): PlayedDay => ({
  date,
  edition: anEdition(),
  balance: aBalance(1, { open: 0, sent: 1 }),
  mails: [aMail('ada@example.org')],
  ...over,
});

describe('what a day leaves', () => {
  let out: string;
  beforeEach(() => {
    out = mkdtempSync(join(tmpdir(), 'write-day-'));
  });
  afterEach(() => rmSync(out, { recursive: true }));
  const names = () => readdirSync(join(out, 'mails')).sort();

  it('has each mail as it was sent, byte for byte', () => {
    const raw = Buffer.from([0x41, 0x0d, 0x0a, 0xff, 0x00]);
    writeDay(out, aDay({ mails: [aMail('ada@example.org', { raw })] }));
    expect(readFileSync(join(out, 'mails', 'ada@example.org.eml'))).toEqual(raw);
  });

  it('has no mail of an earlier call, and leaves other files alone', () => {
    mkdirSync(join(out, 'mails'));
    writeFileSync(join(out, 'mails', 'stale@example.org.eml'), '');
    writeFileSync(join(out, 'mails', 'notes.txt'), '');
    writeDay(out, aDay());
    expect(names()).toEqual(['ada@example.org.eml', 'notes.txt']);
  });

  it('has no mail of another edition', () => {
    const earlier = aMail('ben@example.org', { tags: { subscriber: 'ben', edition: '2026-08-06', attempt: '1' } });
    writeDay(out, aDay({ mails: [earlier, aMail('ada@example.org')] }));
    expect(names()).toEqual(['ada@example.org.eml']);
  });

  it('has a second attempt beside the first', () => {
    const second = aMail('ada@example.org', { tags: { subscriber: 'ada', edition: date, attempt: '2' } });
    writeDay(out, aDay({ mails: [aMail('ada@example.org'), second] }));
    expect(names()).toEqual(['ada@example.org.2.eml', 'ada@example.org.eml']);
  });

  it('keeps a strange address inside the folder', () => {
    writeDay(out, aDay({ mails: [aMail('../../ada/x@example.org')] }));
    expect(names()).toEqual(['..%2F..%2Fada%2Fx@example.org.eml']);
  });

  it('has the edition in rank order, with the parts of each score', () => {
    const papers = [
      aRankedPaper({ id: paperId(2), title: 'Two' }, aTrendScore(5)),
      aRankedPaper({ id: paperId(1) }, aTrendScore(2)),
    ];
    writeDay(out, aDay({ edition: anEdition({ papers }) }));
    const written = JSON.parse(readFileSync(join(out, 'edition.json'), 'utf8'));
    expect([written.date, written.formula]).toEqual([date, 1]);
    expect(written.papers.map(({ id }: { id: string }) => id)).toEqual([paperId(2), paperId(1)]);
    expect(written.papers[0]).toMatchObject({ title: 'Two', score: 5, parts: aTrendScore(5).parts });
  });

  it('has the run without what only the house needs', () => {
    const balance = aBalance(3, { open: 0, sent: 2, uncertain: 1 });
    writeDay(out, aDay({ balance }));
    const counts = { candidates: 3, sent: 2, unmatched: 0, suppressed: 0, failed: 0, expired: 0, uncertain: 1 };
    expect(JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'))).toEqual({ edition: date, ...counts });
    expect(runOf({ date, balance })).toEqual({ edition: date, ...counts });
    const noted = aBalance(1, { open: 0, 'quiet-noted': 1 });
    expect(runOf({ date, balance: noted })).toMatchObject({ candidates: 1, sent: 0, 'quiet-noted': 1 });
  });
});

describe('the summary of a day', () => {
  it('says which days had no list, which papers rise, and how the run ended', () => {
    const days = [
      { date: day('2026-08-06'), listed: 0 },
      { date, listed: 1 },
    ];
    const papers = [aRankedPaper({ title: 'Measuring $\\alpha$' })];
    const balance = aBalance(3, { open: 0, sent: 2, unmatched: 1 });
    expect(summarize(aDay({ edition: anEdition({ days, papers }), balance })).split('\n')).toEqual([
      'Edition 2026-08-07: 1 paper, formula 1',
      'No daily list: 2026-08-06',
      '1. Measuring α (+12 upvotes in 24 h)',
      'Run: 3 candidates = 2 sent + 1 unmatched',
      '',
    ]);
  });

  it('names five papers at most, and a run of nobody', () => {
    const papers = [1, 2, 3, 4, 5, 6].map((number) => aRankedPaper({ id: paperId(number), title: `Paper ${number}` }));
    const said = summarize(aDay({ edition: anEdition({ papers }), balance: aBalance(0) }));
    expect(said).toContain('5. Paper 5');
    expect(said).not.toContain('Paper 6');
    expect(said).toContain('Run: 0 candidates = 0\n');
  });
});
