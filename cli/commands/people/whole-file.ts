import { open, rename, rm } from 'node:fs/promises';
import { CliError } from '../../command/cli-error.js';

/**
 * Writes a file that only its owner may read, whole or not at all: what was there stays until the new one is complete. A
 * path that cannot be written to is a `CliError`.
 */
export async function writeWholeFile(path: string, texts: AsyncIterable<string>): Promise<void> {
  const part = `${path}.part-${process.pid}`;
  const handle = await open(part, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    throw new CliError(`--out: ${path} cannot be written (${error.code}); name a file in a folder that is there`);
  });
  try {
    for await (const text of texts) await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await rename(part, path);
  } catch (error) {
    await handle.close().catch(() => undefined);
    await rm(part, { force: true });
    throw isFileTrouble(error) ? new CliError(`--out: ${path} cannot be written (${error.code})`) : error;
  }
}

const isFileTrouble = (error: unknown): error is NodeJS.ErrnoException =>
  ['ENOSPC', 'EDQUOT', 'EISDIR', 'EIO', 'ENOTDIR'].includes(String((error as NodeJS.ErrnoException)?.code));
