import { type CalendarDate, dateOf, dayMs, startOf } from '../../domain/calendar-date.js';
import type { SeenHashes, SeenPapers, SeenPlaces } from '../../domain/subscriber/subscriber.js';

/** What rows of earlier versions have: two bytes for the edition's day since 1970, one for the number of hashes. */
const headBytes = 3;
const hashBytes = 4;

/**
 * Packs hashes of seen papers into bytes, for each edition: its day (uint16), the number of its hashes (uint8), the hashes
 * (uint32), all big-endian. Throws when an edition has more than 255.
 */
export function packSeen(seen: readonly SeenHashes[]): Buffer {
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
export function unpackSeen(packed: Uint8Array): SeenHashes[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  const seen: SeenHashes[] = [];
  for (let offset = 0; offset < bytes.length; ) {
    const { edition, count } = editionAt(bytes, offset);
    const start = offset + headBytes;
    const hashes = Array.from({ length: count }, (_, index) => bytes.readUInt32BE(start + index * hashBytes));
    seen.push({ edition, hashes });
    offset = start + count * hashBytes;
  }
  return seen;
}

/** Appends a number from 0 on as LEB128: seven bits a byte, the lowest first, and a high bit where more follow. */
function pushNumber(bytes: number[], value: number): void {
  if (!(Number.isSafeInteger(value) && value >= 0)) throw new RangeError(`${value} cannot be packed`);
  let left = value;
  for (; left > 127; left = Math.floor(left / 128)) bytes.push(128 + (left % 128));
  bytes.push(left);
}

/** An edition has at most 255 places, so that their number is one byte with the days where those are one. */
const mostPlaces = 256;

/**
 * Packs the places of seen papers into bytes, for each edition: 256 times the days since the one before it (the first since
 * 1970), less one, plus the number of places; the first place; what each is above the one before, less one. All in LEB128.
 * Editions and places must ascend.
 */
export function packPlaces(seen: readonly SeenPlaces[]): Buffer {
  const bytes: number[] = [];
  let before = 0;
  for (const { edition, places } of seen) {
    const day = startOf(edition) / dayMs;
    if (places.length >= mostPlaces) throw new RangeError(`${places.length} places cannot be packed`);
    pushNumber(bytes, mostPlaces * (day - before - 1) + places.length);
    places.forEach((place, index) => {
      pushNumber(bytes, place - (places[index - 1] ?? -1) - 1);
    });
    before = day;
  }
  return Buffer.from(bytes);
}

const dates = new Map<number, CalendarDate>();
const mostDates = 1000;

/** The date of a day since 1970: the rows of all subscribers have the same few dozen. */
function dateOfDay(day: number): CalendarDate {
  const known = dates.get(day);
  if (known !== undefined) return known;
  if (dates.size >= mostDates) dates.clear();
  const date = dateOf(day * dayMs);
  dates.set(day, date);
  return date;
}

/** Reads what `packPlaces` wrote; throws on bytes that end too early. */
export function unpackPlaces(packed: Uint8Array): SeenPlaces[] {
  let offset = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = packed[offset];
      if (byte === undefined) throw new RangeError('packed places end too early');
      offset += 1;
      value += (byte % 128) * scale;
      if (byte < 128) return value;
    }
  };
  const seen: SeenPlaces[] = [];
  for (let day = 0; offset < packed.length; ) {
    const head = next();
    day += Math.floor(head / mostPlaces) + 1;
    const places: number[] = [];
    for (let left = head % mostPlaces; left > 0; left -= 1) places.push((places.at(-1) ?? -1) + 1 + next());
    seen.push({ edition: dateOfDay(day), places });
  }
  return seen;
}

/** The days since 1970 of editions that count as seen as a whole, each as a big-endian uint16. */
function packWhole(editions: readonly CalendarDate[]): Buffer {
  const bytes = Buffer.alloc(2 * editions.length);
  for (const [index, edition] of editions.entries()) bytes.writeUInt16BE(startOf(edition) / dayMs, 2 * index);
  return bytes;
}

/** Reads what `packWhole` wrote; throws on bytes that end too early. */
function unpackWhole(packed: Uint8Array): SeenPapers[] {
  const bytes = Buffer.from(packed.buffer, packed.byteOffset, packed.byteLength);
  return Array.from({ length: Math.ceil(bytes.length / 2) }, (_, index) => ({
    edition: dateOfDay(bytes.readUInt16BE(2 * index)),
    isWhole: true,
  }));
}

/** What rows hold of seen papers. */
type Packed<Bytes> = Readonly<Record<'seen' | 'shown' | 'whole', Bytes>>;

/**
 * The attributes that hold seen papers: `seen` for hashes, as rows of earlier versions have them, `shown` for places, `whole`
 * for editions as a whole.
 */
export function seenAttributes(entries: readonly SeenPapers[]): Packed<Buffer | undefined> {
  const seen = packSeen(entries.filter((entry) => 'hashes' in entry));
  const shown = packPlaces(entries.filter((entry) => 'places' in entry));
  const whole = packWhole(entries.flatMap((entry) => ('isWhole' in entry ? [entry.edition] : [])));
  const ifAny = (bytes: Buffer) => (bytes.length > 0 ? bytes : undefined);
  return { seen: ifAny(seen), shown: ifAny(shown), whole: ifAny(whole) };
}

/** Reads what `seenAttributes` made. */
export function readSeen({ seen, shown, whole }: Partial<Packed<Uint8Array>>): SeenPapers[] {
  return [
    ...(seen ? unpackSeen(seen) : []),
    ...(shown ? unpackPlaces(shown) : []),
    ...(whole ? unpackWhole(whole) : []),
  ];
}

/** Whether two lists of seen papers are the same. */
export function isSameSeen(one: readonly SeenPapers[], other: readonly SeenPapers[]): boolean {
  const [a, b] = [seenAttributes(one), seenAttributes(other)];
  const isSame = (x: Buffer | undefined, y: Buffer | undefined) => (x && y ? x.equals(y) : x === y);
  return isSame(a.seen, b.seen) && isSame(a.shown, b.shown) && isSame(a.whole, b.whole);
}
