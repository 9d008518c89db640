import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { exampleValues, parseConfiguration } from '../../infra/configuration/configuration.js';

// Each of these starts a process.
jest.setTimeout(60_000);

const scratch = mkdtempSync(join(tmpdir(), 'paperboy-deploy-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const root = join(__dirname, '..', '..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const own = { sender: 'papers@paper.dev', postalAddress: 'Ann Reader, 1 Road, Town', contact: 'ann@paper.dev' };

function run(script: string, cdkJson: string, env: Record<string, string> = {}, from = root) {
  const cwd = mkdtempSync(join(scratch, 'run-'));
  writeFileSync(join(cwd, 'cdk.json'), cdkJson);
  const ended = spawnSync(process.execPath, [tsx, join(from, 'infra', script)], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, ...env },
  });
  return { code: ended.status, lines: ended.stderr.split('\n').filter((line) => line !== '') };
}

const paperboy = (configuration: object) => JSON.stringify({ context: { paperboy: configuration } });

describe('before a deployment', () => {
  it('comes the check for example values', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { deploy: string } };
    expect(scripts.deploy).toMatch(/^tsx infra\/configuration\/refuse-example-values\.ts && cdk deploy/);
  });

  it('refuses them in one line', () => {
    const examples = {
      ...own,
      sender: 'Paperboy <papers@example.org>',
      postalAddress: 'Example Name, 1 Example Street, Example City',
    };
    const { code, lines } = run('configuration/refuse-example-values.ts', paperboy(examples));
    expect(code).toBe(1);
    expect(lines).toEqual([
      'cdk.json, context.paperboy: sender, postalAddress still hold example values; write your own, nothing was deployed',
    ]);
  });

  it('lets own values through', () => {
    expect(run('configuration/refuse-example-values.ts', paperboy(own))).toEqual({ code: 0, lines: [] });
  });

  it('refuses a cdk.json that is no JSON in one line', () => {
    const { code, lines } = run('configuration/refuse-example-values.ts', '{ "context": ');
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^cdk\.json: /)]);
  });

  it('knows every address that is nobody’s', () => {
    const configuration = parseConfiguration({
      ...own,
      contact: 'me@mail.example.com',
      alarmAddress: 'me@nowhere.invalid',
    });
    expect(exampleValues(configuration)).toEqual(['contact', 'alarmAddress']);
    expect(exampleValues(parseConfiguration({ ...own, contact: 'me@counterexample.org' }))).toEqual([]);
  });
});

describe('a synth with a configuration that does not do', () => {
  it('ends with what to write, exit code 1 and no stack trace', () => {
    const context = JSON.stringify({ paperboy: { ...own, publishHour: 30 } });
    const { code, lines } = run('app.ts', '{}', { CDK_CONTEXT_JSON: context });
    expect(code).toBe(1);
    expect(lines).toEqual([
      'cdk.json, context.paperboy.publishHour: write a whole hour of the day in UTC, 0 to 23, such as 5',
    ]);
  });

  it('ends just so when the catalogue is no JSON', () => {
    const copy = join(scratch, 'copy');
    mkdirSync(copy);
    for (const part of ['infra', 'shared', 'lambdas', 'tsconfig.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'shared', 'domain', 'subscriber', 'catalogue.json'), '[{ "id": "agents", ]');
    const { code, lines } = run('app.ts', '{}', { CDK_CONTEXT_JSON: JSON.stringify({ paperboy: own }) }, copy);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^shared\/domain\/subscriber\/catalogue\.json: .*JSON/)]);
  });
});
