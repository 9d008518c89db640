import { dayMs, type Instant } from '../../calendar-date.js';
import type { TrafficCount, TrafficMinute } from './mail-traffic.js';

/**
 * What is halted or paused, each apart. Too many bounces or complaints halt of the notices only those that strangers can cause, by
 * typing somebody else's address.
 */
export const mailSorts = ['digests', 'notices'] as const;
export type MailSort = (typeof mailSorts)[number];

/** How the mails of a sort fared. */
export interface MailTally {
  readonly accepted: number;
  readonly bounced: number;
  readonly complained: number;
}

const countsOf: Readonly<Record<MailSort, Readonly<Record<keyof MailTally, TrafficCount>>>> = {
  digests: { accepted: 'accepted', bounced: 'bounced', complained: 'complained' },
  notices: { accepted: 'noticesAccepted', bounced: 'noticesBounced', complained: 'noticesComplained' },
};

/** From this share of the accepted mails and this number on. */
interface Limit {
  readonly share: number;
  readonly fewest: number;
}

interface Limits {
  readonly bounced: Limit;
  readonly complained: Limit;
  /** Fewer mails say nothing about the sender. */
  readonly fewestMails: number;
}

/** SES reviews an account at 5 % and 0.1 %: https://docs.aws.amazon.com/ses/latest/dg/faqs-enforcement.html */
const belowReview = { bounced: { share: 0.04, fewest: 20 }, complained: { share: 0.0008, fewest: 3 } };

/** What halts a sort of mails. */
export const breakerLimits: Readonly<Record<MailSort, Limits>> = {
  digests: { ...belowReview, fewestMails: 1000 },
  notices: { ...belowReview, fewestMails: 50 },
};

/** Since when mails count for the breaker: for 24 hours, but not from before the admin let sending go on. */
export function countedSince(now: Instant, resumedAt: Instant | undefined): Instant {
  return Math.max(now - dayMs, resumedAt ?? 0);
}

/** Adds up how the mails of a sort fared. */
export function tallyOf(sort: MailSort, minutes: readonly TrafficMinute[]): MailTally {
  const names = countsOf[sort];
  const sum = (name: TrafficCount) => minutes.reduce((total, minute) => total + (minute[name] ?? 0), 0);
  return { accepted: sum(names.accepted), bounced: sum(names.bounced), complained: sum(names.complained) };
}

/** Whether so many mails of a sort bounced or were complained of that sending more would cost the sender its reputation. */
export function isTripped(sort: MailSort, minutes: readonly TrafficMinute[]): boolean {
  const { accepted, ...unwanted } = tallyOf(sort, minutes);
  const { fewestMails, ...limits } = breakerLimits[sort];
  const isOver = (count: number, { share, fewest }: Limit) => count >= fewest && count >= share * accepted;
  if (accepted < fewestMails) return false;
  return isOver(unwanted.bounced, limits.bounced) || isOver(unwanted.complained, limits.complained);
}
