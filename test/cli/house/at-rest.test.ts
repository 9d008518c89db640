import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../../cli/command/call-command.js';
import type { Io } from '../../../cli/command/command.js';
import { registry } from '../../../cli/command/registry.js';
import { withPaperboy } from '../../../cli/house/paperboy-house.js';
import { virtualClock } from '../../../cli/local/clock.js';
import { saveTime } from '../../../cli/local/data-folder.js';
import { anEdition, aRankedPaper, day, instant } from '../../support/builders.js';
import { listening } from '../../support/heard.js';

jest.setTimeout(120_000);

const now = instant('2026-08-07T09:00');
const dataDir = join(mkdtempSync(join(tmpdir(), 'at-rest-')), 'house');

/** Works on the house while it rests, and tells every line that a function writes. */
const looking = <Found>(look: (house: Parameters<Parameters<typeof withPaperboy>[1]>[0]) => Promise<Found>) => {
  const logged: string[] = [];
  const log = (line: string) => void logged.push(line);
  return withPaperboy({ clock: virtualClock(now), dataDir, isAtRest: true, log }, async (house) => ({
    found: await look(house),
    logged,
  }));
};

async function run(name: string, ...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const io: Io = {
    out: (text) => void lines.push(text),
    json: () => {},
    tell: (line) => void lines.push(line),
    paint: (_style, text) => text,
    progress: () => ({ step: () => {}, end: () => {} }),
    exitWith: () => {},
  };
  await callCommand(await registry.get(name)!(), [...args, '--data', dataDir], () => io);
  return lines.join('\n');
}

describe('a house at rest', () => {
  beforeAll(async () => {
    saveTime(dataDir, now);
    const papers = [aRankedPaper({ title: 'Tables of the heart', abstract: 'Large language models read tables.' })];
    await looking(({ editions }) => editions.publish(anEdition({ date: day('2026-08-07'), publishedAt: now, papers })));
  });
  afterAll(() => rmSync(join(dataDir, '..'), { recursive: true }));

  it('keeps what is put on its queues until it runs again', async () => {
    expect(await run('backfill', '2026-08-01', '2026-08-02')).toContain('It waits for this Paperboy to run again');
    const { found, logged } = await looking(async ({ house }) => house.queues());
    expect(found.find(({ name }) => name.startsWith('IngestPapersQueue'))).toMatchObject({ visible: 1, inFlight: 0 });
    expect(logged).toEqual([]);
  });

  it('keeps what is said on its bus until it runs again', async () => {
    expect(await run('republish', '2026-08-07', '--yes')).toContain('waits for this Paperboy to run again');
    const { found } = await looking(({ editions }) => editions.find(day('2026-08-07')));
    expect(found?.publishedAt).toBe(now);
  });

  it('keeps the runs that were asked for until it runs again', async () => {
    const kept = () => readdirSync(join(dataDir, 'invocations')).sort();
    const before = kept();
    expect(await run('trigger', 'plan-digests', '--dry-run')).toBe('plan-digests: would be asked to run');
    expect(kept()).toEqual(before);
    expect(await run('trigger', 'plan-digests')).toContain('waits for this Paperboy to run again');
    const added = kept().filter((name) => !before.includes(name));
    expect(added).toHaveLength(1);
    const { arn, event } = JSON.parse(readFileSync(join(dataDir, 'invocations', added[0]!), 'utf8'));
    expect([arn, event]).toEqual([
      expect.stringContaining('PlanDigestsWorkerFunction'),
      expect.objectContaining({ 'detail-type': 'Scheduled Event' }),
    ]);
  });

  it('sends a test mail all the same', async () => {
    expect(await run('send-test', 'ada@example.org', '--topics', 'tables')).toContain('sent 1 papers of 2026-08-07');
    const { found } = await looking(async ({ house }) => house.mails());
    expect(found.map(({ to }) => to)).toEqual([['ada@example.org']]);
    expect(found[0]).not.toHaveProperty('configurationSet');
  });

  it('can be paused, and goes on again', async () => {
    await run('pause sending', '--only', 'digests');
    const { found } = await looking(({ traffic }) => traffic.sending('digests'));
    expect(found).toEqual({ haltedAt: now, haltedBy: 'admin' });
    expect(await run('resume sending')).toBe('goes on: digests');
    await expect(run('pause sending', '--only', 'mail')).rejects.toThrow('--only is digests or notices, not "mail"');
  });

  it('tells an address that nobody is known by from one that was, in a way that programs can tell too', async () => {
    const fateOf = async (address: string) => {
      const { heard, io } = listening();
      await callCommand(await registry.get('fate')!(), [address, '--data', dataDir], () => io);
      return heard;
    };
    const nobody = await fateOf('nobody@example.org');
    const line = 'paperboy: nobody was ever known by nobody@example.org: check the spelling\n';
    expect(nobody).toMatchObject({ code: 1, out: '', told: line, json: { outcome: 'none', isUnknown: true } });
    await run('subscribers suppress', 'nobody@example.org');
    const somebody = await fateOf('nobody@example.org');
    expect(somebody).toMatchObject({ code: 0, told: '', json: { outcome: 'none' } });
    expect(somebody.json).not.toHaveProperty('isUnknown');
    expect(somebody.out).toContain('is suppressed');
  });
});
