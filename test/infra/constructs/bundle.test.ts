import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { bundle } from '../../../infra/constructs/bundle.js';
import { catalogue } from '../../../shared/domain/subscriber/catalogue.js';

const outdir = mkdtempSync(join(tmpdir(), 'paperboy-bundles-'));
const lambdas = readdirSync(join(__dirname, '..', '..', '..', 'lambdas'));
const fileOf = (lambda: string) => join(outdir, 'bundles', lambda, 'index.js');
const run = (program: string) => spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', env: {} });

describe("a function's bundle", () => {
  beforeAll(() => {
    const stack = new Stack(new App({ outdir }), 'Bundles');
    for (const lambda of lambdas) bundle(stack, lambda);
  });
  afterAll(() => rmSync(outdir, { recursive: true }));

  it.each(lambdas)('of %s is small, for it is read at each cold start', (lambda) => {
    const mostKilobytes = ['send-digest', 'send-notice', 'serve-pages'].includes(lambda) ? 600 : 450;
    expect(statSync(fileOf(lambda)).size / 1024).toBeLessThanOrEqual(mostKilobytes);
  });

  it('has the catalogue compiled, and not what compiles it', () => {
    const code = readFileSync(fileOf('score-trends'), 'utf8');
    const form = catalogue.find(({ id }) => id === 'llm-agents')?.filter.form ?? 'no such topic';
    expect(code).toContain(form);
    expect(code).not.toContain('must be a list of topics');
  });

  it('finds credentials in the environment alone', () => {
    const code = readFileSync(fileOf('send-digest'), 'utf8');
    expect(code).toContain('AWS_SESSION_TOKEN');
    expect(code).not.toContain('sso_session');
  });

  it('names the lines of our files in the stack of an error', () => {
    const { stderr } = run(`require(${JSON.stringify(fileOf('plan-digests'))})`);
    expect(stderr).toMatch(/Error: environment: .* is not set/);
    expect(stderr).toMatch(/at .*\(shared\/runtime\/read-env\.ts:\d+:\d+\)/);
    expect(stderr).toMatch(/at .*lambdas\/plan-digests\/handler\.ts:\d+:\d+/);
  });

  it('says what it can of an error without its map', () => {
    const file = fileOf('review-editions');
    rmSync(`${file}.map`);
    const { stderr } = run(`require(${JSON.stringify(file)})`);
    expect(stderr).toMatch(/Error: environment: .* is not set\n\s+at .*index\.js:\d+:\d+/);
  });
});
