import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { callCommand } from '../../../../cli/command/call-command.js';
import { start } from '../../../../cli/commands/day/start.js';
import { saveTime } from '../../../../cli/local/data-folder.js';

const folder = join(tmpdir(), `paperboy-start-${process.pid}`);

describe('what a start plays', () => {
  it('is the sample, which begins today, or recorded days: not both', async () => {
    for (const other of [
      ['--recorded', 'DIR'],
      ['--date', '2026-08-07'],
    ]) {
      await expect(callCommand(start, ['--sample', ...other, '--data', folder])).rejects.toThrow(
        '--sample: goes without --recorded and --date',
      );
    }
    expect(existsSync(folder)).toBe(false);
  });

  it('is kept in a folder, not in a file, in which case it says so and asks no source', async () => {
    for (const file of [__filename, `${__filename}/folder`]) {
      for (const played of [['--sample'], []]) {
        await expect(callCommand(start, [...played, '--data', file])).rejects.toThrow(
          `--data: ${file} cannot be created as a folder`,
        );
      }
    }
  });

  it('is no sample where a folder holds other papers', async () => {
    const held = mkdtempSync(`${folder}-`);
    try {
      mkdirSync(join(held, 'tables'));
      const began = callCommand(start, ['--sample', '--data', held]);
      await expect(began).rejects.toThrow(`--sample: ${held} holds live papers`);
      saveTime(held, 0);
      await expect(callCommand(start, ['--sample', '--data', held])).rejects.toThrow('holds recorded papers');
      expect(readdirSync(held).sort()).toEqual(['clock.json', 'tables']);
    } finally {
      rmSync(held, { recursive: true });
    }
  });
});
