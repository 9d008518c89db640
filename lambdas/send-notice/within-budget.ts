import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';
import type { UseRight } from './notice-mailer.js';

/** Share of a day's sending quota that strangers may use up through the form. */
const strangersShare = 0.25;

export interface BudgetDeps {
  readonly signups: Pick<SignupRepository, 'takeFromBudget'>;
  readonly quota: () => Promise<SendQuota>;
  readonly mayAskStrangers: SendingGate;
  readonly tally: Pick<TrafficTally, 'note'>;
}

/** How many notices all requests of one hour together may cause; none while the account can send nothing anyway. */
function noticesPerHour({ per24Hours, sentLast24Hours }: SendQuota): number {
  if (sentLast24Hours >= per24Hours) return 0;
  // An account without a limit has an infinite quota, but what is compared in a table must be finite.
  return Math.min(Math.max(1, Math.floor((per24Hours * strangersShare) / 24)), Number.MAX_SAFE_INTEGER);
}

/** Mails only if there is room in the hourly budget that all requests share. */
export function withinBudget<Answer>(
  mail: (useRight: UseRight) => Promise<Answer>,
  now: Instant,
  { signups, quota, mayAskStrangers, tally }: BudgetDeps,
) {
  return async (useRight: UseRight): Promise<Answer | 'put-back'> => {
    if (!(await mayAskStrangers())) return 'put-back';
    if (!(await signups.takeFromBudget(now, noticesPerHour(await quota())))) return 'put-back';
    const result = await mail(useRight);
    if (result === 'mailed') tally.note(now, 'noticesAccepted');
    return result;
  };
}
