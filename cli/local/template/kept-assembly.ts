import { createHash, randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import type { CloudFormationTemplate } from './template.js';

/** A template with the folder of its functions' code. */
export interface Assembly {
  readonly template: CloudFormationTemplate;
  /** Read only: other processes may play it too. */
  readonly folder: string;
}

/** What an assembly is made of: files and folders below `root`, and texts. */
interface AssemblySources {
  readonly root: string;
  readonly paths: readonly string[];
  readonly texts: readonly string[];
}

const keptForMs = 7 * dayMs;

/**
 * The assembly of these sources: the one that is kept in `store`, if it was made of exactly these and is whole, else one
 * that `make` writes, which is then kept. One that nobody has opened for a week is removed.
 */
export async function keptAssembly(
  store: string,
  sources: AssemblySources,
  make: (folder: string) => Promise<void>,
): Promise<Assembly> {
  const folder = join(store, digestOf(sources));
  if (!isWhole(folder)) {
    const draft = join(store, `.draft-${randomUUID()}`);
    mkdirSync(draft, { recursive: true });
    try {
      await make(draft);
      writeFileSync(join(draft, listName), JSON.stringify(digestsIn(draft)));
      moveInto(draft, folder);
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    removeForgotten(store);
  }
  const now = new Date();
  utimesSync(folder, now, now);
  return { template: readTemplate(folder), folder };
}

/** The digest of each file of an assembly, written last: a folder whose files differ from it is not used. */
const listName = 'whole.json';
const list = z.record(z.string(), z.string());

function isWhole(folder: string): boolean {
  if (!existsSync(join(folder, listName))) return false;
  try {
    const written = z.parse(list, JSON.parse(readFileSync(join(folder, listName), 'utf8')));
    return JSON.stringify(written) === JSON.stringify(digestsIn(folder));
  } catch {
    return false;
  }
}

function digestsIn(folder: string): z.output<typeof list> {
  const files = filesIn(folder, '').filter((path) => path !== listName);
  return Object.fromEntries(files.map((path) => [path, digest(readFileSync(join(folder, path)))]));
}

function digestOf({ root, paths, texts }: AssemblySources): string {
  const files = paths.flatMap((path) => filesIn(root, path));
  const each = files.map((path) => [path, digest(readFileSync(join(root, path)))]);
  return digest(JSON.stringify([each, texts])).slice(0, 32);
}

const digest = (content: Buffer | string) => createHash('sha256').update(content).digest('hex');

/** The files at a path or below it, in an order that is the same everywhere; none where nothing is. */
function filesIn(root: string, path: string): readonly string[] {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (!found?.isDirectory()) return found ? [path] : [];
  const names = readdirSync(join(root, path)).sort();
  return names.flatMap((name) => filesIn(root, path === '' ? name : `${path}/${name}`));
}

/** Whoever is later than another process finds the same assembly in its place, which may be in use. */
function moveInto(draft: string, folder: string): void {
  if (isWhole(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (error) {
    if (!isWhole(folder)) throw error;
  }
}

function removeForgotten(store: string): void {
  for (const name of readdirSync(store)) {
    const found = statSync(join(store, name), { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > keptForMs) rmSync(join(store, name), { recursive: true, force: true });
  }
}

function readTemplate(folder: string): CloudFormationTemplate {
  const [name] = readdirSync(folder).filter((each) => each.endsWith('.template.json'));
  if (name === undefined) throw new Error(`${folder} has no template`);
  return JSON.parse(readFileSync(join(folder, name), 'utf8'));
}
