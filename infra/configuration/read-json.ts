import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, ConfigurationError, configurationFile, parseConfiguration } from './configuration.js';

const root = join(__dirname, '..', '..');

function readJson(path: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigurationError([`${name}: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`]);
  }
}

/** The admin's settings, with their defaults. Throws a `ConfigurationError` that names every problem. */
export function readConfiguration(path = join(root, configurationFile)): Configuration {
  return parseConfiguration(readJson(path, configurationFile));
}

/** The context of the repository's cdk.json: feature flags. Throws a `ConfigurationError` when it is not JSON. */
export function readContext(): Readonly<Record<string, unknown>> {
  const { context } = (readJson(join(root, 'cdk.json'), 'cdk.json') ?? {}) as { context?: Record<string, unknown> };
  return context ?? {};
}

/** Where the admin edits the catalogue, relative to the repository's root. */
export const catalogueFile = 'shared/domain/subscriber/catalogue.json';

/** The catalogue as written, not yet checked. Throws a `ConfigurationError` when it is not JSON. */
export function readCatalogue(path = join(root, catalogueFile)): unknown {
  return readJson(path, catalogueFile);
}
