import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** DynamoDB takes items of 400 KB, keys included. */
const bytesPerPart = 380 * 1000;
/** Better by a tenth than 5; the highest, 11, takes half a minute for several megabytes. */
const quality = 6;

/** Bytes, cut so that each part fits an item, and the hash of the whole. */
export interface ByteParts {
  readonly hash: string;
  readonly parts: readonly Uint8Array[];
}

/** Names bytes by their content. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Cuts bytes. */
export function cutBytes(bytes: Uint8Array): ByteParts {
  const parts = Array.from({ length: Math.ceil(bytes.length / bytesPerPart) }, (_, index) =>
    bytes.subarray(index * bytesPerPart, (index + 1) * bytesPerPart),
  );
  return { hash: hashOf(bytes), parts };
}

/** Joins what `cutBytes` cut; throws when a part is missing or another byte has changed. */
export function joinBytes({ hash, parts }: ByteParts): Buffer {
  const bytes = Buffer.concat(parts);
  if (hashOf(bytes) !== hash) throw new Error(`the parts of ${hash} are not what was written`);
  return bytes;
}

/** Compresses a text by brotli. */
export function squeeze(text: string): Promise<Buffer> {
  return compress(text, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/** Gives back the text that `squeeze` compressed. */
export async function unsqueeze(bytes: Uint8Array): Promise<string> {
  return (await decompress(bytes)).toString('utf8');
}
