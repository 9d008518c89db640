import { mkdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build, type Plugin } from 'esbuild';

const root = join(__dirname, '..', '..', '..');

/** One change of a source text: it must be there exactly once. */
export interface Edit {
  /** From the repository's root. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The text to be changed is not there, or more than once. */
export class StaleEdit extends Error {}

function edited(text: string, { file, find, replace }: Edit): string {
  if (text.split(find).length !== 2) throw new StaleEdit(`${file} has not exactly one: ${find}`);
  return text.replace(find, () => replace);
}

function planted(edits: readonly Edit[]): Plugin {
  return {
    name: 'planted',
    setup(builder) {
      builder.onLoad({ filter: /\.tsx?$/ }, ({ path }) => {
        const mine = edits.filter(({ file }) => file === relative(root, path));
        if (mine.length === 0) return undefined;
        const contents = mine.reduce(edited, readFileSync(path, 'utf8'));
        return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
      });
    },
  };
}

/** Bundles the simulator's worker with the product, changed as the edits say; gives the bundle's path. */
export async function bundleWorker(name: string, edits: readonly Edit[] = []): Promise<string> {
  const folder = join(root, 'node_modules', '.cache', 'simulation');
  mkdirSync(folder, { recursive: true });
  for (const edit of edits) edited(readFileSync(join(root, edit.file), 'utf8'), edit);
  const outfile = join(folder, `${name}.cjs`);
  await build({
    absWorkingDir: root,
    entryPoints: [join(__dirname, 'worker.ts')],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'cjs',
    outfile,
    logLevel: 'silent',
    plugins: [planted(edits)],
  });
  return outfile;
}
