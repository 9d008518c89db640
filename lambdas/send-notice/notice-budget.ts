import type { SendQuota } from '../../shared/mail/send/ses-sender.js';

/** Share of a day's sending quota that strangers may cause by the form. */
const share = 0.25;

/** How many notices all requests of one hour together may cause; none while the account can send nothing anyway. */
export function noticesPerHour({ per24Hours, sentLast24Hours }: SendQuota): number {
  if (sentLast24Hours >= per24Hours) return 0;
  // No limit is a number too: what is compared in a table must be finite.
  return Math.min(Math.max(1, Math.floor((per24Hours * share) / 24)), Number.MAX_SAFE_INTEGER);
}
