import { ConfigurationError } from './configuration.js';

/** Runs a command's work; a `ConfigurationError` ends the process with its lines and exit code 1, without a stack trace. */
export async function failClearly(work: () => void | Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}
