import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type CalendarDate, parseCalendarDate } from '../../shared/domain/calendar-date.js';

/** A user's mistake; its message is one clear line: what, where, what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}

/** Reads a command's options; an unknown one, or one without its value, is a `CliError`. */
export function readOptions<Options extends ParseArgsOptionsConfig>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new CliError((error as Error).message.replace(/\. To specify.*$/s, ''));
  }
}

/** Reads a day given on the command line. */
export function readDate(text: string | undefined): CalendarDate {
  const date = text === undefined ? undefined : parseCalendarDate(text);
  if (!date) throw new CliError(`--date: write a day such as 2026-08-07${text === undefined ? '' : `, not "${text}"`}`);
  return date;
}
