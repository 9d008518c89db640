import { join } from 'node:path';
import { App, type AppProps } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { checkCatalogue } from './configuration/catalogue.js';
import { parseConfiguration } from './configuration/configuration.js';
import { readContext } from './configuration/read-json.js';
import { PaperboyStack } from './paperboy-stack.js';

/** Builds the one app with its one stack; throws a `ConfigurationError` for what the admin wrote wrong. */
export function buildApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, autoSynth: false, ...props });
  const configuration = parseConfiguration(app.node.tryGetContext('paperboy'));
  checkCatalogue();
  new PaperboyStack(app, 'Paperboy', { configuration });
  return app;
}

/** A CloudFormation template, as far as the parts it is made of. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DeletionPolicy?: string;
}

/** Where to write, and context that replaces that of cdk.json. */
export interface SynthesizeOptions {
  readonly outdir: string;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Synthesizes in this process, from the repository's cdk.json, what `cdk synth` would. */
export function synthesize({ outdir, context }: SynthesizeOptions): {
  readonly template: Template;
  readonly assembly: CloudAssembly;
} {
  const fromFile = readContext(join(__dirname, '..', 'cdk.json'));
  const assembly = buildApp({ outdir, context: { ...fromFile, ...context } }).synth();
  return { template: assembly.getStackByName('Paperboy').template as Template, assembly };
}
