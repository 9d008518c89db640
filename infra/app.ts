import { failClearly } from './configuration/fail-clearly.js';
import { readCatalogue } from './configuration/read-json.js';

void failClearly(async () => {
  // What is loaded next imports the catalogue: one that is no JSON would end it in a stack trace.
  readCatalogue();
  const { buildApp } = await import('./synthesize.js');
  buildApp().synth();
});
