import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';

// Each of these starts a process.
jest.setTimeout(120_000);

const nothing = mkdtempSync(join(tmpdir(), 'paperboy-bare-'));
afterAll(() => rmSync(nothing, { recursive: true }));

const root = join(__dirname, '..', '..');
const tsx = join(root, 'node_modules', 'tsx', 'dist', 'cli.mjs');

function onBareMachine(script: string, env: Record<string, string> = {}) {
  const args = [tsx, join(__dirname, script)];
  const { CI: _, ...rest } = process.env;
  const ended = spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...rest, PATH: nothing, ...env } });
  return { code: ended.status, first: ended.stdout.split('\n')[0] };
}

describe.each([
  ['storage-contracts.ts', 'Java 17 is not installed (on Debian: default-jre-headless)'],
  ['rehearse.ts', 'Python 3.10 is not installed'],
])('%s, where what it needs is missing', (script, reason) => {
  it('says so and is no failure for a person', () => {
    expect(onBareMachine(script)).toEqual({ code: 0, first: `skipped because ${reason}` });
  });

  it('fails in CI', () => {
    expect(onBareMachine(script, { CI: 'true' })).toEqual({ code: 1, first: `failed because ${reason}` });
  });
});
