import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { CliError } from '../../../command/cli-error.js';

/** What can be read as often as one likes: a file, or what came through a pipe. */
export interface Input {
  /** For messages. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** Its bytes from the beginning. */
  readonly stream: () => Readable;
  /** At most `length` bytes from `position` on. */
  readonly part: (position: number, length: number) => Promise<Buffer>;
}

/** Works on a file, a pipe by its path, or standard input as `-`; what cannot be read is a `CliError`. */
export async function withInput<Result>(path: string, work: (input: Input) => Promise<Result>): Promise<Result> {
  const isStandard = path === '-' || path === '/dev/stdin';
  const name = isStandard ? 'standard input' : path;
  const handle = await (isStandard ? keptStandardInput(name) : readable(path));
  const part = async (position: number, length: number) => {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, position);
    return buffer.subarray(0, bytesRead);
  };
  // A stream of the handle's own closes it when it is destroyed.
  const stream = () => Readable.from(pieces(part), { objectMode: false });
  try {
    return await work({ name, size: (await handle.stat()).size, stream, part });
  } finally {
    await handle.close();
  }
}

const pieceBytes = 64 * 1024;

async function* pieces(part: Input['part']): AsyncGenerator<Buffer> {
  let position = 0;
  for (let piece = await part(0, pieceBytes); piece.length > 0; piece = await part(position, pieceBytes)) {
    yield piece;
    position += piece.length;
  }
}

async function keptStandardInput(name: string): Promise<FileHandle> {
  if (process.stdin.isTTY) throw new CliError(`${name}: is this terminal; pipe a file into it, or name one`);
  return keptCopy(process.stdin, name);
}

async function readable(path: string): Promise<FileHandle> {
  const unreadable = ({ code }: { readonly code?: string }) =>
    new CliError(`${path}: cannot be read (${code}); give a CSV or JSON file`);
  const handle = await open(path).catch((error) => {
    throw unreadable(error);
  });
  const stats = await handle.stat();
  if (stats.isFile()) return handle;
  try {
    if (stats.isDirectory()) throw unreadable({ code: 'EISDIR' });
    return await keptCopy(handle.createReadStream(), path);
  } finally {
    await handle.close();
  }
}

/** A pipe gives its bytes once. They hold addresses: the copy has no name, so it is gone when the process is, however that ends. */
async function keptCopy(bytes: AsyncIterable<Buffer>, name: string): Promise<FileHandle> {
  const copy = await namelessFile().catch((error) => {
    throw unkept(error, name);
  });
  try {
    for await (const chunk of bytes) {
      await copy.writeFile(chunk).catch((error) => {
        throw unkept(error, name);
      });
    }
    return copy;
  } catch (error) {
    await copy.close();
    throw error;
  }
}

const unkept = ({ code }: NodeJS.ErrnoException, name: string) =>
  new CliError(`${name}: cannot be kept in ${tmpdir()} meanwhile (${code}); name a file instead`);

async function namelessFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'paperboy-'));
  try {
    return await open(join(folder, 'input'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true });
  }
}
