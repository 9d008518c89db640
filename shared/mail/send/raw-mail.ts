import { type ComposedMail, parseMailbox } from './composed-mail.js';
import { identifierField, mailboxField, textField } from './header-fields.js';
import { type Piece, roomFor, writeText } from './quoted-printable.js';

/** What turns a composed mail into one particular mail; `messageId` is `left@right`. SES replaces both. */
export interface MimeStamp {
  readonly date: Date;
  readonly messageId: string;
}

/**
 * Raw MIME (RFC 2045–2047, 5322): text, then HTML, as alternatives; CRLF only, lines of at most 76 octets but for a
 * header's longer word. The same mail and stamp give the same bytes. No text, whatever is in it, adds a header or a
 * recipient.
 */
export function toMime(mail: ComposedMail, stamp: MimeStamp): Buffer {
  const boundary = boundaryOf(stamp);
  const { text, html } = mail.pieces;
  const head = `${headerOf(mail, stamp, boundary)}\r\n--${boundary}\r\n${partHead('plain')}`;
  const between = `\r\n--${boundary}\r\n${partHead('html')}`;
  const end = `\r\n--${boundary}--\r\n`;
  const room = Buffer.allocUnsafe((head.length + between.length + end.length) * 3 + roomOf(text) + roomOf(html));
  const afterText = writePieces(text, room, room.write(head));
  const afterHtml = writePieces(html, room, afterText + room.write(between, afterText));
  return room.subarray(0, afterHtml + room.write(end, afterHtml));
}

/** Quoted-printable has no `=_`, so that no text can hold this line (RFC 2045, 6.7). */
function boundaryOf({ messageId }: MimeStamp): string {
  return `=_${messageId.replace(/[^A-Za-z0-9._-]/g, '').slice(0, 60)}`;
}

function headerOf(mail: ComposedMail, { date, messageId }: MimeStamp, boundary: string): string {
  const { from, replyTo } = senderFields(mail.from);
  let fields = '';
  for (const [name, value] of Object.entries(mail.headers)) fields += textField(name, value);
  return [
    fields,
    from,
    mailboxField('To', storedAddress.test(mail.to) ? { name: '', address: mail.to } : parseMailbox(mail.to)),
    replyTo,
    textField('Subject', mail.subject),
    identifierField('Message-ID', messageId),
    textField('Date', date.toUTCString().replace('GMT', '+0000')),
    textField('MIME-Version', '1.0'),
    `Content-Type: multipart/alternative;\r\n boundary="${boundary}"\r\n`,
  ].join('');
}

/** An address in the form that is stored: there is nothing to parse. */
const storedAddress = /^[a-z0-9._+-]+@(?:(?!xn--)[a-z0-9-]+\.)+[a-z]+$/;

let lastSender = { of: '', from: '', replyTo: '' };

/** Who it is from, and where answers go: an installation's sender is always the same. */
function senderFields(of: string): typeof lastSender {
  if (lastSender.of !== of) {
    const mailbox = parseMailbox(of);
    const replyTo = mailboxField('Reply-To', { name: '', address: mailbox.address });
    lastSender = { of, from: mailboxField('From', mailbox), replyTo };
  }
  return lastSender;
}

function partHead(subtype: 'plain' | 'html'): string {
  return `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
}

function roomOf(pieces: readonly Piece[]): number {
  let room = 0;
  for (const piece of pieces)
    room += typeof piece === 'string' ? roomFor(Buffer.byteLength(piece)) : piece.encoded.length;
  return room;
}

/** Gives the place behind the pieces, without the soft break that would be the last of them: nothing follows it. */
function writePieces(pieces: readonly Piece[], into: Buffer, start: number): number {
  let at = start;
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      at = writeText(piece, into, at);
    } else {
      into.set(piece.encoded, at);
      at += piece.encoded.length;
    }
  }
  // Before a delimiter as before any line break, a blank needs the soft break behind it.
  const endsSoftly = at > start && into[at - 3] === '='.charCodeAt(0);
  return endsSoftly && !/[ \t]/.test(String.fromCharCode(into[at - 4] ?? 0)) ? at - 3 : at;
}
