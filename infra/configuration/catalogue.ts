import { parseCatalogue } from '../../shared/domain/subscriber/catalogue.js';
import { ConfigurationError } from './configuration.js';
import { catalogueFile, readCatalogue } from './read-json.js';

/** Reads the catalogue of topics as the functions will; throws a `ConfigurationError` with its problems. */
export function checkCatalogue(path?: string): void {
  const { problems } = parseCatalogue(readCatalogue(path));
  if (problems.length > 0) throw new ConfigurationError(problems.map((problem) => `${catalogueFile}: ${problem}`));
}
