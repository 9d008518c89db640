import { pageVersion } from '../../../shared/contract/page-version.js';
import { dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import { nextStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { FormShape } from '../frame/read-form.js';

export const pauseForm: FormShape = { single: ['for'], repeated: [] };

/** How long a pause lasts: seven days, or until its owner ends it. */
export type PauseLength = 'week' | 'open-end';

export interface PauseDigestsDeps {
  readonly subscribers: Pick<SubscriberRepository, 'pause' | 'resume'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly now: () => Instant;
}

/** Stops an active subscriber's digests for a time. */
export async function pauseDigests(
  { subscriber, length }: { subscriber: Subscriber; length: PauseLength },
  deps: PauseDigestsDeps,
): Promise<'paused' | 'refused'> {
  const { id, state } = subscriber;
  if (nextStatus(state.status, 'paused') === undefined) return 'refused';
  const at = deps.now();
  await deps.consents.append({ subscriber: id, event: 'paused', at, cause: 'preferences page', page: pageVersion });
  return deps.subscribers.pause(id, length === 'week' ? at + 7 * dayMs : undefined, at);
}

/** Lets a paused subscriber's digests go on. */
export async function resumeDigests(
  { subscriber }: { subscriber: Subscriber },
  deps: PauseDigestsDeps,
): Promise<'resumed' | 'refused'> {
  const { id, state } = subscriber;
  if (nextStatus(state.status, 'resumed') === undefined) return 'refused';
  const at = deps.now();
  await deps.consents.append({ subscriber: id, event: 'resumed', at, cause: 'preferences page', page: pageVersion });
  return deps.subscribers.resume(id, at);
}
