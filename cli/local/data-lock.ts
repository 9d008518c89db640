import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const heldHere = new Set<string>();

/** Takes a data folder for this process; throws one clear line when another holds it. Answers how to give it back. */
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

/** In a container a restarted process may have its predecessor's number, so its own number says nothing. */
function isRunning(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
