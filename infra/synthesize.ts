import { join } from 'node:path';
import { Annotations, App, type AppProps } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { unreadCategoriesNote } from '../shared/domain/filter/read/categories.js';
import { parseCatalogue } from '../shared/domain/subscriber/catalogue.js';
import { ConfigurationError, parseConfiguration } from './configuration/configuration.js';
import { catalogueFile, readCatalogue, readContext } from './configuration/read-json.js';
import { PaperboyStack } from './paperboy-stack.js';

/**
 * Reads the catalogue of topics as the functions will; throws a `ConfigurationError` with its problems. Gives a line for
 * each topic that asks for a category which is not read: a paper may still have it as its second one.
 */
export function checkCatalogue(path?: string, categories?: readonly string[]): readonly string[] {
  const { topics, problems } = parseCatalogue(readCatalogue(path));
  if (problems.length > 0) throw new ConfigurationError(problems.map((problem) => `${catalogueFile}: ${problem}`));
  return topics.flatMap(({ id, filter }) => {
    const note = categories && unreadCategoriesNote(filter, categories);
    return note === undefined ? [] : [`${catalogueFile}: the topic "${id}": ${note}`];
  });
}

/**
 * Builds the one app with its one stack; throws a `ConfigurationError` for mistakes in the admin's settings or topics.
 */
export function buildApp(props: AppProps = {}): App {
  const app = new App({ analyticsReporting: false, autoSynth: false, ...props });
  const configuration = parseConfiguration(app.node.tryGetContext('paperboy'));
  const notes = checkCatalogue(undefined, configuration.categories);
  const stack = new PaperboyStack(app, 'Paperboy', { configuration });
  for (const [index, note] of notes.entries()) Annotations.of(stack).addWarningV2(`paperboy:category-${index}`, note);
  return app;
}

/** The parts of a CloudFormation template that are read here and in tests. */
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

/** Where to write, and context that overrides that of cdk.json. */
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
