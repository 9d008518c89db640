/** A piece of a mail's text that many mails share: encoded once, and copied into each. */
export interface SharedPiece {
  readonly text: string;
  /** As `quotedPrintable` gives it. */
  readonly encoded: string;
}

/** A piece of a mail's text: one reader's own, or shared. */
export type Piece = string | SharedPiece;

/** The text of pieces in a row. */
export function textOf(pieces: readonly Piece[]): string {
  return pieces.map((piece) => (typeof piece === 'string' ? piece : piece.text)).join('');
}

/** Encodes a piece for all mails that will share it. */
export function sharedPiece(text: string): SharedPiece {
  return { text, encoded: quotedPrintable(text) };
}

/** RFC 2045, 6.7: a line has at most 76 columns; the last is left to the `=` of a soft break. */
const columns = 75;
const hexDigits = Buffer.from('0123456789ABCDEF');
const [tab, lineFeed, carriageReturn, space, equals, tilde] = [0x09, 0x0a, 0x0d, 0x20, 0x3d, 0x7e];

let source = Buffer.alloc(0);
let target = Buffer.alloc(0);

/**
 * A text as quoted-printable (RFC 2045, 6.7) that begins a line and ends one, by a soft break unless the text has a
 * break there: so any other may stand before and behind it. Each line break of the text becomes CRLF; one must not be
 * cut in two by the text's border.
 */
export function quotedPrintable(text: string): string {
  // UTF-8 has at most three bytes for a UTF-16 unit; a byte takes three columns at most, of which 72 fit in a line with
  // the three of its soft break.
  if (source.length < text.length * 3) {
    source = Buffer.allocUnsafeSlow(text.length * 3 + 1024);
    target = Buffer.allocUnsafeSlow(Math.ceil((source.length * 3 * 75) / 72) + 3);
  }
  return target.toString('latin1', 0, encode(source, source.write(text), target));
}

function encode(bytes: Uint8Array, length: number, into: Buffer): number {
  let at = 0;
  let column = 0;
  for (let index = 0; index < length; index += 1) {
    const byte = bytes[index] ?? 0;
    if (byte === lineFeed || byte === carriageReturn) {
      if (byte === carriageReturn && index + 1 < length && bytes[index + 1] === lineFeed) index += 1;
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
