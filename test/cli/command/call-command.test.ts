import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { callCommand, callTyped } from '../../../cli/command/call-command.js';
import { lastWords, UsageError } from '../../../cli/command/cli-error.js';
import type { Command, Given } from '../../../cli/command/command.js';
import { registry } from '../../../cli/command/registry.js';
import { version } from '../../../package.json';

let said = '';
beforeEach(() => {
  said = '';
  jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    said += text;
    return true;
  });
});
afterEach(() => {
  jest.restoreAllMocks();
});

const typed = async (line: string) => {
  said = '';
  await callTyped(line.split(' ').filter((word) => word !== ''));
  return said;
};
const complaint = (line: string) =>
  typed(line).then(
    () => ({ line: 'nothing', code: 0 }),
    (error: unknown) => lastWords(error),
  );

describe('the table of commands', () => {
  it.each(['', 'help', '--help', '-h'])('is shown by "%s" and has every command', async (line) => {
    const table = await typed(line);
    for (const name of registry.keys()) expect(table).toMatch(new RegExp(`^  ${name}\\b`, 'm'));
  });

  it('fits into 100 columns', async () => {
    expect(Math.max(...(await typed('')).split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
  });

  it('has the commands of one group', async () => {
    expect(await typed('resume --help')).toMatch(/^Usage: npm run cli -- resume … \[options\]\n\n {2}resume sending /);
    expect(await typed('help resume')).toBe(await typed('resume --help'));
    expect(await typed('help resume')).not.toContain('rotate-keys');
  });

  it('is in the README too, with the same operands', async () => {
    const rows = readFileSync(join(__dirname, '..', '..', '..', 'README.md'), 'utf8').split('\n');
    for (const [name, load] of registry) {
      const row = rows.find((line) => new RegExp(`^\\| \`${name}( [^a-z]*)?\`|^\\| \`${name} -`).test(line)) ?? name;
      for (const operand of (await load()).operands ?? []) {
        expect(row).toContain(operand.isOptional ? `[${operand.name}]` : operand.name);
      }
      expect(row).toMatch(/^\| `/);
    }
  });

  it('says which version this is', async () => {
    expect(await typed('--version')).toBe(`paperboy ${version}\n`);
  });
});

describe.each([...registry.keys()])('%s', (name) => {
  it('goes by the name that it is registered with, and explains all that it takes', async () => {
    const command = await registry.get(name)?.();
    const page = await typed(`${name} --help`);
    expect(command?.name).toBe(name);
    expect(page).toMatch(`Usage: npm run cli -- ${name} `);
    const own = [
      ...Object.keys(command?.options ?? {}),
      'json',
      ...(command?.place ? ['data', 'stack', 'region'] : []),
    ];
    for (const option of own) expect(page).toMatch(`  --${option} `);
    for (const operand of command?.operands ?? []) expect(page).toMatch(`\n  ${operand.name} `);
    expect(Math.max(...page.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
    expect(page.includes('--dry-run')).toBe(command?.writes === true);
    expect([await typed(`help ${name}`), await typed(`${name} -h`)]).toEqual([page, page]);
  });
});

describe('what is written wrongly', () => {
  it.each([
    ['rotat-keys', 'unknown command "rotat-keys": the nearest is "rotate-keys"'],
    ['resume sendin --data x', 'unknown command "resume sendin": the nearest is "resume sending"'],
    ['help fates', 'unknown command "fates": the nearest is "fate"'],
    ['resume', 'resume what? resume sending; see npm run cli -- resume --help'],
    ['resume --data x', 'resume what? resume sending; see npm run cli -- resume --help'],
    ['--datta x', 'unknown option --datta: options follow a command'],
    ['fate', "fate: ADDRESS is missing (the subscriber's email address); see npm run cli -- fate --help"],
    ['fate a@example.org b --data x', "fate: 'b' is more than it takes; see"],
    ['fate a@example.org', 'fate: say which Paperboy: --data DIR for one on this machine, or --stack NAME for'],
    ['fate a@example.org --data x --stack y', 'fate: give --data or --stack, not both; see'],
    ['fate a@example.org --data x --region y', 'fate: --region goes with --stack, not with --data; see'],
    ['fate a@example.org --datax x', "fate: Unknown option '--datax'; the nearest is --data; see"],
    ['fate a@example.org --data', "fate: Option '--data <value>' argument missing; see"],
  ])('%s is one line, and code 2', async (line, start) => {
    const { line: last, code } = await complaint(line);
    expect([last.slice(0, `paperboy: ${start}`.length), code]).toEqual([`paperboy: ${start}`, 2]);
    expect(last).not.toContain('\n');
    expect(said).toBe('');
  });
});

describe('a command', () => {
  const given: Given[] = [];
  const feed: Command = {
    name: 'feed',
    summary: 'feeds them',
    operands: [
      { name: 'WHO', help: 'whom' },
      { name: 'WHAT', isOptional: true, help: 'what' },
    ],
    options: { often: { type: 'boolean', help: 'again and again' } },
    place: 'house',
    writes: true,
    async run(own, io) {
      given.push(own);
      io.out('They are fed.');
      io.json({ fed: true });
    },
  };

  it('is given what was typed, read', async () => {
    await callCommand(feed, ['cats', '--stack', 'Papers', '--profile', 'work', '--often', '--dry-run']);
    expect(given.pop()).toMatchObject({
      operands: ['cats'],
      options: { often: true },
      place: { kind: 'deployed', stack: 'Papers', profile: 'work' },
      isDryRun: true,
      json: false,
    });
    expect(said).toBe('They are fed.\n');
  });

  it('answers programs with one line of JSON alone', async () => {
    await callCommand(feed, ['cats', 'fish', '--data', 'house', '--json']);
    expect(given.pop()).toMatchObject({ place: { kind: 'local', dataDir: 'house' }, isDryRun: false, json: true });
    expect(said).toBe('{"fed":true}\n');
  });

  it('can be given what looks like an option', async () => {
    await callCommand(feed, ['--data', 'house', '--', '--help']);
    expect(given.pop()?.operands).toEqual(['--help']);
    await expect(callCommand(feed, ['--data', 'house', '--', '-h', 'x', 'y'])).rejects.toThrow(UsageError);
  });
});
