import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

/** DynamoDB takes items of 400 KB, keys included. */
const bytesPerPart = 380 * 1000;
/** Better by a tenth than 5; the highest, 11, takes half a minute for several megabytes. */
const quality = 6;

/** Compressed bytes, cut so that each part fits an item, and the hash of the whole. */
export interface ByteParts {
  readonly hash: string;
  readonly parts: readonly Uint8Array[];
}

/** Names bytes by their content. */
export function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 32);
}

/** Compresses bytes by brotli. */
export function squeeze(bytes: string | Uint8Array): Promise<Buffer> {
  return compress(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
}

/** Gives back what `squeeze` compressed. */
export function unsqueeze(bytes: Uint8Array): Promise<Buffer> {
  return decompress(bytes);
}

/** Compresses bytes and cuts them. */
export async function cutBytes(whole: string | Uint8Array): Promise<ByteParts> {
  const bytes = await squeeze(whole);
  const parts = Array.from({ length: Math.ceil(bytes.length / bytesPerPart) }, (_, index) =>
    bytes.subarray(index * bytesPerPart, (index + 1) * bytesPerPart),
  );
  return { hash: hashOf(bytes), parts };
}

/** Joins what `cutBytes` made; throws when a part is missing or another byte has changed. */
export async function joinBytes({ hash, parts }: ByteParts): Promise<Buffer> {
  const bytes = Buffer.concat(parts);
  if (hashOf(bytes) !== hash) throw new Error(`the parts of ${hash} are not what was written`);
  return unsqueeze(bytes);
}
