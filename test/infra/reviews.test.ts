import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { AwsSolutionsChecks } from 'cdk-nag';
import { parseConfiguration } from '../../infra/configuration/configuration.js';
import { readContext } from '../../infra/configuration/read-json.js';
import { buildApp } from '../../infra/synthesize.js';
import { certificateConfiguration, exampleConfiguration, zoneConfiguration } from './synthesized.js';

const scratch = mkdtempSync(join(tmpdir(), 'paperboy-reviews-'));
afterAll(() => rmSync(scratch, { recursive: true }));

/** What AWS's Solutions checks find that nobody has given a reason for. */
function findingsIn(configuration: object): readonly string[] {
  const context = { ...readContext(), 'aws:cdk:bundling-stacks': [] };
  const app = buildApp({ outdir: mkdtempSync(join(scratch, 'app-')), context }, parseConfiguration(configuration));
  const checks = new AwsSolutionsChecks(app);
  app.synth();
  return checks.validateScope(app).violations.map(({ ruleName }) => ruleName);
}

describe('a security review by cdk-nag', () => {
  it.each([
    ['the examples', exampleConfiguration],
    ['everything that can be configured', zoneConfiguration],
    ['a domain with records by hand', certificateConfiguration],
  ])('finds nothing without a reason in the template of %s', (_name, configuration) => {
    expect(findingsIn(configuration)).toEqual([]);
  });
});
