import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { App, Stack } from 'aws-cdk-lib';
import { bundle } from '../../../infra/constructs/bundle.js';
import { cutUnused } from '../../../infra/constructs/cut-unused.js';
import { catalogue } from '../../../shared/domain/subscriber/catalogue.js';

const outdir = mkdtempSync(join(tmpdir(), 'paperboy-bundles-'));
const lambdas = readdirSync(join(__dirname, '..', '..', '..', 'lambdas'));
const fileOf = (lambda: string) => join(outdir, 'bundles', lambda, 'index.js');
const run = (program: string) => spawnSync(process.execPath, ['-e', program], { encoding: 'utf8', env: {} });

describe('what is cut out of the joined code', () => {
  const schemas = '// node_modules/@aws-sdk/client-dynamodb/dist-es/schemas/schemas_0.js';

  it('is what functions never use, and lines keep their numbers', () => {
    const registered = ['BackupInUseException', 'ConditionalCheckFailedException'].map(
      (name) => `var ${name}$ = [\n  -3\n];\nn0_registry2.registerError(${name}$, ${name});`,
    );
    const ours = ['// shared/own.ts', registered[0]];
    expect(cutUnused([schemas, ...registered, ...ours].join('\n'))).toBe(
      [schemas, '\n\n\n', registered[1], ...ours].join('\n'),
    );
  });

  it('is looked for again when an upgrade of the SDK has changed it', () => {
    expect(() => cutUnused(`${schemas}\nregistry.add(BackupInUseException$);\n`)).toThrow(/schemas_0\.js has changed/);
  });
});

describe("a function's bundle", () => {
  beforeAll(() => {
    const stack = new Stack(new App({ outdir }), 'Bundles');
    for (const lambda of lambdas) bundle(stack, lambda);
  });
  afterAll(() => rmSync(outdir, { recursive: true }));

  it.each(lambdas)('of %s is small, for it is read at each cold start', (lambda) => {
    const most: Readonly<Record<string, number>> = { 'send-digest': 600, 'send-notice': 600, 'serve-pages': 700 };
    const mostKilobytes = most[lambda] ?? 450;
    expect(statSync(fileOf(lambda)).size / 1024).toBeLessThanOrEqual(mostKilobytes);
  });

  it('has the catalogue compiled, and not what compiles it', () => {
    const code = readFileSync(fileOf('score-trends'), 'utf8');
    const form = catalogue.find(({ id }) => id === 'llm-agents')?.filter.form ?? 'no such topic';
    expect(code).toContain(form);
    expect(code).not.toContain('must be a list of topics');
  });

  it('has what browsers load minified, with the path by which the script knows its worker', () => {
    const code = readFileSync(fileOf('serve-pages'), 'utf8');
    expect(code).toContain('@media(prefers-reduced-motion:reduce){');
    expect(code).toContain('new Worker("/solver.js")');
    expect(code).not.toContain('const patienceMs');
  });

  it('writes feeds as Atom and JSON alone, and reads none', () => {
    const code = readFileSync(fileOf('serve-pages'), 'utf8');
    expect(code).toContain('https://jsonfeed.org/version/1.1');
    expect(code).toContain('http://www.w3.org/2005/Atom');
    expect(
      ['http://purl.org/rss/1.0/', 'addDeclaration', 'onprocessinginstruction'].filter((part) => code.includes(part)),
    ).toEqual([]);
  });

  it('has no writer of what pages only read', () => {
    const code = readFileSync(fileOf('serve-pages'), 'utf8');
    // The examples of learned topics are what they compress themselves.
    expect(code.split('deflateRawSync').length - 1).toBeLessThanOrEqual(1);
    const written = ['noteWithdrawn', 'takeFromBudget', 'markUnsent', 'noteHealth'];
    expect(written.filter((part) => code.includes(part))).toEqual([]);
  });

  it('finds credentials in the environment alone', () => {
    const code = readFileSync(fileOf('send-digest'), 'utf8');
    expect(code).toContain('AWS_SESSION_TOKEN');
    expect(code).not.toContain('sso_session');
  });

  it.each(lambdas)('of %s has nothing of the SDK that Lambda never needs', (lambda) => {
    const code = readFileSync(fileOf(lambda), 'utf8');
    const unused = ['aws_access_key_id', '169.254.169.254', 'BackupInUseException', 'AWS SDK for JavaScript Team'];
    expect(unused.filter((part) => code.includes(part))).toEqual([]);
    expect(code.includes('ConditionalCheckFailedException')).toBe(true);
    // A name that was not shortened is one that nothing declares.
    expect(code.match(/\w+Exception\$/g)).toBeNull();
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
