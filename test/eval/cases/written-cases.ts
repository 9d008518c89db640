import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, jest } from '@jest/globals';

interface WrittenProbe {
  readonly given: object;
  readonly expected: unknown;
}

const filter = (text: string, title: string) => ({ kind: 'filter', filter: text, paper: { title } });

/** A probe whose answer is what is expected. */
export const match: WrittenProbe = { given: filter('kites', 'Flying kites'), expected: { result: 'match' } };

/** A probe whose answer is not what is expected. */
export const miss: WrittenProbe = { given: filter('kites', 'Boats'), expected: { result: 'match' } };

/** A folder of cases for each test, and what is printed in it. */
export function casesForTests() {
  const made = { root: '', lines: [] as string[] };
  beforeEach(() => {
    made.root = mkdtempSync(join(tmpdir(), 'cases-'));
    made.lines = [];
    jest.spyOn(console, 'log').mockImplementation((line) => void made.lines.push(line));
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(made.root, { recursive: true });
  });
  const write = (file: string, text: string) => {
    mkdirSync(join(made.root, file, '..'), { recursive: true });
    writeFileSync(join(made.root, file), text);
  };
  const writeCase = (name: string, probes: readonly WrittenProbe[], verdict = 'right') => {
    write(join(name, 'input.json'), JSON.stringify({ probes: probes.map(({ given }) => given) }));
    const expect = { verdict, probes: probes.map(({ expected }) => expected) };
    write(join(name, 'expect.json'), JSON.stringify(expect));
  };
  return { made, write, writeCase };
}
