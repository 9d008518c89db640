/** What an admin can mend: its message is one clear line that says what, where and what to do. Ends with exit code 1. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
}

/** A command that was written wrongly: unknown, with an unknown option, or without what it needs. Exit code 2. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
}

/** What is left to say of an error, in one line, and the exit code that goes with it. */
export function lastWords(error: unknown): { readonly line: string; readonly code: number } {
  const message = error instanceof Error ? error.message : String(error);
  return { line: `paperboy: ${message.trim().replace(/\s*\n\s*/g, ' ')}`, code: error instanceof UsageError ? 2 : 1 };
}
