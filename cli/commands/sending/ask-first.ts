import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../command/cli-error.js';
import type { Given, Option } from '../../command/command.js';

/** The option that answers the question beforehand. */
export const yesOption: Readonly<Record<'yes', Option>> = {
  yes: { type: 'boolean', help: 'does not ask for confirmation; required where nobody can answer' },
};

/**
 * Whether the admin wants what was just said to be done: by `--yes`, or by their answer on a terminal. Throws a usage error where
 * nobody can answer.
 */
export async function isWanted(given: Given, command: string, question: string): Promise<boolean> {
  if (given.options.yes === true) return true;
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new UsageError(`${command}: add --yes to do this where nobody can be asked, or --dry-run to see it only`);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await asking.question(`${question} [y/N] `)).trim());
  } finally {
    asking.close();
  }
}
