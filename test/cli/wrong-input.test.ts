import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callTyped } from '../../cli/command/call-command.js';
import { lastWords } from '../../cli/command/cli-error.js';
import type { Command } from '../../cli/command/command.js';
import { registry } from '../../cli/command/registry.js';
import { withPaperboy } from '../../cli/house/paperboy-house.js';
import { virtualClock } from '../../cli/local/clock.js';
import { lockDataDir, saveTime } from '../../cli/local/data-folder.js';
import { aProfile, instant } from '../support/builders.js';
import { inEnvironment } from '../support/in-environment.js';
import { playStack } from '../support/played-stack.js';

jest.setTimeout(120_000);

let dir: string;
const at = (name: string) => join(dir, name);
const now = instant('2026-08-07T09:00');

/** What operands of these names may be; those that may be left out are. */
const operandOf: Readonly<Record<string, () => string>> = {
  ADDRESS: () => 'ada@example.org',
  DATE: () => '2026-08-07',
  FROM: () => '2026-08-01',
  TO: () => '2026-08-02',
  FILE: () => at('people.json'),
  FUNCTION: () => 'plan-digests',
  COPY: () => at('copy'),
};
/** Without these a command does not get as far as its place. */
const required: Readonly<Record<string, readonly string[]>> = {
  run: ['--date', '2026-08-07'],
  preview: ['ada@example.org'],
  republish: ['--yes'],
  backfill: ['2026-08-01', '2026-08-02'],
  redrive: ['--all', '--yes'],
};

/** A stack has AWS do this. */
const inFolders = ['restore copy'];

const commandOf = async (name: string): Promise<Command> => {
  const command = await registry.get(name)?.();
  if (!command) throw new Error(`there is no command ${name}`);
  return command;
};

/** A command as it may be written, but for its place. */
function written({ name, operands = [] }: Command): readonly string[] {
  const given = operands.flatMap(({ name: operand, isOptional }) => {
    if (isOptional) return [];
    const fill = operandOf[operand];
    if (!fill) throw new Error(`${name}: this test does not know what ${operand} may be`);
    return [fill()];
  });
  return [...name.split(' '), ...given, ...(required[name] ?? [])];
}

/** What is left of a call: its last line, its exit code, and whether it wrote an answer. */
async function call(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  let said = '';
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
  try {
    await inEnvironment(environment, () => callTyped(args));
    return { line: 'done', code: process.exitCode ?? 0, said };
  } catch (error) {
    return { ...lastWords(error), said };
  } finally {
    process.exitCode = undefined;
    spy.mockRestore();
  }
}

/** The digest of each file below the test's folder; folders have none. */
function everyFile(): Readonly<Record<string, string>> {
  const entries = readdirSync(dir, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, entry.isFile() ? createHash('sha256').update(readFileSync(path)).digest('hex') : ''] as const;
  });
  return Object.fromEntries(entries);
}

/** Calls it wrongly: one line that says this, this exit code, no answer, and no file made, changed or removed. */
async function expectRefusal(
  args: readonly string[],
  said: RegExp,
  code: number,
  environment: Readonly<Record<string, string>> = {},
) {
  const before = everyFile();
  const ended = await call(args, environment);
  expect(ended.line).toMatch(said);
  expect(ended.line).not.toContain('\n');
  expect(ended).toMatchObject({ code, said: '' });
  expect(everyFile()).toEqual(before);
}

const people = [
  {
    email: 'grace@example.org',
    timezone: 'Europe/Berlin',
    hour: 7,
    topics: ['llm-serving'],
    consentAt: '2026-07-01T09:00:00Z',
    consentSource: 'a form of ours',
  },
];

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'wrong-input-'));
  const clock = virtualClock(now);
  saveTime(at('house'), now);
  await withPaperboy({ clock, dataDir: at('house') }, ({ subscribe }) =>
    subscribe(aProfile({ address: 'ada@example.org' }), clock.now()),
  );
  cpSync(at('house'), at('copy'), { recursive: true });
  mkdirSync(at('photos'));
  writeFileSync(at('photos/one.jpg'), 'a picture');
  writeFileSync(at('a file'), '');
  writeFileSync(at('people.json'), JSON.stringify(people));
  writeFileSync(at('cut.json'), JSON.stringify([...people, ...people]).slice(0, -80));
  const fields = 'email,timezone,hour,topics,consentAt,consentSource\n';
  const line = '"grace@example.org","Europe/Berlin","7","llm-serving","2026-07-01T09:00:00Z","a form of ours"\n';
  writeFileSync(at('cut.csv'), `${fields}${line}${line.replace('grace', 'hopper').slice(0, -5)}`);
});
afterAll(() => rmSync(dir, { recursive: true }));

const all = [...registry.keys()];
const keys = { AWS_ACCESS_KEY_ID: 'AKIAPLAYED', AWS_SECRET_ACCESS_KEY: 'not checked' };
const nobody = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9' };

