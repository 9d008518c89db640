import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../cli/command/call-command.js';
import type { Command, Io, Place } from '../../cli/command/command.js';
import { registry } from '../../cli/command/registry.js';
import { type Operator, withOperator } from '../../cli/house/operator.js';
import { withPaperboy } from '../../cli/house/paperboy-house.js';
import { realClock } from '../../cli/local/clock.js';
import { saveTime } from '../../cli/local/data-folder.js';
import { standingAfter } from '../../shared/domain/subscriber/lifecycle.js';
import { instant } from '../support/builders.js';
import { inEnvironment } from '../support/in-environment.js';
import { playStack } from '../support/played-stack.js';

jest.setTimeout(300_000);

const root = join(__dirname, '..', '..');
const now = instant('2026-08-07T09:00');
let dir: string;
const at = (name: string) => join(dir, name);
const place = (name: string): Place => ({ kind: 'local', dataDir: at(name) });

/** An empty house in a folder, left at that time. */
async function newHouse(name: string): Promise<void> {
  saveTime(at(name), now);
  await withPaperboy({ clock: realClock(), dataDir: at(name), isAtRest: true }, async () => undefined);
}

/** Calls a command in this process; its answer, what it told, and how it ended. */
async function call(name: string, ...args: readonly string[]) {
  const heard = { out: '', told: '', code: 0, json: {} as Record<string, unknown>, error: '' };
  const io: Io = {
    out: (text) => {
      heard.out += text.endsWith('\n') ? text : `${text}\n`;
    },
    json: (value) => {
      heard.json = { ...value };
    },
    tell: (line) => {
      heard.told += `${line}\n`;
    },
    paint: (_style, text) => text,
    progress: () => ({ step: () => {}, end: () => {} }),
    exitWith: (code) => {
      heard.code = code;
    },
  };
  const command = (await registry.get(`subscribers ${name}`)?.()) as Command;
  await callCommand(command, args, () => io).catch((error: Error) => {
    heard.error = error.message;
  });
  return heard;
}

const on = <Result>(name: string, work: (operator: Operator) => Promise<Result>) => withOperator(place(name), work);

/** Bytes of a house's tables, which grow with whatever is written. */
const bytesOf = (name: string) =>
  readdirSync(at(`${name}/tables`)).reduce((sum, file) => {
    // LevelDB takes files away meanwhile.
    const found = statSync(at(`${name}/tables/${file}`), { throwIfNoEntry: false });
    return sum + (found?.size ?? 0);
  }, 0);

/** What people type after `node` to import a file into a house. */
const importArgs = (file: string, name: string) =>
  ['--import', 'tsx', join('cli', 'main.ts'), 'subscribers', 'import', file, '--data', at(name)] as const;
const own = () => ({ cwd: root, env: { PATH: process.env.PATH, TMPDIR: dir } });

/** Starts the command as people do; killed without warning once its tables have grown by so many bytes. */
async function importAndKill(file: string, name: string, grown: number) {
  const from = bytesOf(name);
  const child = spawn(process.execPath, importArgs(file, name), { ...own(), stdio: 'ignore' });
  const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('close', (_code, signal) => resolve(signal)));
  while (child.exitCode === null && bytesOf(name) < from + grown) await sleep(1);
  child.kill('SIGKILL');
  return ended;
}

