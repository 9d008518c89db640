import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { callCommand } from '../../../../cli/command/call-command.js';
import { daily } from '../../../../cli/commands/day/daily.js';
import { lockDataDir, saveTime } from '../../../../cli/local/data-folder.js';
import { instant } from '../../../support/builders.js';
import { writeRecordedDays } from '../../../support/recorded-day.js';

jest.setTimeout(120_000);

let dir: string;
const at = (...path: string[]) => join(dir, ...path);
const file = (name: string, content: string) => {
  writeFileSync(at(name), content);
  return at(name);
};

beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'bad-input-'));
  writeRecordedDays(at('recorded'));
});
afterAll(() => rmSync(dir, { recursive: true }));

/** Arguments of a day that can be played; `undefined` leaves an option out. */
const argsWith = (over: Readonly<Record<string, string | undefined>> = {}) =>
  Object.entries({ recorded: at('recorded'), date: '2026-08-07', out: at('out'), ...over }).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );

/** What `daily` says before it gives up: one line. */
const complaint = async (args: readonly string[]) => {
  const message = await callCommand(daily, args).then(
    () => 'nothing',
    (error: Error) => error.message,
  );
  expect(message).not.toContain('\n');
  return message;
};

describe('bad input of the daily command ends in one clear line', () => {
  it('for an option that it does not know, lacks its value, or stands alone', async () => {
    expect(await complaint([...argsWith(), '--dry-run'])).toMatch(
      /^daily: Unknown option '--dry-run'; .*see npm run cli -- daily --help$/,
    );
    expect(await complaint([...argsWith({ out: undefined }), '--out'])).toMatch(/--out.*argument missing/);
    expect(await complaint([...argsWith(), 'today'])).toMatch(/'today'/);
  });

  it.each([
    ['no day', '2026-02-30', '--date: write a day such as 2026-08-07, not "2026-02-30"'],
    ['a word', 'today', '--date: write a day such as 2026-08-07, not "today"'],
    ['missing', undefined, '--date: write a day such as 2026-08-07'],
  ])('for a date that is %s', async (_case, date, said) => {
    expect(await complaint(argsWith({ date }))).toBe(said);
  });

  it('for missing folders', async () => {
    expect(await complaint(argsWith({ recorded: undefined }))).toBe('--recorded: give the folder of recorded answers');
    expect(await complaint(argsWith({ out: undefined }))).toBe('--out: give the folder to write to');
  });

  it('for recordings that are not there', async () => {
    expect(await complaint(argsWith({ recorded: at('nowhere') }))).toBe(
      `${at('nowhere')} cannot be read as a folder (ENOENT)`,
    );
    mkdirSync(at('empty'));
    expect(await complaint(argsWith({ recorded: at('empty') }))).toBe(`${at('empty')} has no folder hf-daily-papers`);
    expect(await complaint(argsWith({ recorded: file('a file', '') }))).toMatch(/cannot be read as a folder/);
  });

  it('for a day without recording, with the nearest that are recorded', async () => {
    expect(await complaint(argsWith({ date: '2026-08-09' }))).toBe(
      `${at('recorded')} has no recording of 2026-08-09 (nearest: 2026-08-07)`,
    );
  });

  it('for a recording that is no list', async () => {
    mkdirSync(at('broken', 'hf-daily-papers'), { recursive: true });
    const list = at('broken', 'hf-daily-papers', '2026-08-07.json');
    writeFileSync(list, '[{"paper":');
    expect(await complaint(argsWith({ recorded: at('broken') }))).toBe(`${list} is not JSON`);
    writeFileSync(list, '{}');
    expect(await complaint(argsWith({ recorded: at('broken') }))).toBe(`${list} is not a JSON list`);
  });

  it('for a broken subscribers file', async () => {
    const subscribers = file('subscribers.json', '[{"email":"ada@example.org"}]');
    expect(await complaint(argsWith({ subscribers }))).toMatch(`${subscribers}: entry 1, timezone: `);
  });

  it('for folders that cannot be made', async () => {
    const taken = file('taken', '');
    expect(await complaint(argsWith({ out: taken }))).toMatch(
      /^--out: .*taken\/mails cannot be created as a folder \(ENOTDIR\)$/,
    );
    expect(await complaint(argsWith({ out: join(taken, 'below') }))).toMatch(/^--out: .* \(ENOTDIR\)$/);
    expect(await complaint(argsWith({ data: taken }))).toBe(`--data: ${taken} cannot be created as a folder (EEXIST)`);
  });

  it('for a data folder that is in use', async () => {
    const unlock = lockDataDir(at('used'));
    try {
      expect(await complaint(argsWith({ data: at('used') }))).toMatch(
        `the data folder ${at('used')} is in use by process ${process.pid}`,
      );
    } finally {
      unlock();
    }
  });

  it('for a data folder that has lived past the day', async () => {
    saveTime(at('old'), instant('2026-08-08T05:15'));
    expect(await complaint(argsWith({ data: at('old') }))).toBe(
      `--data: ${at('old')} has already played until 2026-08-08T05:15 without an edition of 2026-08-07; use a new folder`,
    );
  });

  it('for days on which no paper is listed', async () => {
    writeFileSync(at('recorded', 'hf-daily-papers', '2026-07-01.json'), '[]');
    expect(await complaint(argsWith({ date: '2026-07-01' }))).toBe(
      'no edition of 2026-07-01 could be published: the recordings hold no paper',
    );
  });
});

describe('the process', () => {
  const run = (...args: string[]) =>
    spawnSync(process.execPath, ['--import', 'tsx', join('cli', 'main.ts'), ...args], {
      cwd: join(__dirname, '..', '..', '..', '..'),
      encoding: 'utf8',
    });

  it('ends with code 1, the line on standard error, and no stack trace', () => {
    const { status, stdout, stderr } = run('daily', ...argsWith({ recorded: at('nowhere') }));
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toBe(`paperboy: ${at('nowhere')} cannot be read as a folder (ENOENT)\n`);
  });

  it('names the nearest when it does not know the command, and how to see them all', () => {
    const { status, stdout, stderr } = run('dayly');
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      'paperboy: unknown command "dayly": the nearest is "daily"; npm run cli -- help lists them all\n',
    );
  });
});
