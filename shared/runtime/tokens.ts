import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** What a signed link, or a form's stamp, may be used for; a token of one scope opens nothing of another. */
export type TokenScope =
  | 'preferences'
  | 'unsubscribe'
  | 'resubscribe'
  | 'day'
  | 'less'
  | 'like'
  | 'form'
  | 'address'
  | 'feed';

/** One signing key; the newest signs, older ones still verify. */
export interface SigningKey {
  readonly id: string;
  readonly secret: Buffer;
}

/** What a verified token says. `issuedOn` counts days since 1970-01-01, for the scopes `address` and `feed` minutes. */
interface TokenClaims {
  readonly subscriber: string;
  readonly issuedOn: number;
}

/** What every field of our own tokens is: a character is a byte, and a byte holds the length. */
const plainField = /^[\x20-\x7e]{0,255}$/;

/** A field behind its length in four bytes, so that no two lists of fields give the same bytes; a character is a byte. */
function withLength(field: string): string {
  if (plainField.test(field)) return `\0\0\0${String.fromCharCode(field.length)}${field}`;
  const size = Buffer.alloc(4);
  size.writeUInt32BE(Buffer.byteLength(field));
  return size.toString('latin1') + Buffer.from(field).toString('latin1');
}

function macOf(key: SigningKey, fields: readonly string[]): string {
  let message = '';
  for (const field of fields) message += withLength(field);
  // One update: each costs as much as hashing a hundred bytes, and a mail has several links.
  return createHmac('sha256', key.secret).update(message, 'latin1').digest('base64url');
}

/** Signs a link's token: `<key id>.<subscriber>.<day>.<mac>`, all characters safe in a URL and a header. */
export function signToken(key: SigningKey, scope: TokenScope, claims: TokenClaims): string {
  const fields = [key.id, claims.subscriber, String(claims.issuedOn)];
  return [...fields, macOf(key, [scope, ...fields])].join('.');
}

/** Reads a token; `undefined` for every other text, a wrong scope, an unknown key, or one older than `maxAge`. */
export function verifyToken(
  keys: readonly SigningKey[],
  scope: TokenScope,
  token: string,
  now: number,
  maxAge: number,
): TokenClaims | undefined {
  const [keyId, subscriber, day, mac, ...rest] = token.split('.');
  if (!keyId || !subscriber || !day || !mac || rest.length > 0 || !/^\d{1,8}$/.test(day)) return undefined;
  const key = keys.find((candidate) => candidate.id === keyId);
  if (!key) return undefined;
  const expected = macOf(key, [scope, keyId, subscriber, day]);
  // Texts are compared, not decoded bytes: base64url has several spellings of the same bytes.
  const given = Buffer.from(mac);
  if (given.length !== expected.length || !timingSafeEqual(given, Buffer.from(expected))) return undefined;
  const issuedOn = Number(day);
  return now - issuedOn > maxAge || issuedOn > now + 1 ? undefined : { subscriber, issuedOn };
}

/** What is stored of a confirmation link's random part, a SHA-256: a table that leaks opens no subscription. */
export function confirmationHash(random: string): string {
  return createHash('sha256').update(random).digest('hex');
}
