import { dayMs, type Instant } from '../calendar-date.js';
import type { TrafficCount, TrafficMinute } from './mail-traffic.js';

/** What is halted by itself: digests, or the notices that strangers can cause by typing somebody else's address. */
export const mailSorts = ['digests', 'confirmations'] as const;
export type MailSort = (typeof mailSorts)[number];

interface Limits {
  readonly accepted: TrafficCount;
  readonly bounced: TrafficCount;
  readonly complained: TrafficCount;
  /** Fewer mails say nothing about the sender. */
  readonly fewestMails: number;
}

const limits: Readonly<Record<MailSort, Limits>> = {
  digests: { accepted: 'accepted', bounced: 'bounced', complained: 'complained', fewestMails: 1000 },
  confirmations: {
    accepted: 'noticesAccepted',
    bounced: 'noticesBounced',
    complained: 'noticesComplained',
    fewestMails: 50,
  },
};

/** SES reviews an account at 5 % and 0.1 %: https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html */
const mostBounced = { share: 0.04, fewest: 20 };
const mostComplained = { share: 0.0008, fewest: 3 };

/** Since when mails count for the breaker: for 24 hours, but not from before the admin let sending go on. */
export function countedSince(now: Instant, resumedAt: Instant | undefined): Instant {
  return Math.max(now - dayMs, resumedAt ?? 0);
}

/** Whether so many mails of a sort bounced or were complained of that sending more would cost the sender its reputation. */
export function isTripped(sort: MailSort, minutes: readonly TrafficMinute[]): boolean {
  const { fewestMails, ...names } = limits[sort];
  const sum = (name: TrafficCount) => minutes.reduce((total, minute) => total + (minute[name] ?? 0), 0);
  const accepted = sum(names.accepted);
  const isOver = (count: number, { share, fewest }: typeof mostBounced) => count >= fewest && count >= share * accepted;
  if (accepted < fewestMails) return false;
  return isOver(sum(names.bounced), mostBounced) || isOver(sum(names.complained), mostComplained);
}
