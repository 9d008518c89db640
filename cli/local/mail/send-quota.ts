import { dayMs } from '../../../shared/domain/calendar-date.js';
import { CallError } from '../api-call.js';
import type { StoredMail } from './mail-store.js';

/** What an account may send. */
export interface SendQuota {
  readonly max24Hour: number;
  readonly perSecond: number;
}

/** Recipients of the last 24 hours of the house's clock. */
export function sentLast24Hours(mails: readonly StoredMail[], now: number): number {
  let sent = 0;
  for (let index = mails.length - 1; index >= 0; index -= 1) {
    const mail = mails[index];
    if (!mail || mail.at <= now - dayMs) break;
    sent += mail.to.length;
  }
  return sent;
}

/** Makes the check that each send passes first; it throws SES's own throttling errors. The rate is one of real seconds. */
export function quotaCheck(quota: SendQuota, mails: readonly StoredMail[]): (recipients: number, now: number) => void {
  let recent: number[] = [];
  return (recipients, now) => {
    if (sentLast24Hours(mails, now) + recipients > quota.max24Hour) {
      throw new CallError('Throttling', 'Daily message quota exceeded.');
    }
    const second = performance.now() - 1000;
    recent = recent.filter((at) => at > second);
    if (recent.length + recipients > quota.perSecond)
      throw new CallError('Throttling', 'Maximum sending rate exceeded.');
    for (let each = 0; each < recipients; each += 1) recent.push(performance.now());
  };
}
