import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import type { Io, Place } from '../../cli/command/command.js';
import { registry } from '../../cli/command/registry.js';
import { type Operator, withOperator } from '../../cli/house/operator.js';
import { withPaperboy } from '../../cli/house/paperboy-house.js';
import { realClock } from '../../cli/local/clock.js';
import { saveTime } from '../../cli/local/data-folder.js';
import { hourMs } from '../../shared/domain/calendar-date.js';
import { isFromBackup, writeName } from '../../shared/storage/subscribers/name-row.js';
import { instant } from '../support/builders.js';

jest.setTimeout(300_000);

const now = instant('2026-08-07T09:00');
let dir: string;
const at = (name: string) => join(dir, name);
const inHouse = <Result>(work: (operator: Operator) => Promise<Result>) =>
  withOperator({ kind: 'local', dataDir: at('house') } satisfies Place, work);

async function newHouse(name: string): Promise<void> {
  saveTime(at(name), now);
  await withPaperboy({ clock: realClock(), dataDir: at(name), isAtRest: true }, async () => undefined);
}

/** Calls a command; its answer, or why it refused. */
async function call(name: string, ...args: readonly string[]) {
  const heard = { out: '', json: {} as Record<string, unknown>, error: '' };
  const io: Io = {
    out: (text) => {
      heard.out += `${text}\n`;
    },
    json: (value) => {
      heard.json = { ...value };
    },
    tell: () => {},
    paint: (_style, text) => text,
    progress: () => ({ step: () => {}, end: () => {} }),
    exitWith: () => {},
  };
  const command = await registry.get(name)?.();
  if (!command) throw new Error(`${name} is no command`);
  await callCommand(command, args, () => io).catch((error: Error) => {
    heard.error = error.message;
  });
  return heard;
}

const restore = (...args: readonly string[]) => call('restore copy', ...args, '--data', at('house'));

/** Takes subscribers in, each with a consent of an hour ago. */
async function takeIn(...names: readonly string[]): Promise<void> {
  const lines = names.map((name) => ({
    ...{ email: `${name}@example.org`, timezone: 'UTC', hour: 6, topics: ['everything'] },
    ...{ consentAt: new Date(now - hourMs).toISOString(), consentSource: 'fair' },
  }));
  writeFileSync(at('people.json'), JSON.stringify(lines));
  await call('subscribers import', at('people.json'), '--data', at('house'));
}

const filesOf = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((each) => each.isFile())
    .map((each) => `${each.name} ${readFileSync(join(each.parentPath, each.name)).toString('base64')}`)
    .sort();

