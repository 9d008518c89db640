import { writeFileSync } from 'node:fs';
import { compiledKernel, kernelFile } from './compile-kernel.js';

writeFileSync(kernelFile, compiledKernel());
