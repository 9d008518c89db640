import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { styleText } from 'node:util';
import { SingleBar } from 'cli-progress';
import { distance } from 'fastest-levenshtein';
import { UsageError } from './cli-error.js';
import type { Command, Io, Progress } from './command.js';
import { commandTable, helpPage } from './help.js';
import { readGiven } from './read-given.js';
import { registry } from './registry.js';

/** Runs what was typed after `npm run cli --`; what the admin did wrong is a `UsageError`. */
export async function callTyped(typed: readonly string[]): Promise<void> {
  const [first, ...rest] = typed;
  if (first === undefined || first === '--help' || first === '-h') return show(commandTable(await commands('')));
  if (first === '--version') return show(`paperboy ${version()}\n`);
  if (first === 'help') return explain(rest);
  const { name, args } = nameOf(typed);
  const load = name === undefined ? undefined : registry.get(name);
  if (load) return callCommand(await load(), args);
  const group = await commands(first);
  if (group.length > 0 && isHelp(rest)) return show(commandTable(group, first));
  throw new UsageError(complaint(typed, group));
}

/** Runs one command with its own arguments, or shows its help page. */
export async function callCommand(
  command: Command,
  args: readonly string[],
  speak: (json: boolean) => Io = terminal,
): Promise<void> {
  if (isHelp(args)) return show(helpPage(command));
  const given = readGiven(command, args);
  await command.run(given, speak(given.json));
}

const show = (page: string) => void process.stdout.write(page);

/** Behind `--` nothing is an option. */
function isHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return (end < 0 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h');
}

async function explain(names: readonly string[]): Promise<void> {
  const [first] = names;
  if (first === undefined) return show(commandTable(await commands('')));
  const { name } = nameOf(names);
  const load = name === undefined ? undefined : registry.get(name);
  if (load) return show(helpPage(await load()));
  const group = await commands(first);
  if (group.length === 0 || names.length > 1) throw new UsageError(complaint(names, group));
  show(commandTable(group, first));
}

/** The command that was meant, by its one word or two. */
function nameOf(typed: readonly string[]): { readonly name?: string; readonly args: readonly string[] } {
  const words = [2, 1].find((count) => typed.length >= count && registry.has(typed.slice(0, count).join(' ')));
  return words === undefined ? { args: [] } : { name: typed.slice(0, words).join(' '), args: typed.slice(words) };
}

/** The commands of a group, in the order of the registry; all of them without one. */
function commands(group: string): Promise<readonly Command[]> {
  const names = [...registry].filter(([name]) => group === '' || name.startsWith(`${group} `));
  return Promise.all(names.map(([, load]) => load()));
}

function complaint([first = '', second]: readonly string[], group: readonly Command[]): string {
  const all = 'npm run cli -- help lists them all';
  if (first.startsWith('-')) return `unknown option ${first}: options follow a command; ${all}`;
  if (group.length > 0 && (second === undefined || second.startsWith('-'))) {
    return `${first} what? ${group.map(({ name }) => name).join(', ')}; see npm run cli -- ${first} --help`;
  }
  const typed = second === undefined || second.startsWith('-') || group.length === 0 ? first : `${first} ${second}`;
  const near = [...registry.keys()].map((name) => ({ name, off: distance(...comparable(name, first, second)) }));
  const [nearest] = near.sort((one, other) => one.off - other.off);
  return `unknown command "${typed}": the nearest is "${nearest?.name}"; ${all}`;
}

/** Compares as many words as the command has. */
const comparable = (name: string, first: string, second = ''): [string, string] =>
  name.includes(' ') ? [name, `${first} ${second}`.trim()] : [name, first];

function version(): string {
  const { version: own } = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  return own;
}

const silent: Progress = { step: () => {}, end: () => {} };

/** Speaks on this process's own stdout and stderr. */
export function terminal(json: boolean): Io {
  return {
    out: (text) => json || process.stdout.write(text.endsWith('\n') ? text : `${text}\n`),
    json: (value) => json && process.stdout.write(`${JSON.stringify(value)}\n`),
    tell: (line) => process.stderr.write(`${line}\n`),
    paint: (style, text) => styleText(style, text, { stream: process.stdout }),
    progress: (what, total) => (process.stderr.isTTY && process.env.TERM !== 'dumb' ? bar(what, total) : silent),
    exitWith: (code) => {
      process.exitCode = code;
    },
  };
}

function bar(what: string, total: number): Progress {
  const format = `${what} {bar} {percentage}% {value}/{total}`;
  // Its own way to end gracefully keeps Ctrl-C from ending the process.
  const shown = new SingleBar({ format, clearOnComplete: true, gracefulExit: false });
  shown.start(total, 0);
  return { step: (by = 1) => shown.increment(by), end: () => shown.stop() };
}
