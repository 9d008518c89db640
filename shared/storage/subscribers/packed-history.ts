import * as z from 'zod/mini';
import { calendarDate } from '../../contract/ids.js';
import { type CalendarDate, dateOf, dayMs, startOf } from '../../domain/calendar-date.js';
import { outcomes } from '../../domain/subscriber/outcome.js';
import type { EditionOutcome, SeenPapers } from '../../domain/subscriber/subscriber.js';

/** Two bytes for the edition's day since 1970 (enough until 2149), one for the number of hashes. */
const headBytes = 3;
const hashBytes = 4;

/**
 * Packs seen papers into bytes, for each edition: its day (uint16), the number of its hashes (uint8), the hashes
 * (uint32), all big-endian. Throws when an edition has more than 255.
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

const keptOutcomes = 7;

const storedOutcome = z.object({ edition: calendarDate, outcome: z.enum(outcomes), batch: z.string() });

/** The outcomes with one more, in the order of their editions; the last seven are kept. */
export function withOutcome(kept: readonly EditionOutcome[], added: EditionOutcome): EditionOutcome[] {
  const others = kept.filter(({ edition }) => edition !== added.edition);
  return [...others, added].sort((a, b) => (a.edition < b.edition ? -1 : 1)).slice(-keptOutcomes);
}

/** The slot of a batch's id, `<slot>#<seq4>`. */
const slotIn = (batch = '') => batch.slice(0, Math.max(0, batch.lastIndexOf('#')));

/**
 * One line `<edition> <outcome> <batch>` each, which is short, and a condition compares them at once. A batch of the
 * same slot as the one before it is written without the slot, `#<seq4>`. `undefined` when there are none.
 */
export function outcomesText(kept: readonly EditionOutcome[]): string | undefined {
  if (kept.length === 0) return undefined;
  const lines = kept.map(({ edition, outcome, batch }, index) => {
    const isSameSlot = index > 0 && slotIn(batch) === slotIn(kept[index - 1]?.batch);
    return `${edition} ${outcome} ${isSameSlot ? batch.slice(slotIn(batch).length) : batch}`;
  });
  return lines.join('\n');
}

/** Reads what `outcomesText` wrote. */
export function readOutcomes(text: string | undefined): EditionOutcome[] {
  let slot = '';
  return (text?.split('\n') ?? []).map((line) => {
    const [edition, outcome, written = ''] = line.split(' ');
    const batch = written.startsWith('#') ? slot + written : written;
    slot = slotIn(batch);
    return z.parse(storedOutcome, { edition, outcome, batch });
  });
}
