import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Instant } from '../../shared/domain/calendar-date.js';

const heldHere = new Set<string>();

/** Locks a data folder for this process; throws one clear line when another holds it. Returns how to unlock it. */
export function lockDataDir(dataDir: string): () => void {
  const folder = resolve(dataDir);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'lock');
  if (!take(file)) {
    const holder = Number(readFileSync(file, 'utf8'));
    if (heldHere.has(folder) || isRunning(holder)) {
      throw new Error(`the data folder ${dataDir} is in use by process ${holder}: stop it, or name another folder`);
    }
    rmSync(file, { force: true });
    if (!take(file)) throw new Error(`the data folder ${dataDir} was taken by another process just now`);
  }
  heldHere.add(folder);
  return () => {
    heldHere.delete(folder);
    rmSync(file, { force: true });
  };
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** In a container a restarted process may get its predecessor's id, so its own id proves nothing. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** A folder of the house's state. */
export interface DataFolder {
  readonly path: string;
  /** Called when something cannot be written; nothing that follows would be durable. */
  readonly broken: (error: Error) => void;
}

/** A folder in a folder; none in none. */
export function folderIn(folder: DataFolder | undefined, name: string): DataFolder | undefined {
  return folder && { ...folder, path: join(folder.path, name) };
}

/** Records that outlive the process, one file each; every write is all or nothing. */
export interface Records<Value> {
  /** Throws one clear line when the disk takes no more. */
  save(key: string, value: Value): void;
  remove(key: string): void;
  /** Every record that was there when the folder was opened, by ascending key. */
  readonly found: readonly (readonly [key: string, value: Value])[];
}

/**
 * Opens a folder of records, creating it if needed; without a folder nothing is kept. Keys are file names without
 * `.json`.
 */
export function openRecords<Value>(folder?: DataFolder): Records<Value> {
  if (folder === undefined) return { save: () => undefined, remove: () => undefined, found: [] };
  const { path, broken } = folder;
  mkdirSync(path, { recursive: true });
  const names = readdirSync(path).filter((name) => name.endsWith('.json'));
  const found = names.sort().map((name) => {
    return [name.slice(0, -'.json'.length), readJson(join(path, name)) as Value] as const;
  });
  return {
    found,
    save(key, value) {
      try {
        replaceJson(join(path, `${key}.json`), value);
      } catch (error) {
        broken(error as Error);
        throw error;
      }
    },
    remove: (key) => rmSync(join(path, `${key}.json`), { force: true }),
  };
}

/** A counter as text that sorts in numeric order. */
export function recordKey(counter: number): string {
  return String(counter).padStart(12, '0');
}

const clockFile = 'clock.json';

/** The time a data folder's clock had reached when its process ended; `undefined` for a new folder. */
export function savedTime(dataDir: string): Instant | undefined {
  const file = join(dataDir, clockFile);
  return existsSync(file) ? (readJson(file) as { at: Instant }).at : undefined;
}

/** Saves the clock's time, all or nothing; throws one clear line when the disk takes no more. */
export function saveTime(dataDir: string, at: Instant): void {
  mkdirSync(dataDir, { recursive: true });
  replaceJson(join(dataDir, clockFile), { at });
}

/** Beside the clock of a data folder that plays the bundled sample: a clock that says on which day the sample began. */
export function sampleClock(dataDir: string): string {
  return join(dataDir, 'sample');
}

/** Whose papers a data folder holds: the sample's, recorded ones, or live ones; `undefined` for a new folder. */
export function papersIn(dataDir: string | undefined): 'sample' | 'recorded' | 'live' | undefined {
  if (dataDir === undefined) return undefined;
  if (savedTime(sampleClock(dataDir)) !== undefined) return 'sample';
  if (savedTime(dataDir) !== undefined) return 'recorded';
  return existsSync(join(dataDir, 'tables')) ? 'live' : undefined;
}

const tableFile = 'subscribers-table.json';

/** The restored table of subscribers that a data folder uses; `undefined` where it uses the stack's own. */
export function savedTable(dataDir: string): string | undefined {
  const file = join(dataDir, tableFile);
  return existsSync(file) ? (readJson(file) as { name: string }).name : undefined;
}

/** Lets a data folder use a restored table of subscribers from its next opening on. */
export function saveTable(dataDir: string, name: string): void {
  replaceJson(join(dataDir, tableFile), { name });
}

/** Reads a JSON file of the folder; throws one clear line when it was cut off, which no process of ours does. */
export function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Error(`${file} was cut off or changed: put back the data folder as it was, or name another`);
  }
}

/** Replaces a JSON file in one step: a crash or a full disk leaves the old value or the new one, never a part. */
function replaceJson(file: string, value: unknown): void {
  try {
    writeFileSync(`${file}.new`, JSON.stringify(value));
    renameSync(`${file}.new`, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reason = code === 'ENOSPC' ? 'the disk is full' : code;
    throw new Error(`${file} cannot be written (${reason}): mend that and start again; what was accepted is kept`);
  }
}
