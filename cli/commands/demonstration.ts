import { dateOf, hourMs, type Instant, startOf } from '../../shared/domain/calendar-date.js';
import { catalogue } from '../../shared/domain/subscriber/catalogue.js';
import type { SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';

/** A subscriber to the whole catalogue who is due in the hour of `now`. */
export function demonstrationSubscriber(now: Instant): SubscriberProfile {
  return {
    address: 'you@example.org',
    timeZone: 'UTC',
    hour: Math.floor((now - startOf(dateOf(now))) / hourMs),
    topics: catalogue.map(({ id }) => ({ catalogueId: id })),
    maxPapers: 10,
  };
}
