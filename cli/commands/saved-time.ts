import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../shared/domain/calendar-date.js';

const fileName = 'clock.json';

/** The instant that a data folder's clock came to before its process ended; `undefined` for a new one. */
export function savedTime(dataDir: string): Instant | undefined {
  try {
    return (JSON.parse(readFileSync(join(dataDir, fileName), 'utf8')) as { at: Instant }).at;
  } catch {
    return undefined;
  }
}

/** Keeps the clock's time, whole or not at all. */
export function saveTime(dataDir: string, at: Instant): void {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, fileName);
  writeFileSync(`${path}.new`, JSON.stringify({ at }));
  renameSync(`${path}.new`, path);
}
