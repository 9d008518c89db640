import { type CalendarDate, dateOf, dayMs, startOf } from '../../domain/calendar-date.js';
import type { SeenPapers } from '../../domain/subscriber/subscriber.js';

/** Two bytes for the edition's day since 1970 (enough until 2149), one for the number of hashes. */
const headBytes = 3;
const hashBytes = 4;

/**
 * Packs seen papers into bytes, for each edition: its day (uint16), the number of its hashes (uint8), the hashes (uint32), all big-endian.
 * Throws when an edition has more than 255.
 */
export function packSeen(seen: readonly SeenPapers[]): Buffer {
  return Buffer.concat(
    seen.map(({ edition, hashes }) => {
      const bytes = Buffer.alloc(headBytes + hashBytes * hashes.length);
      bytes.writeUInt16BE(startOf(edition) / dayMs, 0);
      bytes.writeUInt8(hashes.length, 2);
      hashes.forEach((hash, index) => {
        bytes.writeUInt32BE(hash >>> 0, headBytes + hashBytes * index);
      });
      return bytes;
    }),
  );
}

function editionAt(bytes: Buffer, offset: number): { edition: CalendarDate; count: number } {
  return { edition: dateOf(bytes.readUInt16BE(offset) * dayMs), count: bytes.readUInt8(offset + 2) };
}

/** Reads what `packSeen` wrote; throws on bytes that end too early. */
export function unpackSeen(packed: Uint8Array): SeenPapers[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const seen: SeenPapers[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const { edition, count } = editionAt(bytes, offset);
    const start = offset + headBytes;
    const hashes = Array.from({ length: count }, (_, index) => bytes.readUInt32BE(start + index * hashBytes));
    seen.push({ edition, hashes });
    offset = start + count * hashBytes;
  }
  return seen;
}
