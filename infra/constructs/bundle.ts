import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { App, Stack } from 'aws-cdk-lib';
import { Code } from 'aws-cdk-lib/aws-lambda';
import type { Construct } from 'constructs';
import { type BuildOptions, buildSync, type OutputFile, transformSync } from 'esbuild';
import { compileCatalogue, parseCatalogue } from '../../shared/domain/subscriber/catalogue.js';
import { readCatalogue } from '../configuration/read-json.js';
import { cutUnused } from './cut-unused.js';

const root = join(__dirname, '..', '..');

/**
 * The code of a function under lambdas/, bundled with all its imports into one CommonJS file `index.js`. Calls esbuild
 * directly: CDK's own bundling construct starts a package runner per function, which takes longer than the rest of a
 * synthesis. The source map lies beside it and is read at the first error whose stack somebody wants.
 */
export function bundle(scope: Construct, lambda: string): Code {
  if (!Stack.of(scope).bundlingRequired) return Code.fromInline('exports.handler = undefined;');
  const folder = join(assemblyOf(scope), 'bundles', lambda);
  const outputFiles = minified(joined(lambda), lambda);
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
    // Module builds can be tree-shaken: a DynamoDB bundle is a third smaller.
    mainFields: ['module', 'main'],
    define: {
      COMPILED_CATALOGUE: JSON.stringify(compileCatalogue(parseCatalogue(readCatalogue()))),
      ...textsForBrowsers(),
    },
    // The SDK looks for credentials in seven places, with the clients of four services, can stream events and can ask
    // DynamoDB for its addresses: a fifth of a bundle.
    alias: {
      '@aws-sdk/credential-provider-node': sdkInLambda,
      '@aws-sdk/middleware-endpoint-discovery': sdkInLambda,
      '@aws/lambda-invoke-store': sdkInLambda,
      '@smithy/core/event-streams': sdkInLambda,
    },
  };
  return made;
}

/** The texts that pages have browsers load, minified. Their modules are entries, like handlers, and not imported. */
function textsForBrowsers() {
  const { outputFiles } = buildSync({
    stdin: {
      contents: "export { script } from './script.js'; export { stylesheet } from './stylesheet.js';",
      resolveDir: join(root, 'lambdas', 'serve-pages', 'frame', 'pages'),
    },
    bundle: true,
    format: 'iife',
    globalName: 'texts',
    write: false,
  });
  const minified = (name: string, loader: 'css' | 'js') => {
    const text = String(runInNewContext(`${outputFiles[0]?.text} texts.${name}.text`));
    return JSON.stringify(transformSync(text, { loader, minify: true, charset: 'utf8' }).code);
  };
  return { MINIFIED_SCRIPT: minified('script', 'js'), MINIFIED_STYLESHEET: minified('stylesheet', 'css') };
}

const output = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
  legalComments: 'none',
  sourcesContent: false,
  write: false,
} as const satisfies BuildOptions;

/** Not the assembly: a source map holds paths from here, and must not depend on where it is written. */
const placeOf = (lambda: string) => join(root, 'bundles', lambda, 'index.js');

/** A function's code and all that it imports as one readable module, with its source map inline. */
function joined(lambda: string): string {
  const { outputFiles } = buildSync({
    ...output,
    ...bundling(),
    entryPoints: [join(root, 'lambdas', lambda, 'handler.ts')],
    outfile: placeOf(lambda),
    format: 'esm',
    sourcemap: 'inline',
  });
  return outputFiles?.[0]?.text ?? '';
}

/** The module with its source map beside it. */
function minified(module: string, lambda: string): readonly OutputFile[] {
  return buildSync({
    ...output,
    stdin: { contents: cutUnused(module), resolveDir: root, sourcefile: placeOf(lambda) },
    inject: [join(root, 'shared', 'runtime', 'original-lines.ts')],
    outfile: placeOf(lambda),
    format: 'cjs',
    minify: true,
    sourcemap: 'linked',
  }).outputFiles;
}

function assemblyOf(scope: Construct): string {
  const app = scope.node.root;
  if (!App.isApp(app)) throw new Error('functions can only be bundled into the assembly of an app');
  return app.outdir;
}
