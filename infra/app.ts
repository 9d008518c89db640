import { failClearly } from './configuration/configuration.js';
import { readCatalogue } from './configuration/read-json.js';

void failClearly(async () => {
  // What is loaded next imports the catalogue: one that is not JSON would end in a stack trace.
  readCatalogue();
  const { buildApp } = await import('./synthesize.js');
  buildApp().synth();
});
