import type { MailEvent } from '../../shared/contract/events.js';
import { calendarDate, subscriberId } from '../../shared/contract/ids.js';
import { mailTags } from '../../shared/contract/mail-tags.js';
import type { CalendarDate, Instant } from '../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import type { ConsentRepository } from '../../shared/storage/consents-repository.js';
import type { RunRepository } from '../../shared/storage/runs-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';

export interface RecordMailEventsDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load' | 'record' | 'amend' | 'stop'>;
  readonly runs: Pick<RunRepository, 'noteMailEvents'>;
  readonly consents: Pick<ConsentRepository, 'append'>;
  readonly now: () => Instant;
}

export interface MailEventReport {
  readonly event: string;
  readonly outcome: 'settled' | 'suppressed' | 'rejected' | 'nothing-open' | 'not-ours' | 'unknown-subscriber';
}

/**
 * Records what SES reports about one mail: any event of a sent mail settles its open claim, a hard bounce or a
 * complaint suppresses the subscriber, a rejection turns `sent` into `failed`. Recording an event twice changes
 * nothing.
 */
export async function recordMailEvent(event: MailEvent, deps: RecordMailEventsDeps): Promise<MailEventReport> {
  const id = subscriberId.safeParse(event.mail.tags?.[mailTags.subscriber]?.[0]).data;
  const report = (outcome: MailEventReport['outcome']) => ({ event: event.eventType, outcome });
  if (!id) return report('not-ours');
  if (event.eventType === 'Send') await deps.runs.noteMailEvents(Date.parse(event.mail.timestamp));
  const [subscriber] = await deps.subscribers.load([id]);
  if (!subscriber) return report('unknown-subscriber');

  const edition = calendarDate.safeParse(event.mail.tags?.[mailTags.edition]?.[0]).data;
  const settled = await settleClaim(subscriber, edition, event, deps);
  if (isLastMail(event)) {
    await suppress(subscriber, event, deps);
    return report('suppressed');
  }
  if (event.eventType === 'Reject') {
    if (edition) await deps.subscribers.amend(id, edition, 'failed');
    return report('rejected');
  }
  return report(settled ? 'settled' : 'nothing-open');
}

/** Whether the address accepts no mail, or its owner wants none. */
function isLastMail(event: MailEvent): boolean {
  return event.eventType === 'Complaint' || (event.eventType === 'Bounce' && event.bounce?.bounceType === 'Permanent');
}

/** Journals the suppression before it is done: a crash in between leaves one entry too many rather than one too few. */
async function suppress({ id, state }: Subscriber, event: MailEvent, deps: RecordMailEventsDeps): Promise<void> {
  if (state.status === 'suppressed') return;
  await deps.consents.append({
    subscriber: id,
    event: 'suppressed',
    at: Date.parse(event.mail.timestamp),
    cause: event.eventType === 'Bounce' ? 'bounce' : 'complaint',
  });
  await deps.subscribers.stop(id, 'suppressed', deps.now());
}

/** Any event of a mail shows that SES took it; an event of the first attempt settles a second one too. */
async function settleClaim(
  subscriber: Subscriber,
  edition: CalendarDate | undefined,
  event: MailEvent,
  deps: RecordMailEventsDeps,
): Promise<boolean> {
  const { claim } = subscriber.state;
  const attempt = Number(event.mail.tags?.[mailTags.attempt]?.[0]);
  if (!claim || claim.edition !== edition || !(attempt <= claim.attempt)) return false;
  return (await deps.subscribers.record(subscriber, 'sent', claim)) === 'recorded';
}
