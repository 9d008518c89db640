import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { CliError } from '../../../command/cli-error.js';

/** The headers of a mail are a few thousand bytes; whatever comes after so many is left unread. */
const mostBytes = 1_000_000;

/** Reads the beginning of a mail from a file, or with `-` from what is pasted or piped in. */
export async function readMailFile(path: string, tell: (line: string) => void): Promise<string> {
  if (path !== '-') return beginningOf(createReadStream(path), path);
  if (process.stdin.isTTY) tell('Paste the mail or its headers, then press Ctrl-D on a line of its own.');
  return beginningOf(process.stdin, path);
}

async function beginningOf(stream: Readable, path: string): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(chunk as Buffer);
      size += (chunk as Buffer).length;
      if (size >= mostBytes) break;
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'does not exist' : code === 'EISDIR' ? 'is a folder' : `cannot be read (${code})`;
    throw new CliError(`--headers: ${path} ${why}; name a file with a mail as it was received`);
  }
  // Every byte is a character then, whatever the mail is written in.
  return Buffer.concat(chunks).subarray(0, mostBytes).toString('latin1');
}
