import { createHash } from 'node:crypto';
import MailComposer from 'nodemailer/lib/mail-composer';
import { describeFault } from '../../runtime/describe-fault.js';
import { singleLine } from '../layout/plain-text.js';
import { type ComposedMail, parseMailbox } from './composed-mail.js';
import type { MailSender, SendAnswer } from './ses-sender.js';

/** What turns a composed mail into one particular mail; `messageId` is `left@right`. SES replaces both. */
interface MimeStamp {
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

/** Pauses before a mail is offered again after SES said that mails come too fast, in milliseconds. */
const throttlePausesMs = [1000, 2000, 4000];

/** A mail that is ready to be sent. */
export interface StampedMail {
  readonly mail: ComposedMail;
  readonly stamp: MimeStamp;
  /** `[A-Za-z0-9_-]`, at most 256 characters each. */
  readonly tags: Readonly<Record<string, string>>;
}

export interface OfferDeps {
  readonly sender: Pick<MailSender, 'send'>;
  readonly sleep: (ms: number) => Promise<unknown>;
}

/** What became of an offer; `not-composed`: the fault is ours, SES was offered nothing, and it may be tried again. */
export type OfferAnswer = SendAnswer | { readonly kind: 'not-composed'; readonly reason: string };

/** Composes a mail and offers it to SES, again after a pause while SES finds that mails come too fast. */
export async function offerMail(
  compose: () => Promise<StampedMail>,
  { sender, sleep }: OfferDeps,
): Promise<OfferAnswer> {
  let raw: Buffer;
  let composed: StampedMail;
  try {
    composed = await compose();
    raw = await toMime(composed.mail, composed.stamp);
  } catch (error) {
    return { kind: 'not-composed', reason: describeFault(error) };
  }
  const { mail, tags } = composed;
  const send = () => sender.send(raw, mail.to, mail.from, tags);
  let answer = await send();
  for (const pauseMs of throttlePausesMs) {
    if (answer.kind !== 'throttled') break;
    await sleep(pauseMs);
    answer = await send();
  }
  return answer;
}
