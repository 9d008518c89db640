import { describeFault } from '../../runtime/describe-fault.js';
import type { ComposedMail } from './composed-mail.js';
import { type MimeStamp, toMime } from './raw-mail.js';
import type { MailSender, SendAnswer } from './ses-sender.js';

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

/** Composes a mail and offers it to SES, again after a pause while SES finds that mails come too fast. */
export async function offerMail(
  compose: () => Promise<StampedMail>,
  { sender, sleep }: OfferDeps,
): Promise<SendAnswer> {
  let raw: Buffer;
  let composed: StampedMail;
  try {
    composed = await compose();
    raw = toMime(composed.mail, composed.stamp);
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
