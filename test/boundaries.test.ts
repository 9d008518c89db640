import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

const root = join(__dirname, '..');
let planted: string;

/** Cruises one planted folder tree with the repository's own rules; answers what they report. */
function cruise(): string {
  const args = [
    '--config',
    join(root, '.dependency-cruiser.cjs'),
    '--output-type',
    'err',
    'infra',
    'lambdas',
    'shared',
    'cli',
    'test',
  ];
  try {
    return execFileSync(join(root, 'node_modules/.bin/depcruise'), args, { cwd: planted, encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

function plant(path: string, text: string): void {
  mkdirSync(join(planted, path, '..'), { recursive: true });
  writeFileSync(join(planted, path), text);
}

beforeAll(() => {
  planted = mkdtempSync(join(root, 'node_modules', '.boundaries-'));
});
afterAll(() => rmSync(planted, { recursive: true, force: true }));

const violations: Readonly<Record<string, readonly [importer: string, imported: string]>> = {
  'domain-is-pure': ['shared/domain/score.ts', '../storage/rows.js'],
  'domain-knows-only-the-stemmer': ['shared/domain/clock.ts', 'node:fs'],
  'contract-knows-domain': ['shared/contract/event.ts', '../runtime/present.js'],
  'runtime-knows-contract': ['shared/runtime/log.ts', '../storage/rows.js'],
  'storage-sources-mail': ['shared/sources/fetch.ts', '../storage/rows.js'],
  'lambda-knows-itself-and-shared': ['lambdas/a-b/a-b.ts', '../c-d/handler.js'],
  'infra-knows-the-seam': ['infra/stack.ts', '../lambdas/c-d/handler.js'],
  'cli-never-imports-test': ['cli/main.ts', '../test/present.js'],
  'delivery-knows-storage-and-mail': ['shared/delivery/deliver.ts', '../sources/feed.js'],
  'learning-knows-storage': ['shared/learning/learn.ts', '../mail/card.js'],
  'nothing-imports-cli': ['shared/mail/card.ts', '../../cli/present.js'],
  'no-circular': ['infra/back.ts', './there.js'],
};

const innocent = [
  'shared/storage/rows.ts',
  'shared/runtime/present.ts',
  'shared/sources/feed.ts',
  'lambdas/c-d/handler.ts',
  'test/present.ts',
  'cli/present.ts',
];

describe('the import rules', () => {
  it('let an innocent tree pass and catch one planted violation of each', () => {
    plant('tsconfig.json', '{}');
    for (const path of innocent) plant(path, 'export const present = true;\n');
    plant('infra/there.ts', "import './back.js';\nexport {};\n");
    plant('infra/back.ts', 'export {};\n');
    expect(cruise()).toContain('no dependency violations found');

    for (const [importer, imported] of Object.values(violations))
      plant(importer, `import '${imported}';\nexport {};\n`);
    const found = cruise();
    for (const [rule, [importer]] of Object.entries(violations))
      expect(found).toMatch(new RegExp(`${rule}: ${importer}`));
  });
});
