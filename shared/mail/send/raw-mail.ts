import { type ComposedMail, parseMailbox } from './composed-mail.js';
import { identifierField, mailboxField, textField } from './header-fields.js';
import { type Piece, quotedPrintable } from './quoted-printable.js';

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
  const raw =
    `${headerOf(mail, stamp, boundary)}\r\n--${boundary}\r\n${partHead('plain')}${bodyOf(mail.pieces.text)}` +
    `\r\n--${boundary}\r\n${partHead('html')}${bodyOf(mail.pieces.html)}\r\n--${boundary}--\r\n`;
  // All of it is ASCII by now.
  return Buffer.from(raw, 'latin1');
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
    subjectField(mail.subject),
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

const subjectFields = new Map<string, string>();
const mostSubjects = 1000;

/** Those who get the same best paper for the same topic get the same subject. */
function subjectField(subject: string): string {
  const known = subjectFields.get(subject);
  if (known !== undefined) return known;
  if (subjectFields.size >= mostSubjects) subjectFields.clear();
  const field = textField('Subject', subject);
  subjectFields.set(subject, field);
  return field;
}

function partHead(subtype: 'plain' | 'html'): string {
  return `Content-Type: text/${subtype}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n`;
}

function bodyOf(pieces: readonly Piece[]): string {
  let body = '';
  let last = '';
  for (const piece of pieces) {
    const encoded = typeof piece === 'string' ? quotedPrintable(piece) : piece.encoded;
    if (encoded === '') continue;
    body += last;
    last = encoded;
  }
  return body + withoutSoftEnd(last);
}

/** Nothing follows the last line; only a blank needs a soft break behind it there, as before any line break. */
function withoutSoftEnd(encoded: string): string {
  return /[^ \t]=\r\n$/.test(encoded.slice(-4)) ? encoded.slice(0, -3) : encoded;
}
