import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { exampleValues, parseConfiguration } from '../../infra/configuration/configuration.js';
import { exampleConfiguration, synthesized } from './synthesized.js';

// Each of these starts a process.
jest.setTimeout(60_000);

const scratch = mkdtempSync(join(tmpdir(), 'paperboy-deploy-'));
afterAll(() => rmSync(scratch, { recursive: true }));

const root = join(__dirname, '..', '..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');
const own = { sender: 'papers@paper.dev', postalAddress: 'Ann Reader, 1 Road, Town', contact: 'ann@paper.dev' };

function run(context: object, from = root) {
  const cwd = mkdtempSync(join(scratch, 'run-'));
  const ended = spawnSync(process.execPath, [tsx, join(from, 'infra', 'app.ts')], {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify(context) },
  });
  return { code: ended.status, lines: ended.stderr.split('\n').filter((line) => line !== '') };
}

function written(text: string): string {
  const path = join(mkdtempSync(join(scratch, 'config-')), 'mine.json');
  writeFileSync(path, text);
  return path;
}

describe('npm run deploy', () => {
  it('says what is amiss, one line each, and starts no deployment', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: { deploy: string } };
    const ended = spawnSync(
      process.execPath,
      [tsx, ...scripts.deploy.split(' ').slice(1), '-c', `config=${written('{}')}`],
      {
        cwd: root,
        encoding: 'utf8',
        env: {
          ...process.env,
          AWS_REGION: 'eu-west-1',
          AWS_ACCESS_KEY_ID: 'AKIAPLAYED',
          AWS_SECRET_ACCESS_KEY: 'played',
          AWS_MAX_ATTEMPTS: '1',
          // Nothing listens there.
          AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
        },
      },
    );
    expect(ended.status).toBe(1);
    expect(ended.stderr).toBe('Nothing was deployed: mend what failed and try again.\n');
    const lines = ended.stdout
      .trim()
      .split('\n')
      .map((line) => line.replaceAll(/\s+/g, ' '));
    expect(lines).toEqual([
      expect.stringMatching(/^failure settings paperboy\.config\.json, sender: write an address/),
      expect.stringMatching(/^failure settings paperboy\.config\.json, postalAddress: write/),
      expect.stringMatching(/^failure settings paperboy\.config\.json, contact: write/),
      'ok region eu-west-1',
      expect.stringMatching(/^failure credentials AWS takes none \(ECONNREFUSED\); sign in/),
    ]);
  });
});

describe('a template with example values', () => {
  it('is refused by CloudFormation before it creates anything, and says what to write', () => {
    const { Rules, Parameters } = synthesized(exampleConfiguration) as unknown as {
      Rules: Record<string, { Assertions: { Assert: unknown; AssertDescription: string }[] }>;
      Parameters: Record<string, { Default: string }>;
    };
    const [assertion] = Rules.OwnValues!.Assertions;
    expect(assertion!.Assert).toEqual({ 'Fn::Equals': [{ Ref: 'ExampleValues' }, 'none'] });
    expect(Parameters.ExampleValues!.Default).toBe('sender, postalAddress, contact');
    expect(assertion!.AssertDescription).toBe(
      'paperboy.config.json: sender, postalAddress, contact still hold example values; write your own, nothing was deployed',
    );
  });

  it('has no such rule with own values', () => {
    expect(Object.keys(synthesized(own).Rules ?? {})).not.toContain('OwnValues');
  });

  it('is known by every address that is nobody’s', () => {
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
    const { code, lines } = run({ config: written(JSON.stringify({ ...own, publishHour: 30 })) });
    expect(code).toBe(1);
    expect(lines).toEqual([
      'paperboy.config.json, publishHour: write a whole hour of the day in UTC, 0 to 23, such as 5',
    ]);
  });

  it('refuses a file that is no JSON in one line, and one that is not there', () => {
    for (const config of [written('{ "sender": '), join(scratch, 'nowhere.json')]) {
      const { code, lines } = run({ config });
      expect(code).toBe(1);
      expect(lines).toEqual([expect.stringMatching(/^paperboy\.config\.json: /)]);
    }
  });

  it('says where settings have moved that are still in cdk.json', () => {
    const { code, lines } = run({ paperboy: own });
    expect(code).toBe(1);
    expect(lines).toEqual(['cdk.json, context.paperboy: move these settings to paperboy.config.json']);
  });

  it('ends just so when the catalogue is no JSON', () => {
    const copy = join(scratch, 'copy');
    mkdirSync(copy);
    for (const part of ['infra', 'shared', 'lambdas', 'tsconfig.json', 'paperboy.config.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    writeFileSync(join(copy, 'shared', 'domain', 'subscriber', 'catalogue.json'), '[{ "id": "agents", ]');
    const { code, lines } = run({}, copy);
    expect(code).toBe(1);
    expect(lines).toEqual([expect.stringMatching(/^shared\/domain\/subscriber\/catalogue\.json: .*JSON/)]);
  });
});
