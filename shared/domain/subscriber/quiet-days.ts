import type { Outcome } from './outcome.js';
import type { Claim, SubscriberState } from './subscriber.js';

/** After so many editions in a row that ended `unmatched`, the next one without matches brings a still-here mail. */
export const quietEditionsBeforeNote = 7;

/** How many editions in a row have ended `unmatched` after one more that ended so or otherwise; `undefined` for none. */
export function quietEditionsAfter(before: number | undefined, outcome: Outcome): number | undefined {
  return outcome === 'unmatched' ? Math.min(quietEditionsBeforeNote, (before ?? 0) + 1) : undefined;
}

/** Whether a further edition without matches brings a still-here mail. */
export function isNoteDue({ quietEditions = 0 }: Pick<SubscriberState, 'quietEditions'>): boolean {
  return quietEditions >= quietEditionsBeforeNote;
}

/** How an edition ends when the mail of its claim was sent. */
export function outcomeOnceSent({ kind }: Claim): 'sent' | 'quiet-noted' {
  return kind === 'still-here' ? 'quiet-noted' : 'sent';
}
