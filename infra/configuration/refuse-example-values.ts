import { ConfigurationError, exampleValues, failClearly, parseConfiguration } from './configuration.js';
import { readContext } from './read-json.js';

void failClearly(() => {
  const examples = exampleValues(parseConfiguration(readContext('cdk.json').paperboy));
  if (examples.length === 0) return;
  throw new ConfigurationError([
    `cdk.json, context.paperboy: ${examples.join(', ')} still hold example values; write your own, nothing was deployed`,
  ]);
});
