import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { readStack } from '../../../cli/local/template/stack.js';
import { synthesize } from '../../../infra/synthesize.js';
import { exampleConfiguration } from '../../infra/synthesized.js';
import { bareHandler, clientsOf } from './bare-handler.js';
import type { SynthesizedFunction } from './coldstart.js';

const properties = z.object({ Environment: z.object({ Variables: z.record(z.string(), z.string()) }) });

/** Synthesizes the stack into a folder and lists its functions there, each with a bare handler beside it. */
function main(outdir: string): void {
  const { template } = synthesize({ outdir, configuration: exampleConfiguration });
  const stack = readStack(template, { endpoint: 'http://127.0.0.1:1', pagesUrl: 'http://127.0.0.1:2' });
  const found = stack.all(['AWS::Lambda::Function'], properties);
  const functions = readdirSync(join(outdir, 'bundles')).map((name): SynthesizedFunction => {
    const own = found.find(({ id }) => id.toLowerCase().startsWith(name.replaceAll('-', '')));
    if (!own) throw new Error(`the template has no function ${name}`);
    return {
      name,
      file: join(outdir, 'bundles', name, 'index.js'),
      environment: own.properties.Environment.Variables,
      bare: bareHandler(outdir, clientsOf(name)),
    };
  });
  writeFileSync(join(outdir, 'functions.json'), JSON.stringify(functions));
}

main(process.argv[2] ?? '');
