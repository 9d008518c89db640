import type { Context } from 'hono';
import { pageVersion } from '../../../shared/contract/page-version.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../../shared/storage/consents-repository.js';

interface ExportDeps {
  readonly consents: Pick<ConsentRepository, 'of'>;
  readonly now: () => Instant;
}

const timeOf = (at: Instant) => new Date(at).toISOString();

/** All that is stored about a subscriber as a file, to be read by people and programs: times in ISO 8601, UTC. */
export async function exportSubscriber(context: Context, { id, state, profile }: Subscriber, deps: ExportDeps) {
  const journal = await deps.consents.of(id);
  const stored = {
    exportedAt: timeOf(deps.now()),
    pageVersion,
    subscriber: id,
    status: state.status,
    ...(state.suppressedBy && { suppressedBy: state.suppressedBy }),
    ...(state.softBounces && { softBounces: state.softBounces }),
    ...(state.pausedUntil !== undefined && { pausedUntil: timeOf(state.pausedUntil) }),
    profile,
    ...(state.claim && { digestOnItsWay: { ...state.claim, at: timeOf(state.claim.at) } }),
    outcomes: state.outcomes,
    seenPapers: state.seen,
    consents: journal.map(({ subscriber: _, at, ...entry }) => ({ at: timeOf(at), ...entry })),
  };
  context.header('Content-Disposition', 'attachment; filename="paperboy.json"');
  context.header('Content-Type', 'application/json; charset=utf-8');
  return context.body(`${JSON.stringify(stored, undefined, 2)}\n`);
}
