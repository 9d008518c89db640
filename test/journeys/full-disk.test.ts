import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { writeRecordedDays } from '../support/recorded-day.js';

jest.setTimeout(120_000);

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'full-disk-'));
  writeRecordedDays(join(dir, 'recorded'));
});
afterAll(() => rmSync(dir, { recursive: true }));

it.each([
  ['the clock', 'clock.json'],
  ['a mail', join('mails', '000000000001.json')],
])('ends a day in one line when the disk is full as it keeps %s', (_what, file) => {
  const data = mkdtempSync(join(dir, 'data-'));
  mkdirSync(join(data, 'mails'));
  symlinkSync('/dev/full', join(data, `${file}.new`));
  const folders = ['--recorded', join(dir, 'recorded'), '--data', data, '--out', join(dir, 'out')];
  const ended = spawnSync(
    process.execPath,
    ['--import', 'tsx', join('cli', 'main.ts'), 'daily', '--date', '2026-08-07', ...folders],
    { cwd: join(__dirname, '..', '..'), env: { PATH: process.env.PATH, TMPDIR: dir }, encoding: 'utf8' },
  );
  expect(ended.stderr).toBe(
    `paperboy: ${join(data, file)} cannot be written (the disk is full): mend that and start again; what was accepted is kept\n`,
  );
  expect(ended.status).toBe(1);
});
