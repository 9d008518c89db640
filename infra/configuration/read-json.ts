import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigurationError } from './configuration.js';

function readJson(path: string, name: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new ConfigurationError([`${name}: ${(error as Error).message.replaceAll(/\s+/g, ' ')}`]);
  }
}

/** The context of a cdk.json: feature flags and, under `paperboy`, the configuration. Throws a `ConfigurationError`. */
export function readContext(path: string): Readonly<Record<string, unknown>> {
  const { context } = (readJson(path, 'cdk.json') ?? {}) as { context?: Record<string, unknown> };
  return context ?? {};
}

/** Where the admin edits the catalogue, relative to the repository's root. */
export const catalogueFile = 'shared/domain/subscriber/catalogue.json';

/** The catalogue as written, not yet checked. Throws a `ConfigurationError` when it is not JSON. */
export function readCatalogue(path = join(__dirname, '..', '..', catalogueFile)): unknown {
  return readJson(path, catalogueFile);
}
