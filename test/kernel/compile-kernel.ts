import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const folder = join(root, 'shared', 'domain', 'likeness', 'find', 'kernel');
const compiler = join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js');
const options = ['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--importMemory'];

/** Where the compiled kernel is kept. */
export const kernelFile = join(folder, 'kernel-bytes.ts');

/** The text of that file, as the kernel's source compiles now. */
export function compiledKernel(): string {
  const out = mkdtempSync(join(tmpdir(), 'paperboy-kernel-'));
  try {
    const file = join(out, 'kernel.wasm');
    execFileSync(process.execPath, [compiler, join(folder, 'kernel.as.ts'), ...options, '--outFile', file], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const base64 = readFileSync(file).toString('base64');
    return `/** kernel.as.ts compiled to WebAssembly, in base64: \`npm run kernel\` writes it. */\nexport const kernelBytes =\n  '${base64}';\n`;
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}
