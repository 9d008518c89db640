import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { compiledKernel, kernelFile } from './compile-kernel.js';

it('the kernel is what its source compiles to; `npm run kernel` writes it anew', () => {
  expect(readFileSync(kernelFile, 'utf8')).toBe(compiledKernel());
});