describe('the subscribers of a kept copy of a folder', () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'restore-copy-'));
    await newHouse('house');
    await takeIn('ann', 'ben');
    await inHouse(({ dynamo, output }) => writeName(dynamo, output('SubscribersTable')));
    cpSync(at('house'), at('copy'), { recursive: true });
    await inHouse(async ({ consents, idOf }) => {
      const subscriber = await idOf('ben@example.org');
      await consents.append({ subscriber, event: 'unsubscribed', at: now, cause: 'one-click' });
    });
    await takeIn('eve');
  });
  afterAll(() => rmSync(dir, { recursive: true }));

  it('are refused from a folder that is none, the same, or of another Paperboy, and to a stack', async () => {
    await newHouse('other');
    expect((await restore(at('nowhere'))).error).toMatch(/^COPY: \S+nowhere does not exist/);
    expect((await restore(at('house'))).error).toMatch(/^COPY: is the folder itself/);
    expect((await restore(at('other'))).error).toMatch(/is of another Paperboy/);
    expect((await restore(at('people.json'))).error).toMatch(/^COPY: \S+people\.json is no folder/);
    const { error } = await call('restore copy', at('copy'), '--stack', 'Paperboy');
    expect(error).toMatch(/goes with --data DIR/);
  });

  it('leave nothing in the temporary folder when somebody stops the command', async () => {
    mkdirSync(at('tmp'));
    const args = ['--import', 'tsx', 'cli/main.ts', 'restore', 'copy', at('copy'), '--data', at('house')];
    const child = spawn(process.execPath, args, { env: { ...process.env, TMPDIR: at('tmp') }, stdio: 'ignore' });
    const exited = once(child, 'exit');
    const copies = () => readdirSync(at('tmp')).filter((name) => name.startsWith('paperboy-copy-'));
    while (copies().length === 0 && child.exitCode === null) await setTimeout(5);
    child.kill('SIGTERM');
    expect(await exited).toEqual([null, 'SIGTERM']);
    expect(copies()).toEqual([]);
  });

  it('come in as a table that waits, after a dry run that wrote nothing; the copy stays as it was', async () => {
    const kept = filesOf(at('copy'));
    const dry = await restore(at('copy'), '--dry-run');
    const own = dry.json.before as string;
    expect(dry.json).toEqual({ dryRun: true, rows: expect.any(Number), before: own });
    expect(await inHouse(async ({ output }) => output('SubscribersTable'))).toBe(own);
    const { json, error } = await restore(at('copy'));
    expect(error).toBe('');
    expect(json).toEqual({ ...dry.json, dryRun: false, table: 'Subscribers-restored-1' });
    expect(filesOf(at('copy'))).toEqual(kept);
    const waits = await inHouse(({ dynamo, output }) => isFromBackup(dynamo, output('SubscribersTable')));
    expect(waits).toBe(true);
  });

  it('are brought up to date by a replay: who left stays away, and who came since is listed or fetched', async () => {
    const [ben, eve] = await inHouse(async ({ idOf }) => [
      await idOf('ben@example.org'),
      await idOf('eve@example.org'),
    ]);
    const { json, out } = await call('restore replay', '--data', at('house'));
    expect(json).toMatchObject({ unsubscribed: 1, newcomers: [eve], fetched: 0 });
    expect(out).toMatch(/^Closed \S+, which was in use before/m);
    expect(await inHouse(({ subscribers }) => subscribers.statusOf(ben!, now))).toBe('unsubscribed');
    expect((await call('restore replay', '--data', at('house'))).error).toContain('`restore copy`');
  });

  it('come back a second time, beside the table in use, from which newcomers are fetched', async () => {
    await takeIn('eve');
    const { json } = await restore(at('copy'));
    expect(json).toMatchObject({ before: 'Subscribers-restored-1', table: 'Subscribers-restored-2' });
    const told = await call('restore replay', '--data', at('house'), '--newcomers-from', 'Subscribers-restored-1');
    expect(told.json).toMatchObject({ fetched: 1, newcomers: [] });
    expect(told.json.oldTables).toMatchObject([
      { table: 'Subscribers-restored-1', is: 'closed now' },
      { is: 'closed' },
    ]);
    const listed = await call('subscribers list', '--addresses', '--data', at('house'));
    expect(listed.out).toMatch(/active .*eve@example\.org/);
    const third = await restore(at('copy'));
    expect(third.json).toMatchObject({ before: 'Subscribers-restored-2', table: 'Subscribers-restored-1' });
  });

  it('may be taken again before the replay, and whoever came since is still in the table that was in use', async () => {
    await call('restore replay', '--data', at('house'), '--newcomers-from', 'Subscribers-restored-2');
    await takeIn('fay');
    await restore(at('copy'));
    for (const table of ['Subscribers-restored-3', 'Subscribers-restored-2', 'Subscribers-restored-3']) {
      expect((await restore(at('copy'))).json).toMatchObject({ before: 'Subscribers-restored-1', table });
    }
    const told = await call('restore replay', '--data', at('house'), '--newcomers-from', 'Subscribers-restored-1');
    expect(told.json).toMatchObject({ fetched: 2, newcomers: [] });
  });
});
