/** A piece of a mail's text that many mails share: encoded once, and copied into each. */
export interface SharedPiece {
  readonly text: string;
  /** Quoted-printable; begins and ends with a line of the mail, so that any piece may stand before and behind it. */
  readonly encoded: Buffer;
}

/** A piece of a mail's text: one reader's own, or shared. */
export type Piece = string | SharedPiece;

/** The text of pieces in a row. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

/** Encodes a piece for all mails that will share it; a line break must not be cut in two by the piece's border. */
export function sharedPiece(text: string): SharedPiece {
  const bytes = Buffer.from(text);
  const room = Buffer.allocUnsafe(roomFor(bytes.length));
  // A copy of its own size: the pieces of an edition are kept for as long as it is mailed.
  return { text, encoded: Buffer.from(room.subarray(0, writeEncoded(bytes, bytes.length, room, 0))) };
}

/** Most octets that a text of so many bytes takes when it is encoded. */
export function roomFor(bytes: number): number {
  // Three columns for a byte, 72 of them in a line, and the soft break behind them.
  return bytes * 3 + (Math.floor(bytes / 24) + 1) * softBreak;
}

const softBreak = 3;
/** RFC 2045, 6.7: a line has at most 76 columns; the last is left to the `=` of a soft break. */
const columns = 75;
const hexDigits = Buffer.from('0123456789ABCDEF');
const [tab, lineFeed, carriageReturn, space, equals, tilde] = [0x09, 0x0a, 0x0d, 0x20, 0x3d, 0x7e];

/**
 * Writes the first `length` bytes of a text as quoted-printable (RFC 2045, 6.7), from the start of a line on, and ends
 * in a line break, a soft one unless the text has one there. Each line break of the text becomes CRLF. Gives the place
 * behind what was written.
 */
export function writeEncoded(bytes: Uint8Array, length: number, into: Buffer, start: number): number {
  let at = start;
  let column = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === lineFeed || byte === carriageReturn) {
      if (byte === carriageReturn && bytes[index + 1] === lineFeed && index + 1 < length) index += 1;
      at = writeBreak(into, at);
      column = 0;
      continue;
    }
    const isPlain = isLiteral(byte) && !(byte <= space && isBreak(bytes, index + 1, length));
    if (column + (isPlain ? 1 : 3) > columns) {
      into[at] = equals;
      at = writeBreak(into, at + 1);
      column = 0;
    }
    if (isPlain) {
      into[at] = byte;
      at += 1;
      column += 1;
    } else {
      into[at] = equals;
      into[at + 1] = hexDigits[byte >> 4] ?? 0;
      into[at + 2] = hexDigits[byte & 15] ?? 0;
      at += 3;
      column += 3;
    }
  }
  if (column === 0) return at;
  into[at] = equals;
  return writeBreak(into, at + 1);
}

function writeBreak(into: Buffer, at: number): number {
  into[at] = carriageReturn;
  into[at + 1] = lineFeed;
  return at + 2;
}

function isLiteral(byte: number): boolean {
  return (byte >= space && byte <= tilde && byte !== equals) || byte === tab;
}

/** A blank at the end of a line would not survive every relay. */
function isBreak(bytes: Uint8Array, index: number, length: number): boolean {
  return index < length && (bytes[index] === lineFeed || bytes[index] === carriageReturn);
}

const scratch = { bytes: Buffer.allocUnsafe(4096) };

/** Writes a reader's own text as `writeEncoded` does. */
export function writeText(text: string, into: Buffer, at: number): number {
  // UTF-8 has at most three bytes for a UTF-16 unit.
  if (scratch.bytes.length < text.length * 3) scratch.bytes = Buffer.allocUnsafe(text.length * 6);
  return writeEncoded(scratch.bytes, scratch.bytes.write(text), into, at);
}
