import { describe, expect, it } from '@jest/globals';
import { callCommand } from '../../../../cli/command/call-command.js';
import { start } from '../../../../cli/commands/day/start.js';

describe('what a start plays', () => {
  it('is the sample, which begins today, or recorded days: not both', async () => {
    for (const other of [
      ['--recorded', 'DIR'],
      ['--date', '2026-08-07'],
    ]) {
      await expect(callCommand(start, ['--sample', ...other])).rejects.toThrow(
        '--sample: goes without --recorded and --date',
      );
    }
  });
});
