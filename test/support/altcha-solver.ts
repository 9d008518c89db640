import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';

const root = join(__dirname, '..', '..');
const altcha = join(root, 'node_modules', 'altcha');

/** Where the pages have the solver that they serve. */
export const solverPath = join(root, 'lambdas', 'serve-pages', 'subscribe', 'solver.json');

/** The solver of altcha as the pages serve it: its own worker for SHA-256, minified. */
export function altchaSolver(): { readonly source: string; readonly text: string } {
  const { version, license } = JSON.parse(readFileSync(join(altcha, 'package.json'), 'utf8'));
  const worker = readFileSync(join(altcha, 'dist', 'workers', 'sha.js'), 'utf8');
  const source = `altcha ${version} (${license}), https://altcha.org`;
  return { source, text: `/*! ${source} */\n${transformSync(worker, { minify: true, charset: 'ascii' }).code}` };
}

if (process.argv[1] === __filename) writeFileSync(solverPath, `${JSON.stringify(altchaSolver(), undefined, 2)}\n`);
