import { dayMs, hourMs, type Instant } from '../../calendar-date.js';

/**
 * A bounce as SES reports it; any part may be missing.
 * Format: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html, “Bounce object”
 */
interface Bounce {
  readonly bounceType: string;
  readonly bounceSubType?: string | null | undefined;
  readonly bouncedRecipients?: readonly BouncedRecipient[] | null | undefined;
}

/** What the receiving server said about one recipient: an enhanced status code (RFC 3463) and its own words. */
interface BouncedRecipient {
  readonly action?: string | null | undefined;
  readonly status?: string | null | undefined;
  readonly diagnosticCode?: string | null | undefined;
}

/**
 * `hard`: the address takes no mail; `soft`: this mail did not arrive; `reply`: an absence note, which says neither.
 */
type BounceKind = 'hard' | 'soft' | 'reply';

const contentRefusals: readonly unknown[] = ['ContentRejected', 'AttachmentRejected', 'MessageTooLarge'];

/**
 * Permanent failures that are not about the recipient's address: the sender's address (1.7, 1.8), a full mailbox (2.2),
 * a mail that is too long (2.3, 3.4), a host that is full or stopped (3.1, 3.2), a route that is congested, looping or
 * took too long (4.5 to 4.7), content (6) and policy (7). List: https://www.rfc-editor.org/rfc/rfc3463#section-3
 */
const softThoughPermanent = /^5\.(?:1\.[78]|2\.[23]|3\.[124]|4\.[567]|[67]\.\d+)$/;

/** A code at the front of a status field, or among the words of a diagnostic, where an IP address is none. */
const leadingCode = /^\s*([245]\.\d{1,3}\.\d{1,3})(?![.\d])/;
const codeInWords = /(?:^|[\s;:#([-])([245]\.\d{1,3}\.\d{1,3})(?![.\d])/;

/** The most telling code: `5.0.0` says no more than its class, and the server's words may be more exact. */
function codeOf({ status, diagnosticCode }: BouncedRecipient): string | undefined {
  const given = leadingCode.exec(status ?? '')?.[1];
  const said = codeInWords.exec(diagnosticCode ?? '')?.[1];
  return given === undefined || given.endsWith('.0.0') ? (said ?? given) : given;
}

function kindOfCode(code: string): BounceKind {
  if (code.startsWith('2')) return 'reply';
  return code.startsWith('5') && !softThoughPermanent.test(code) ? 'hard' : 'soft';
}

/**
 * Judges a bounce by its recipients' status codes, and by SES's label only where there are none: servers and SES alike
 * call unknown users transient. A refusal of this mail's content is soft, whatever its code. A transient or
 * undetermined bounce without a word from a server is how SES passes absence notes on.
 */
export function kindOfBounce({ bounceType, bounceSubType, bouncedRecipients }: Bounce): BounceKind {
  if (contentRefusals.includes(bounceSubType)) return 'soft';
  const recipients = bouncedRecipients ?? [];
  const kinds = recipients.flatMap((recipient) => codeOf(recipient) ?? []).map(kindOfCode);
  if (kinds.length > 0) {
    if (kinds.every((kind) => kind === 'hard')) return 'hard';
    return kinds.every((kind) => kind === 'reply') ? 'reply' : 'soft';
  }
  if (bounceType === 'Permanent') return 'hard';
  const isSilent = recipients.every(({ action, status, diagnosticCode }) => !action && !status && !diagnosticCode);
  const isUnspecific = bounceType === 'Undetermined' || (bounceSubType ?? 'General') === 'General';
  return isSilent && isUnspecific ? 'reply' : 'soft';
}

/** Soft bounces of one mail after the other. */
export interface SoftBounces {
  readonly count: number;
  /** When the newest mail that bounced was sent. */
  readonly bouncedAt: Instant;
  /** When a mail after it was sent that has not bounced yet. */
  readonly sentAt?: Instant;
}

/** SES tries to deliver for 14 hours; a mail that has not bounced by then counts as delivered. */
const settledAfterMs = 14 * hourMs;

const hasArrivedBefore = ({ sentAt }: SoftBounces, next: Instant) =>
  sentAt !== undefined && next - sentAt >= settledAfterMs;

/** The row with one more mail in it; an older mail's bounce, or the same one told twice, changes nothing. */
export function withSoftBounce(row: SoftBounces | undefined, mailSentAt: Instant): SoftBounces {
  if (row && mailSentAt <= row.bouncedAt) return row;
  const count = row && !hasArrivedBefore(row, mailSentAt) ? row.count + 1 : 1;
  return { count, bouncedAt: mailSentAt };
}

/** The row after a mail was sent: it ends, `undefined`, when the one before that has not bounced. */
export function withMailSent(row: SoftBounces, mailSentAt: Instant): SoftBounces | undefined {
  if (mailSentAt <= row.bouncedAt) return row;
  if (row.sentAt === undefined) return { ...row, sentAt: mailSentAt };
  return hasArrivedBefore(row, mailSentAt) ? undefined : row;
}

/** From the fifth soft bounce in a row on each pauses for a week, and the eighth suppresses: about a month in all. */
export const softBouncePolicy = { pauseFrom: 5, pauseMs: 7 * dayMs, suppressFrom: 8 } as const;
