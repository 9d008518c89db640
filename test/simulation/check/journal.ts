import type { LifecycleEvent } from '../../../shared/domain/subscriber/consent.js';
import { type KnownStatus, nextStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import type { Refusal } from '../engine/mail-events.js';
import { env } from '../house/functions.js';
import type { Finding, Judged, Story } from './story.js';

/** The status that the journal leads to, read in its order, as a restored table would be brought up to date. */
function replayed({ dynamo }: Judged['world'], subscriber: string): KnownStatus {
  const entries = [...dynamo.table(env.CONSENTS_TABLE).all(subscriber)].flatMap(({ item }) => (item ? [item] : []));
  entries.sort((one, other) => (String(one.sk) < String(other.sk) ? -1 : 1));
  let status: KnownStatus = 'none';
  for (const { event } of entries) {
    const next = nextStatus(status, event as LifecycleEvent);
    // A suppressed one stays so when all else is erased.
    if (next === 'erased') status = status === 'suppressed' ? 'suppressed' : 'none';
    else status = next ?? (event === 'suppressed' ? 'suppressed' : status);
  }
  return status;
}

/**
 * Whether a refusal must have left its mark: a complaint always; a bounce unless nothing was kept of the reader any more, or
 * they confirmed their address after that mail was sent. Clocks that disagree may take it for older than it is.
 */
function holds({ eventType, mailAt, recordedAt }: Refusal, story: Story, skewMs: number): boolean {
  if (eventType === 'Complaint') return true;
  const isBack = story.history.some(
    ({ at, by, after }) =>
      at > mailAt - 2 * skewMs && by.startsWith('serve-pages confirm') && after?.status === 'active',
  );
  return !isBack && story.stateAt(recordedAt) !== undefined && story.lifeAt(recordedAt) === story.lifeAt(mailAt);
}

/** Whether a complaint or a hard bounce holds: after an erasure too, and when the journal is read again. */
export function* judgeJournal(story: Story, { world }: Judged): Generator<Finding> {
  const { reader, last } = story;
  const who = `reader ${reader.number}`;
  const isMarked = last?.status === 'suppressed';
  const refusals = world.refusalsOf(reader.profile.address);
  if (!isMarked && refusals.some((refusal) => holds(refusal, story, world.profile.skewMs))) {
    yield { counts: 'afterLeaving', what: `${who} complained or bounced and ends ${last?.status ?? 'unknown'}` };
  }
  // Entries of clocks that disagree have no certain order.
  if (isMarked && world.profile.skewMs === 0 && replayed(world, reader.id) !== 'suppressed') {
    yield { counts: 'afterLeaving', what: `the journal of ${who}, read again, forgets a complaint or a bounce` };
  }
}
