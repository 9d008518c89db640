import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { ComposedMail } from '../digest/digest.js';
import { singleLine } from '../layout/plain-text.js';
import { parseMailbox } from './mailbox.js';

/** What makes one mail of a composed one; `messageId` is `left@right`. SES replaces both. */
export interface MimeStamp {
  readonly date: Date;
  readonly messageId: string;
}

function withCrlf(text: string): string {
  return text.replace(/\r\n|\r|\n/g, '\r\n');
}

/**
 * Raw MIME (RFC 2045–2047, 5322): text, then HTML, as alternatives; CRLF only, no line over 998 octets. The same mail
 * and stamp give the same bytes. No text, whatever is in it, adds a header or a recipient.
 */
export async function toMime(mail: ComposedMail, { date, messageId }: MimeStamp): Promise<Buffer> {
  const headers = Object.entries(mail.headers).map(([key, value]) => ({ key, value: singleLine(value) }));
  const composer = new MailComposer({
    from: parseMailbox(mail.from),
    to: parseMailbox(mail.to),
    subject: singleLine(mail.subject),
    text: withCrlf(mail.text),
    html: withCrlf(mail.html),
    date,
    messageId: singleLine(messageId),
    headers,
    encoding: 'quoted-printable',
    baseBoundary: createHash('sha256').update(messageId).digest('hex').slice(0, 32),
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return composer.compile().build();
}
