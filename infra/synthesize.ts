import { Annotations, App, type AppProps } from 'aws-cdk-lib';
import type { CloudAssembly } from 'aws-cdk-lib/cx-api';
import { unreadCategoriesNote } from '../shared/domain/filter/read/categories.js';
import { parseCatalogue } from '../shared/domain/subscriber/catalogue.js';
import {
  type Configuration,
  ConfigurationError,
  configurationFile,
  parseConfiguration,
} from './configuration/configuration.js';
import { catalogueFile, readCatalogue, readConfiguration, readContext } from './configuration/read-json.js';
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

/** Id of the one stack in the app, whatever its name is in the account. */
const stackId = 'Paperboy';

/** Name of the stack in the account. */
export function stackNameOf({ stage }: Pick<Configuration, 'stage'>): string {
  return stage === undefined ? stackId : `${stackId}-${stage}`;
}

/**
 * Builds the one app with its one stack, from the given settings or from the file that context `config` names, else
 * paperboy.config.json; throws a `ConfigurationError` for mistakes in the admin's settings or topics.
 */
export function buildApp(props: AppProps = {}, given?: Configuration): App {
  const app = new App({ analyticsReporting: false, autoSynth: false, ...props });
  if (app.node.tryGetContext('paperboy') !== undefined) {
    throw new ConfigurationError([`cdk.json, context.paperboy: move these settings to ${configurationFile}`]);
  }
  const configuration = given ?? readConfiguration(app.node.tryGetContext('config') as string | undefined);
  const notes = checkCatalogue(undefined, configuration.categories);
  const stack = new PaperboyStack(app, stackId, { configuration, stackName: stackNameOf(configuration) });
  for (const [index, note] of notes.entries()) Annotations.of(stack).addWarningV2(`paperboy:category-${index}`, note);
  return app;
}

/** The parts of a CloudFormation template that are read here and in tests. */
export interface Template {
  readonly Resources: Readonly<Record<string, TemplateResource>>;
  readonly Outputs: Readonly<Record<string, { readonly Value: unknown }>>;
  readonly Rules?: Readonly<Record<string, unknown>>;
}

/** One resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly Metadata?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: readonly string[];
  readonly DeletionPolicy?: string;
}

/** Where to write, settings other than those in paperboy.config.json, and context beside that of cdk.json. */
export interface SynthesizeOptions {
  readonly outdir: string;
  readonly configuration?: object;
  readonly context?: Readonly<Record<string, unknown>>;
}

/** Synthesizes in this process what `cdk synth` would. */
export function synthesize({ outdir, configuration, context }: SynthesizeOptions): {
  readonly template: Template;
  readonly assembly: CloudAssembly;
} {
  const given = configuration && parseConfiguration(configuration);
  const assembly = buildApp({ outdir, context: { ...readContext(), ...context } }, given).synth();
  return { template: assembly.getStackArtifact(stackId).template as Template, assembly };
}
