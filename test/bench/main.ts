import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Runs the benches bundled, as the functions are deployed: the loader that runs TypeScript here names every function as
 * it is made, which costs a third where many are made.
 */
function main(args: readonly string[]): void {
  const folder = mkdtempSync(join(tmpdir(), 'paperboy-bench-'));
  try {
    const outfile = join(folder, 'benches.js');
    buildSync({
      entryPoints: [join(__dirname, 'benches.ts')],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      logLevel: 'warning',
    });
    process.exitCode = spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit' }).status ?? 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

main(process.argv.slice(2));