describe.each(all)('%s', (name) => {
  let command: Command;
  let args: readonly string[];
  beforeEach(async () => {
    command = await commandOf(name);
    args = command.place ? written(command) : name.split(' ');
  });

  it('refuses an unknown option, with the nearest', async () => {
    await expectRefusal([...args, '--jsom'], /^paperboy: .*Unknown option '--jsom'; the nearest is --json; see /, 2);
  });

  it('refuses a wrong folder, and makes none', async () => {
    if (!command.place) return;
    await expectRefusal([...args, '--data', at('nowhere')], /--data: .*nowhere does not exist; name the folder/, 1);
    await expectRefusal([...args, '--data', at('photos')], /--data: .*photos holds no Paperboy .*; name the folder/, 1);
    await expectRefusal([...args, '--data', at('a file')], /--data: .*a file is no folder; name the folder/, 1);
    expect(existsSync(at('nowhere'))).toBe(false);
  });

  it('refuses a folder that another process has', async () => {
    if (!command.place) return;
    const unlock = lockDataDir(at('house'));
    await expectRefusal([...args, '--data', at('house')], /is in use by process \d+: stop it, or name another/, 1);
    unlock();
  });

  it('refuses a wrong stack', async () => {
    if (!command.place) return;
    if (inFolders.includes(name)) {
      return expectRefusal([...args, '--stack', 'Papers'], /restore copy: goes with --data DIR; a stack/, 2);
    }
    const { environment, close } = await playStack({ name: 'Papers', outputs: { PagesUrl: 'https://example.org' } });
    await expectRefusal([...args, '--stack', 'Paper'], /--stack: there is no stack Paper in us-east-1/, 1, environment);
    await expectRefusal([...args, '--stack', 'Papers'], /--stack: Papers .* is no Paperboy/, 1, environment);
    await close();
  });

  it('refuses to go on without credentials, region or network', async () => {
    if (!command.place || inFolders.includes(name)) return;
    const stack = [...args, '--stack', 'Papers'];
    await expectRefusal(stack, /no region is chosen: add --region/, 1);
    await expectRefusal([...stack, '--region', 'us-east-1'], /there are no AWS credentials: sign in/, 1);
    const profile = ['--region', 'us-east-1', '--profile', 'work'];
    await expectRefusal([...stack, ...profile], /there are no AWS credentials for profile work: sign in/, 1);
    const offline = { ...keys, ...nobody };
    await expectRefusal([...stack, '--region', 'us-east-1'], /AWS cannot be reached .*: look at your/, 1, offline);
  });

  it('refuses a file that is not there, is a folder, or was cut off', async () => {
    const isRead = command.operands?.some((operand) => operand.name === 'FILE') ?? false;
    const fileOptions = Object.entries(command.options ?? {}).filter(
      ([key, { value }]) => value === 'FILE' && key !== 'out',
    );
    if (!command.place || (!isRead && fileOptions.length === 0)) return;
    const withFile = (path: string) =>
      isRead
        ? args.map((arg) => (arg === at('people.json') ? path : arg))
        : [...args, ...fileOptions.flatMap(([option]) => [`--${option}`, path])];
    const house = ['--data', at('house')];
    await expectRefusal([...withFile(at('nothing.json')), ...house], /nothing\.json/, 1);
    await expectRefusal([...withFile(at('photos')), ...house], /photos/, 1);
    if (!isRead) return;
    await expectRefusal([...withFile(at('cut.json')), ...house], /cut\.json/, 1);
    await expectRefusal([...withFile(at('cut.csv')), ...house], /cut\.csv/, 1);
  });

  it('refuses to write into a folder that is not there, and makes none', async () => {
    if (!command.place || command.options?.out === undefined) return;
    // An opened house may tidy its own tables up.
    const { line, code, said } = await call([...args, '--data', at('house'), '--out', at('nowhere/people.csv')]);
    expect([line.split('\n').length, code, said]).toEqual([1, 1, '']);
    expect(line).toMatch(/--out: .*nowhere/);
    expect(existsSync(at('nowhere'))).toBe(false);
  });

  it('refuses a copy that is none', async () => {
    if (!command.operands?.some((operand) => operand.name === 'COPY')) return;
    const withCopy = (path: string) => args.map((arg) => (arg === at('copy') ? path : arg));
    const house = ['--data', at('house')];
    await expectRefusal([...withCopy(at('nowhere')), ...house], /COPY: .*nowhere does not exist; name the folder/, 1);
    await expectRefusal(
      [...withCopy(at('photos')), ...house],
      /COPY: .*photos holds no Paperboy .*; name the folder/,
      1,
    );
    await expectRefusal([...withCopy(at('house')), ...house], /COPY: is the folder itself; name a copy of it/, 2);
  });

  it('refuses a function that has no schedule', async () => {
    if (!command.operands?.some((operand) => operand.name === 'FUNCTION')) return;
    const wrong = args.map((arg) => (arg === 'plan-digests' ? 'plan' : arg));
    await expectRefusal([...wrong, '--data', at('house')], /FUNCTION is one of ingest-papers, .*, not "plan"; see /, 2);
  });

  it('refuses a day that is none', async () => {
    if (!command.place || command.options?.date === undefined) return;
    const wrong = [...args, '--date', '2026-02-30', '--data', at('house')];
    await expectRefusal(wrong, /--date: write a day such as 2026-08-07, not "2026-02-30"/, 2);
  });

  it('refuses to be told no place, or two', async () => {
    if (!command.place) return;
    if (command.place === 'house') await expectRefusal(args, /say which Paperboy: --data DIR/, 2);
    await expectRefusal([...args, '--data', at('house'), '--stack', 'Papers'], /--data or --stack, not both/, 2);
  });
});
