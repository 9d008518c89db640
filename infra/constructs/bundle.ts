import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type BuildOptions, buildSync } from 'esbuild';
import { compileCatalogue, parseCatalogue } from '../../shared/domain/subscriber/catalogue.js';
import { readCatalogue } from '../configuration/read-json.js';

const root = join(__dirname, '..', '..');

/**
 * The code of a function under lambdas/, bundled with all its imports into one CommonJS file `index.js`. Calls esbuild
 * directly: CDK's own bundling construct starts a package runner per function, which takes longer than the rest of a
 * synthesis. The source map lies beside it and is read at the first error whose stack somebody wants.
 */
export function bundle(scope: Construct, lambda: string): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromInline('exports.handler = undefined;');
  const folder = join(assemblyOf(scope), 'bundles', lambda);
  const { outputFiles } = buildSync({
    ...bundling(),
    entryPoints: [join(root, 'lambdas', lambda, 'handler.ts')],
    // Not the folder itself: a source map holds paths from here, and must not depend on where it is written.
    outfile: join(root, 'bundles', lambda, 'index.js'),
    write: false,
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
  return Code.fromAsset(folder);
}

const sdkInLambda = join(root, 'shared', 'runtime', 'sdk-in-lambda.ts');

let made: BuildOptions | undefined;

/** How functions are bundled, beside the entry and the place to write to. */
function bundling(): BuildOptions {
  made ??= {
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // Module builds can be tree-shaken: a DynamoDB bundle is a third smaller.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    inject: [join(root, 'shared', 'runtime', 'original-lines.ts')],
    define: { COMPILED_CATALOGUE: JSON.stringify(compileCatalogue(parseCatalogue(readCatalogue()))) },
    // The SDK looks for credentials in seven places, with the clients of four services, and can stream events: a fifth of
    // a bundle.
    alias: {
      '@aws-sdk/credential-provider-node': sdkInLambda,
      '@smithy/core/event-streams': sdkInLambda,
      // Feeds are written and never read: what `feed` writes XML with brings a parser of 20 KB, which no call of ours reaches.
      sax: 'node:util',
    },
  };
  return made;
}

function assemblyOf(scope: Construct): string {
  const app = scope.node.root;
  if (!App.isApp(app)) throw new Error('functions can only be bundled into the assembly of an app');
  return app.outdir;
}
