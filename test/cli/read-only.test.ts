import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import type { Command } from '../../cli/command/command.js';
import { registry } from '../../cli/command/registry.js';
import { withPaperboy } from '../../cli/house/paperboy-house.js';
import { virtualClock } from '../../cli/local/clock.js';
import { saveTime } from '../../cli/local/data-folder.js';
import { slotFor } from '../../shared/domain/subscriber/slot.js';
import { documentClient } from '../../shared/storage/dynamo/dynamo.js';
import { rawItems } from '../storage/raw-items.js';
import { anEdition, aProfile, aRankedPaper, day, instant } from '../support/builders.js';
import { listening } from '../support/heard.js';

jest.setTimeout(120_000);

const now = instant('2026-08-07T09:00');
const date = day('2026-08-07');
const ada = aProfile({ address: 'ada@example.org', topics: [{ name: 'Tables', filter: 'tables' }] });
const dir = mkdtempSync(join(tmpdir(), 'read-only-'));
const dataDir = join(dir, 'house');
const file = join(dir, 'people.json');

const atRest = <Found>(work: Parameters<typeof withPaperboy<Found>>[1]) =>
  withPaperboy({ clock: virtualClock(now), dataDir, isAtRest: true }, work);

/** Every row of every table, sorted. */
const rows = () =>
  atRest(async ({ client, house }) => {
    const dynamo = documentClient(client);
    const tables = ['PapersTable', 'EditionsTable', 'SubscribersTable', 'RunsTable', 'ConsentsTable'];
    const items = await Promise.all(tables.map((table) => rawItems(dynamo, house.output(table))));
    return items.map((each) => each.map((item) => JSON.stringify(item)).sort());
  });

/**
 * Content and time of writing of each file in the house, but for those in which LevelDB keeps the tables: it writes some anew
 * whenever it is opened.
 */
function files(): Readonly<Record<string, string>> {
  const entries = readdirSync(dataDir, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile()) return [path, ''] as const;
    return [
      path,
      `${statSync(path).mtimeMs} ${createHash('sha256').update(readFileSync(path)).digest('hex')}`,
    ] as const;
  });
  return Object.fromEntries(entries.filter(([path]) => !path.includes(`${sep}tables${sep}`)));
}

/** What a command is given, beside its place; those that write say only what they would do. */
const given: Readonly<Record<string, readonly string[]>> = {
  run: ['--date', date],
  fate: [ada.address],
  preview: [ada.address],
  'send-test': [ada.address],
  republish: [date],
  backfill: ['2026-08-01', '2026-08-02'],
  trigger: ['plan-digests'],
  'restore copy': [join(dir, 'copy')],
  redrive: ['--all'],
  'subscribers import': [file],
  'subscribers suppress': [ada.address],
  'subscribers release': [ada.address],
  'subscribers erase': [ada.address],
};

const others: Server[] = [];

beforeAll(async () => {
  saveTime(dataDir, now);
  const papers = [aRankedPaper({ title: 'Tables of the heart' })];
  await atRest(async ({ editions, runs, subscribe }) => {
    await editions.publish(anEdition({ date, publishedAt: now, papers }));
    const id = await subscribe(ada, now);
    await runs.openBatch({ run: date, slot: slotFor(ada), seq: 0, subscribers: [id] }, now);
  });
  writeFileSync(
    file,
    JSON.stringify(
      [{ email: 'bela@example.org', timezone: 'UTC', hour: 7, topics: ['llm-serving'] }].map((one) => ({
        ...one,
        consentAt: '2026-07-01',
        consentSource: 'fair',
      })),
    ),
  );
  cpSync(dataDir, join(dir, 'copy'), { recursive: true });
  // Another house, started meanwhile, may have its ports.
  for (const port of Object.values(JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as object)) {
    const server = createServer();
    await new Promise<void>((listens) => server.listen(Number(port), '127.0.0.1', listens));
    others.push(server);
  }
});
afterAll(async () => {
  for (const server of others) await new Promise((closed) => server.close(closed));
  rmSync(dir, { recursive: true });
});

it('keeps the address of its pages, so that links that are made meanwhile open later', async () => {
  const { pages } = JSON.parse(readFileSync(join(dataDir, 'ports.json'), 'utf8')) as { readonly pages: number };
  expect(await atRest(async ({ house }) => house.pagesUrl)).toBe(`http://127.0.0.1:${pages}`);
});

/** Those that work on a house of their own. */
const ownHouse = ['start', 'daily'];
const onHouses = [...registry.keys()].filter((name) => !ownHouse.includes(name));

it.each(onHouses)('%s changes nothing of a house that it only looks at', async (name) => {
  const command = (await registry.get(name)?.()) as Command;
  expect(command.place).toBeDefined();
  const [filesBefore, rowsBefore] = [files(), await rows()];
  const { heard, io } = listening();
  const args = [...(given[name] ?? []), '--data', dataDir, ...(command.writes ? ['--dry-run'] : [])];
  const ended = await callCommand(command, args, () => io).catch((error: Error) => error.message);
  // There is nothing to restore.
  if (name !== 'restore replay') expect([ended, heard.json]).toEqual([undefined, expect.anything()]);
  expect(files()).toEqual(filesBefore);
  expect(await rows()).toEqual(rowsBefore);
});
