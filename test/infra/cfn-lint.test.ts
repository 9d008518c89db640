import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { synthesize } from '../../infra/synthesize.js';
import { certificateConfiguration, exampleConfiguration, zoneConfiguration } from './synthesized.js';

jest.setTimeout(120_000);

const scratch = mkdtempSync(join(tmpdir(), 'paperboy-lint-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const isHere = spawnSync('cfn-lint', ['--version']).status === 0;

/** What cfn-lint says of a template; nothing where it is not installed (`pip install cfn-lint`). */
function lint(configuration: object): string {
  if (!isHere) return '';
  const outdir = mkdtempSync(join(scratch, 'out-'));
  synthesize({ outdir, configuration, context: { 'aws:cdk:bundling-stacks': [] } });
  // W3005: the CDK states dependencies that CloudFormation would find by itself.
  const args = ['--ignore-checks', 'W3005', '--', join(outdir, 'Paperboy.template.json')];
  const { stdout, stderr } = spawnSync('cfn-lint', args, { encoding: 'utf8' });
  return stdout + stderr;
}

describe('cfn-lint, where it is installed', () => {
  it.each([
    ['the examples', exampleConfiguration],
    ['everything that can be configured', zoneConfiguration],
    ['a domain with records by hand', certificateConfiguration],
  ])('finds nothing in the template of %s', (_name, configuration) => {
    expect(lint(configuration)).toBe('');
  });
});
