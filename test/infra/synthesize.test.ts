import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { ConfigurationError } from '../../infra/configuration/configuration.js';
import { checkCatalogue } from '../../infra/synthesize.js';

const scratch = mkdtempSync(join(tmpdir(), 'paperboy-catalogue-'));
afterAll(() => rmSync(scratch, { recursive: true }));

function catalogueFile(text: string): string {
  const path = join(scratch, 'catalogue.json');
  writeFileSync(path, text);
  return path;
}

describe('the catalogue, at synth', () => {
  it('passes as the repository ships it', () => {
    expect(() => checkCatalogue()).not.toThrow();
  });

  it('tells of a topic that asks for a category which is not read', () => {
    const topic = { id: 'lamps', name: 'Lamps', description: 'Lamps.', filter: 'cat:math.OC OR lamp' };
    const path = catalogueFile(JSON.stringify([topic]));
    expect(checkCatalogue(path, ['cs.CL'])).toEqual([
      expect.stringMatching(/^shared\/.*catalogue\.json: the topic "lamps": This Paperboy reads cs\.CL: cat:math\.OC /),
    ]);
    expect(checkCatalogue(path, ['cs.CL', 'math'])).toEqual([]);
  });

  it.each([
    '{ "topics": [',
    '{}',
    '[{ "id": 7 }]',
    '[{ "id": "a", "name": "A", "description": "A", "filter": "(open" }]',
  ])('is refused in lines that name the file: %s', (text) => {
    let problems: readonly string[] = [];
    try {
      checkCatalogue(catalogueFile(text));
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      problems = error.problems;
    }
    expect(problems.length).toBeGreaterThan(0);
    for (const line of problems) expect(line).toMatch(/^shared\/domain\/subscriber\/catalogue\.json: [^\n]+$/);
  });
});