const zones = ['Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'UTC'];
const header = 'email,timezone,hour,days,topics,maxPapers,never,consentAt,consentSource\n';
const lineOf = (index: number) =>
  [
    `reader${index}@example.org`,
    zones[index % zones.length],
    5 + (index % 4),
    ['', '12345', 'w5'][index % 3],
    index % 2 ? 'llm-serving' : `"diffusion;Own ""${index}""=agents OR ""a\\;b"""`,
    index % 7 ? '' : 5,
    index % 5 ? '' : 'snow',
    '2026-03-01T12:00:00Z',
    'sheet at the fair',
  ].join(',');
const people = 300;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'subscribers-'));
  mkdirSync(at('out'));
  const lines = Array.from({ length: people }, (_, index) => lineOf(index));
  writeFileSync(at('people.csv'), `${header}${lines.join('\n')}\n`);
  for (const name of ['first', 'second', 'third']) await newHouse(name);
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('an import that is killed half way and run again', () => {
  it('has each there once, with one consent and in a slot that is planned', async () => {
    let before = 0;
    // How far it gets until its writes are seen differs; none of these runs may do harm.
    while (before === 0) {
      expect(await importAndKill(at('people.csv'), 'first', 160_000)).toBe('SIGKILL');
      before = (await call('count', '--data', at('first'))).json.total as number;
    }
    expect(before).toBeLessThan(people);
    const again = await call('import', at('people.csv'), '--data', at('first'));
    const inTheWay = { active: before };
    expect(again.json).toMatchObject({ lines: people, imported: people - before, inTheWay, wrong: 0 });
    expect(again.code).toBe(0);
    await on('first', async ({ subscribers, consents, idOf }) => {
      const inSlots = new Set<string>();
      for (const slot of await subscribers.slots()) {
        for (const id of await subscribers.inSlot(slot, undefined, people)) inSlots.add(id);
      }
      expect(inSlots.size).toBe(people);
      for (const index of [0, 150, people - 1]) {
        const id = await idOf(`reader${index}@example.org`);
        expect((await subscribers.load([id]))[0]).toMatchObject({ profile: { address: `reader${index}@example.org` } });
        expect((await consents.of(id)).map(({ event }) => event)).toEqual(['requested', 'confirmed']);
      }
    });
    const third = await call('import', at('people.csv'), '--data', at('first'), '--dry-run');
    expect(third.out).toBe(`Would import 0 of ${people} lines.\nLeft as they are here: ${people} active.\n`);
  });

  it('sends no mail', async () => {
    await on('first', async ({ house }) => expect(house?.mails()).toEqual([]));
  });
});

describe('an import from standard input', () => {
  const total = async (name: string) => (await call('count', '--data', at(name))).json.total;

  it('reads what is piped in, as often as it is run', async () => {
    await newHouse('piped');
    const typed = `cat ${at('people.csv')} | ${process.execPath} ${importArgs('/dev/stdin', 'piped').join(' ')} --json`;
    const imported = () => JSON.parse(execFileSync('sh', ['-c', typed], { ...own(), encoding: 'utf8' }));
    expect(imported()).toMatchObject({ lines: people, imported: people, wrong: 0 });
    expect(imported()).toMatchObject({ lines: people, imported: 0, inTheWay: { active: people }, wrong: 0 });
    expect(await total('piped')).toBe(people);
  });

  it('begins with nothing that is not whole', async () => {
    await newHouse('cut');
    const input = readFileSync(at('people.csv'), 'utf8').slice(0, -20);
    const ended = spawnSync(process.execPath, importArgs('-', 'cut'), { ...own(), input, encoding: 'utf8' });
    const line = `paperboy: standard input: ends in the middle of line ${people + 1}: it was cut off; get the whole file\n`;
    expect([ended.status, ended.stdout, ended.stderr]).toEqual([1, '', line]);
    expect(await total('cut')).toBe(0);
  });
});

