import type { RequestOrigin } from '../../shared/contract/messages.js';
import type { SendingGate } from '../../shared/delivery/sending-gate.js';
import type { TrafficTally } from '../../shared/delivery/traffic-tally.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import { isOneOfMany, sharesOf } from '../../shared/domain/subscriber/sign-up/fair-shares.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import type { AskedPlace, RequestRepository } from '../../shared/storage/requests-repository.js';
import type { UseRight } from './notice-mailer.js';

/** Share of a day's sending quota that strangers may use up through the form. */
const strangersShare = 0.25;

export interface BudgetDeps {
  readonly requests: Pick<RequestRepository, 'crowdOf' | 'takeFromBudget'>;
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

/** Who asks for a place in the budget: when they asked, and where they came from. */
export interface Asker {
  readonly requestedAt: Instant;
  /** Absent for requests of earlier versions. */
  readonly origin?: RequestOrigin | undefined;
}

/** The place that a request asks for: whether it is one of many is judged now, when more of them may have come. */
async function placeOf(
  { requestedAt, origin }: Asker,
  now: Instant,
  requests: BudgetDeps['requests'],
): Promise<AskedPlace> {
  if (!origin) return { lane: 'proven', isOneOfMany: false };
  return { ...origin, isOneOfMany: isOneOfMany(await requests.crowdOf(origin, requestedAt, now)) };
}

/**
 * Mails only if there is room in the hourly budget that all requests share: `put-back` when there is none for anybody,
 * `crowded` when there is none for one of so many from where it came.
 */
export function withinBudget<Answer>(
  mail: (useRight: UseRight) => Promise<Answer>,
  now: Instant,
  asker: Asker,
  { requests, quota, mayAskStrangers, tally }: BudgetDeps,
) {
  return async (useRight: UseRight): Promise<Answer | 'put-back' | 'crowded'> => {
    if (!(await mayAskStrangers())) return 'put-back';
    const place = await placeOf(asker, now, requests);
    const taken = await requests.takeFromBudget(now, place, sharesOf(noticesPerHour(await quota())));
    if (taken !== 'taken') return taken === 'full' ? 'put-back' : 'crowded';
    const result = await mail(useRight);
    if (result === 'mailed') tally.note(now, 'noticesAccepted');
    return result;
  };
}
