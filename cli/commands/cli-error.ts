/** What a user did that cannot be done; its message is one clear line: what, where, what to do. */
export class CliError extends Error {
  override readonly name = 'CliError';
}