describe('an export', () => {
  const sorted = (file: string, without = /^$/) => {
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    return lines.map((line) => line.replace(without, '')).sort();
  };

  it('is read back by the import of an empty house, whose export is the same', async () => {
    for (const format of ['csv', 'json']) {
      const house = format === 'csv' ? 'second' : 'third';
      const [file, back] = [at(`out/first.${format}`), at(`out/back.${format}`)];
      const exported = await call('export', '--data', at('first'), '--format', format, '--out', file);
      expect(exported.json).toEqual({ out: file, subscribers: people, learnedTopics: 0 });
      expect((await call('import', file, '--data', at(house))).json).toMatchObject({ imported: people, wrong: 0 });
      await call('export', '--data', at(house), '--format', format, '--out', back);
      const rows = (path: string) => sorted(path, /^[[,]/);
      expect(rows(back)).toEqual(rows(file));
    }
  });

  it('is whole, for its owner alone, and leaves nothing beside it', async () => {
    expect(statSync(at('out/first.csv')).mode & 0o777).toBe(0o600);
    expect(readdirSync(at('out')).sort()).toEqual(['back.csv', 'back.json', 'first.csv', 'first.json']);
    const { error } = await call('export', '--data', at('first'), '--out', at('nowhere/people.csv'));
    expect(error).toMatch(/^--out: .*nowhere\/people.csv cannot be written \(ENOENT\)/);
    expect((await call('export', '--data', at('first'), '--out', at('out'))).error).toMatch(
      /is a folder; name a file$/,
    );
    const { out } = await call('export', '--data', at('first'));
    expect(out.trimEnd().split('\n').sort()).toEqual(sorted(at('out/first.csv')));
  });

  it('makes nobody active who was not', async () => {
    await newHouse('fourth');
    await on('second', async ({ subscribers, idOf, now: time }) => {
      await subscribers.pause(await idOf('reader1@example.org'), undefined, time());
      await subscribers.stop(await idOf('reader2@example.org'), 'unsubscribed', time());
    });
    await call('export', '--data', at('second'), '--out', at('out/mixed.csv'));
    const { json, out } = await call('import', at('out/mixed.csv'), '--data', at('fourth'));
    const notActiveInFile = { paused: 1, unsubscribed: 1 };
    expect(json).toMatchObject({ imported: people - 2, notActiveInFile, wrong: 0 });
    expect(out).toMatch(/Not active in the file, and so not imported: 1 \w+, 1 \w+\./);
  });
});

describe('an admin who looks after subscribers', () => {
  const second = () => ['--data', at('second')];
  const standing = (address: string) =>
    on('second', async ({ subscribers, consents, idOf, now: time }) => {
      const id = await idOf(address);
      const journal = await consents.of(id);
      return [await subscribers.statusOf(id, time()), standingAfter(journal), journal.at(-1)?.cause];
    });

  it('lists ids and masked addresses, and whole ones when asked', async () => {
    const { out, json } = await call('list', ...second(), '--status', 'paused', '--json');
    expect(out).toMatch(/^[\w-]{22} {2}paused .* r…@example\.org\n$/);
    expect(json).toEqual({ subscribers: [expect.objectContaining({ status: 'paused', address: 'r…@example.org' })] });
    const whole = await call('list', ...second(), '--addresses');
    expect(whole.out.split('\n').filter((line) => /reader\d+@example\.org$/.test(line))).toHaveLength(people);
    expect((await call('list', ...second(), '--status', 'happy')).error).toMatch(/^--status: nobody is "happy"/);
  });

  it('counts by status, zone and hour', async () => {
    const { json, out } = await call('count', ...second(), '--by', 'zone');
    expect(json).toMatchObject({
      total: people,
      byStatus: { active: people - 2, paused: 1, unsubscribed: 1, bounced: 0 },
    });
    const { bySlot } = json as { readonly bySlot: Readonly<Record<string, number>> };
    expect(Object.keys(bySlot)).toEqual([...zones].sort());
    expect(Object.values(bySlot).reduce((sum, number) => sum + number)).toBe(people - 2);
    expect(out).toContain('      298  active\n');
    const hours = (await call('count', ...second(), '--by', 'hour')).json.bySlot as object;
    expect(Object.keys(hours)).toEqual(['05:00', '06:00', '07:00', '08:00']);
  });

  it('suppresses for good, also whom nobody knows, and says first what that would do', async () => {
    const dry = await call('suppress', 'Stranger@example.org', ...second(), '--dry-run');
    expect(dry.out).toBe('Stranger@example.org would be suppressed for good (nothing was known of it).\n');
    expect(await standing('stranger@example.org')).toEqual(['none', 'none', undefined]);
    await call('suppress', 'stranger@example.org', ...second());
    expect(await standing('stranger@example.org')).toEqual(['suppressed', 'suppressed', 'admin']);
    const again = await call('suppress', 'stranger@example.org', ...second());
    expect(again.out).toBe('stranger@example.org is suppressed already.\n');
    writeFileSync(at('stranger.csv'), `${header}${lineOf(0).replace('reader0', 'stranger')}\n`);
    const { json } = await call('import', at('stranger.csv'), ...second());
    expect(json).toMatchObject({ imported: 0, inTheWay: { suppressed: 1 } });
    const { error } = await call('release', 'stranger@example.org', ...second());
    expect(error).toMatch(/complained, or was suppressed by an admin: that holds for good/);
  });

  const bounce = (address: string) =>
    on('second', async ({ subscribers, consents, idOf, now: time }) => {
      const subscriber = await idOf(address);
      await consents.append({ subscriber, event: 'suppressed', at: time(), cause: 'bounce' });
      await subscribers.stop(subscriber, 'bounced', time());
    });

  it('releases who bounced to what they were', async () => {
    await bounce('reader3@example.org');
    const dry = await call('release', 'reader3@example.org', ...second(), '--dry-run');
    expect(dry.out).toBe('reader3@example.org would be active again.\n');
    expect(await standing('reader3@example.org')).toEqual(['suppressed', 'bounced', 'bounce']);
    await call('release', 'reader3@example.org', ...second());
    expect(await standing('reader3@example.org')).toEqual(['active', 'active', 'admin']);
    const nothing = await call('release', 'reader3@example.org', ...second());
    expect(nothing.out).toBe('reader3@example.org is active: there is nothing to free.\n');
  });

  it('erases as the preferences page does, and leaves nothing under the id', async () => {
    const dry = await call('erase', 'reader4@example.org', ...second(), '--dry-run');
    expect(dry.out).toBe('Would erase reader4@example.org (active).\n');
    expect((await standing('reader4@example.org'))[0]).toBe('active');
    await call('erase', 'reader4@example.org', ...second());
    expect(await standing('reader4@example.org')).toEqual(['none', 'none', 'admin']);
    expect((await call('erase', 'reader4@example.org', ...second())).out).toBe(
      'Nothing is known of reader4@example.org.\n',
    );
    const { json } = await call('import', at('people.csv'), ...second());
    expect(json).toMatchObject({ imported: 0, inTheWay: { erased: 1 } });
  });

  it('is told of wrong lines, whose others are imported, and the command fails', async () => {
    writeFileSync(at('wrong.csv'), `${header}${lineOf(900)}\n${lineOf(901).replace('UTC', 'Mars')},\n${lineOf(902)}\n`);
    const { json, told, code } = await call('import', at('wrong.csv'), ...second());
    expect([json.imported, json.wrong, code]).toEqual([2, 1, 1]);
    expect(told).toBe('line 3: has more or fewer fields than the header\n');
  });
});

describe("SES's own list of a deployed stack", () => {
  const listed = ["o'hara@example.org", 'reader5@example.org'];

  it('is asked by a release, which prints the one command that frees the address there', async () => {
    const asked: string[] = [];
    const ses = createServer(({ url = '', method }, response) => {
      asked.push(`${method} ${decodeURIComponent(url)}`);
      const isListed = listed.some((address) => decodeURIComponent(url).endsWith(`/${address}`));
      const body = isListed
        ? { SuppressedDestination: { EmailAddress: 'x', Reason: 'BOUNCE', LastUpdateTime: 1 } }
        : {};
      const type = isListed ? {} : { 'x-amzn-errortype': 'NotFoundException' };
      response
        .writeHead(isListed ? 200 : 404, { 'content-type': 'application/json', ...type })
        .end(JSON.stringify(body));
    });
    await new Promise<void>((listening) => ses.listen(0, '127.0.0.1', listening));
    const clock = realClock();
    await withPaperboy({ clock, dataDir: at('third'), isAtRest: true }, async ({ house }) => {
      const account = await playStack({ name: 'Papers', house });
      const url = `http://127.0.0.1:${(ses.address() as AddressInfo).port}`;
      const release = (address: string) =>
        inEnvironment({ ...account.environment, AWS_ENDPOINT_URL_SESV2: url }, () =>
          call('release', address, '--stack', 'Papers'),
        );
      const free = 'aws sesv2 delete-suppressed-destination --email-address';
      const known = await release('reader5@example.org');
      expect(known.out).toContain(`\n  ${free} reader5@example.org --region us-east-1\n`);
      expect(known.json).toMatchObject({ released: null, isOnSesList: true });
      const quoted = await release("o'hara@example.org");
      expect(quoted.out).toContain(`\n  ${free} 'o'\\''hara@example.org' --region us-east-1\n`);
      expect((await release('reader6@example.org')).json).toMatchObject({ isOnSesList: false });
      await account.close();
    });
    await new Promise((closed) => ses.close(closed));
    expect(asked[0]).toBe('GET /v2/email/suppression/addresses/reader5@example.org');
    expect(asked).toHaveLength(3);
  });
});
