import { mkdirSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { closest } from 'fastest-levenshtein';
import { type CalendarDate, parseCalendarDate } from '../../shared/domain/calendar-date.js';
import { CliError, UsageError } from './cli-error.js';
import type { Command, Given, Option, Place } from './command.js';

const placeOptions: Readonly<Record<string, Option>> = {
  data: { type: 'string', value: 'DIR', help: 'the Paperboy that npm start or npm run daily keeps in this folder' },
  stack: { type: 'string', value: 'NAME', help: 'the Paperboy deployed as this CloudFormation stack' },
  region: { type: 'string', value: 'REGION', help: "the stack's region; else AWS_REGION, or that of the profile" },
  profile: { type: 'string', value: 'NAME', help: 'a profile of the AWS configuration; else AWS_PROFILE' },
};

/** Every option of a command by its name, the shared ones last. */
export function optionsOf({ options, place, writes }: Command): Readonly<Record<string, Option>> {
  return {
    ...options,
    ...(place && placeOptions),
    ...(writes && { 'dry-run': { type: 'boolean', help: 'shows what would be done, and changes nothing' } }),
    json: { type: 'boolean', help: 'prints the result as one line of JSON' },
  };
}

/** Reads what was typed after a command's name; a mistake is a `UsageError`. */
export function readGiven(command: Command, args: readonly string[]): Given {
  const known = optionsOf(command);
  const { values, positionals } = parsed(command, args, known);
  const operands = command.operands ?? [];
  const missing = operands[positionals.length];
  if (missing && !missing.isOptional) {
    throw new UsageError(`${command.name}: ${missing.name} is missing (${missing.help}); ${seeHelp(command)}`);
  }
  const surplus = positionals[operands.length];
  if (surplus !== undefined) {
    throw new UsageError(`${command.name}: '${surplus}' is more than it takes; ${seeHelp(command)}`);
  }
  return {
    operands: positionals,
    options: values,
    place: command.place && readPlace(command, values),
    isDryRun: values['dry-run'] === true,
    json: values.json === true,
  };
}

const seeHelp = ({ name }: Command) => `see npm run cli -- ${name} --help`;

type Values = Readonly<Record<string, string | boolean | undefined>>;

function parsed(command: Command, args: readonly string[], known: Readonly<Record<string, Option>>) {
  const options: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(known).map(([name, { type }]) => [name, { type }]),
  );
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    return { values: values as Values, positionals };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const [, name] = /'(-[^']*)'/.exec(message) ?? [];
    const near =
      code === 'ERR_PARSE_ARGS_UNKNOWN_OPTION' ? `; the nearest is --${nearestOption(name ?? '', known)}` : '';
    const what = message.replace(/\. To specify.*$/s, '').replace(/\s+/g, ' ');
    throw new UsageError(`${command.name}: ${what}${near}; ${seeHelp(command)}`);
  }
}

const nearestOption = (name: string, known: Readonly<Record<string, Option>>) =>
  closest(name.replace(/^-+/, ''), Object.keys(known));

function readPlace(command: Command, { data, stack, region, profile }: Values): Place | undefined {
  if (data !== undefined && stack !== undefined) {
    throw new UsageError(`${command.name}: give --data or --stack, not both; ${seeHelp(command)}`);
  }
  if (typeof data === 'string') {
    const stray = [region !== undefined ? '--region' : [], profile !== undefined ? '--profile' : []].flat()[0];
    if (stray)
      throw new UsageError(`${command.name}: ${stray} goes with --stack, not with --data; ${seeHelp(command)}`);
    return { kind: 'local', dataDir: data };
  }
  if (typeof stack !== 'string') {
    if (command.place === 'house-if-given') return undefined;
    throw new UsageError(
      `${command.name}: say which Paperboy: --data DIR for one on this machine, or --stack NAME for a deployed one`,
    );
  }
  return {
    kind: 'deployed',
    stack,
    ...(typeof region === 'string' && { region }),
    ...(typeof profile === 'string' && { profile }),
  };
}

/** The text of an option that takes one. */
export function textOf({ options }: Given, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}

/** Makes a folder given on the command line, if it is not there; one that cannot be is a `CliError`. */
export function prepareFolder(path: string | undefined, option: string): void {
  if (path === undefined) return;
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new CliError(`${option}: ${path} cannot be created as a folder (${(error as NodeJS.ErrnoException).code})`);
  }
}

/** Reads a day given on the command line. */
export function readDate(text: string | undefined, what = '--date'): CalendarDate {
  const date = text === undefined ? undefined : parseCalendarDate(text);
  if (!date)
    throw new UsageError(`${what}: write a day such as 2026-08-07${text === undefined ? '' : `, not "${text}"`}`);
  return date;
}
