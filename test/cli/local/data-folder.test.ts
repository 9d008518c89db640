import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { openRecords, savedTime, saveTime } from '../../../cli/local/data-folder.js';
import { instant } from '../../support/builders.js';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'saved-time-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

describe('the time of a data folder', () => {
  it('is unknown for a new folder, and for one that is not there', () => {
    expect(savedTime(dir)).toBeUndefined();
    expect(savedTime(join(dir, 'nowhere'))).toBeUndefined();
  });

  it('is the last that was saved, in a folder that is made for it', () => {
    const folder = join(dir, 'made', 'for it');
    saveTime(folder, instant('2026-08-07T05:00'));
    saveTime(folder, instant('2026-08-07T05:15'));
    expect(savedTime(folder)).toBe(instant('2026-08-07T05:15'));
    expect(readdirSync(folder)).toEqual(['clock.json']);
  });

  it('survives a write that was cut short', () => {
    saveTime(dir, instant('2026-08-07T05:00'));
    writeFileSync(join(dir, 'clock.json.new'), '{"at":17');
    expect(savedTime(dir)).toBe(instant('2026-08-07T05:00'));
  });

  it('is named when it was cut off, rather than taken for a new one', () => {
    writeFileSync(join(dir, 'clock.json'), '{"at":17');
    expect(() => savedTime(dir)).toThrow(`${join(dir, 'clock.json')} was cut off or changed: put back the data folder`);
  });
});

describe('the records of a data folder', () => {
  it('are named when one was cut off', () => {
    writeFileSync(join(dir, 'one.json'), '{"to":"');
    const open = () => openRecords({ path: dir, broken: () => {} });
    expect(open).toThrow(`${join(dir, 'one.json')} was cut off or changed`);
  });
});
