import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { saveTime } from '../../../cli/local/data-folder.js';
import { openTestHouse, sendJobs } from './house-fixture.js';

let dataDir: string;
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'full-'));
});
afterEach(() => rmSync(dataDir, { recursive: true }));

/** Makes the next write of a file meet a full disk, as Linux plays one. */
function fill(...path: readonly string[]): void {
  mkdirSync(join(dataDir, ...path.slice(0, -1)), { recursive: true });
  symlinkSync('/dev/full', `${join(dataDir, ...path)}.new`);
}

const oneLine =
  /^\S+\.json cannot be written \(the disk is full\): mend that and start again; what was accepted is kept$/;

describe('a full disk', () => {
  it('ends the house in one line that names the file, and fails the call that wanted to keep something', async () => {
    fill('queues', 'Jobs', '000000000001.json');
    const { house } = await openTestHouse({ dataDir });
    await expect(sendJobs(house, { act: 'note', note: 'x' })).rejects.toMatchObject({ name: 'InternalFailure' });
    await expect(house.settle()).rejects.toThrow(oneLine);
  });

  it('is told in the same words by the clock', () => {
    fill('clock.json');
    expect(() => saveTime(dataDir, 0)).toThrow(oneLine);
  });

  it('lets a house close and open again once there is room', async () => {
    fill('queues', 'Jobs', '000000000001.json');
    const { house } = await openTestHouse({ dataDir });
    await sendJobs(house, { act: 'note', note: 'x' }).catch(() => undefined);
    await house.close();
    rmSync(join(dataDir, 'queues', 'Jobs', '000000000001.json.new'), { force: true });
    const { house: again } = await openTestHouse({ dataDir });
    await sendJobs(again, { act: 'note', note: 'x' });
    await again.settle();
    expect(again.failures()).toEqual([]);
  });
});
