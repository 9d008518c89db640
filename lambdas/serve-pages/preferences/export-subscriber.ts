import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { SoftBounces } from '../../../shared/domain/subscriber/bounce.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';

export interface ExportSubscriberDeps {
  readonly consents: Pick<ConsentRepository, 'of'>;
  readonly now: () => Instant;
}

const timeOf = (at: Instant) => new Date(at).toISOString();

/** How many mails in a row came back, and when the newest of them was sent. */
const exportedBounces = ({ count, bouncedAt }: SoftBounces) => ({ count, newestSentAt: timeOf(bouncedAt) });

/** All that is kept of a subscriber, to be read by people and programs: times in ISO 8601, UTC. */
export async function exportSubscriber({ id, state, profile }: Subscriber, { consents, now }: ExportSubscriberDeps) {
  const journal = await consents.of(id);
  return {
    exportedAt: timeOf(now()),
    pageVersion,
    subscriber: id,
    status: state.status,
    ...(state.suppressedBy && { suppressedBy: state.suppressedBy }),
    ...(state.softBounces && { softBounces: exportedBounces(state.softBounces) }),
    ...(state.pausedUntil !== undefined && { pausedUntil: timeOf(state.pausedUntil) }),
    profile,
    ...(state.claim && { digestOnItsWay: { ...state.claim, at: timeOf(state.claim.at) } }),
    outcomes: state.outcomes,
    seenPapers: state.seen,
    consents: journal.map(({ subscriber: _, at, ...entry }) => ({ at: timeOf(at), ...entry })),
  };
}
