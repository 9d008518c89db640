import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Records that outlive the process, one file each; a write is whole or has not happened. */
export interface Records<Value> {
  save(key: string, value: Value): void;
  remove(key: string): void;
  /** Every record that was there when the folder was opened, by ascending key. */
  readonly found: readonly (readonly [key: string, value: Value])[];
}

/** Opens a folder of records, and makes it; without a folder nothing is kept. Keys are file names without ending. */
export function openRecords<Value>(folder?: string): Records<Value> {
  if (folder === undefined) return { save: () => undefined, remove: () => undefined, found: [] };
  mkdirSync(folder, { recursive: true });
  const names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const found = names.sort().map((name) => {
    return [name.slice(0, -'.json'.length), JSON.parse(readFileSync(join(folder, name), 'utf8')) as Value] as const;
  });
  return {
    found,
    save(key, value) {
      const file = join(folder, `${key}.json`);
      writeFileSync(`${file}.new`, JSON.stringify(value));
      renameSync(`${file}.new`, file);
    },
    remove: (key) => rmSync(join(folder, `${key}.json`), { force: true }),
  };
}

/** A counter's text that sorts as its number does. */
export function recordKey(counter: number): string {
  return String(counter).padStart(12, '0');
}
