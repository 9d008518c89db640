import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { SubscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import type { SubscriberCounts } from './facts.js';

/** Before anybody is counted. */
export const nobody: SubscriberCounts = {
  active: 0,
  paused: 0,
  pending: 0,
  moving: 0,
  unsubscribed: 0,
  bounced: 0,
  suppressed: 0,
  unreadable: 0,
};

/** Counts subscribers by where they stand, by reading their whole table; `onPage` hears how many each page had. */
export async function countSubscribers(
  register: Pick<SubscriberRegister, 'everybody'>,
  now: Instant,
  onPage: (subscribers: number) => void = () => undefined,
): Promise<SubscriberCounts> {
  const counts: Record<keyof SubscriberCounts, number> = { ...nobody };
  const tellUnreadable = () => {
    counts.unreadable += 1;
  };
  for await (const page of register.everybody(now, tellUnreadable)) {
    for (const { standing } of page) if (standing !== 'none') counts[standing] += 1;
    onPage(page.length);
  }
  return counts;
}
