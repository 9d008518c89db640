import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';

const root = join(__dirname, '..', '..');

/**
 * The code of a function under lambdas/, bundled with all its imports into one CommonJS file `index.js`. Calls esbuild
 * directly: CDK's own bundling construct starts a package runner per function, which takes longer than the rest of a
 * synthesis. With a source map, errors name the lines of our files: Node reads it at start if `NODE_OPTIONS` says so.
 */
export function bundle(scope: Construct, lambda: string, { sourceMap }: { readonly sourceMap: boolean }): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromInline('exports.handler = undefined;');
  const folder = join(assemblyOf(scope), 'bundles', lambda);
  const { outputFiles } = buildSync({
    entryPoints: [join(root, 'lambdas', lambda, 'handler.ts')],
    // Not the folder itself: a source map holds paths from here, and must not depend on where it is written.
    outfile: join(root, 'bundles', lambda, 'index.js'),
    write: false,
    tsconfig: join(root, 'tsconfig.json'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minify: true,
    // Module builds can be tree-shaken: a DynamoDB bundle is a third smaller.
    mainFields: ['module', 'main'],
    logLevel: 'warning',
    ...(sourceMap && { sourcemap: 'linked', sourcesContent: false }),
  });
  mkdirSync(folder, { recursive: true });
  for (const { path, contents } of outputFiles) writeFileSync(join(folder, basename(path)), contents);
  return Code.fromAsset(folder);
}

function assemblyOf(scope: Construct): string {
  const app = scope.node.root;
  if (!App.isApp(app)) throw new Error('functions can only be bundled into the assembly of an app');
  return app.outdir;
}
