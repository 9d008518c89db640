import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import type { MailNotice } from './notice-mailer.js';
import { type NoticeRights, type SentOnce, sendOnce } from './send-once.js';

export interface SayGoodbyeDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly signups: NoticeRights;
  readonly mailNotice: MailNotice;
  readonly now: () => Instant;
}

export interface GoodbyeReport {
  readonly outcome: SentOnce | 'not-unsubscribed';
  readonly subscriber: SubscriberId;
}

/** Tells somebody who left by the page that no further mail comes; who is suppressed, erased or back gets nothing. */
export async function sayGoodbye(
  { subscriber: id }: { readonly subscriber: SubscriberId },
  deps: SayGoodbyeDeps,
): Promise<GoodbyeReport> {
  const [subscriber] = await deps.subscribers.load([id]);
  if (subscriber?.state.status !== 'unsubscribed') return { outcome: 'not-unsubscribed', subscriber: id };
  const now = deps.now();
  const to = subscriber.profile.address;
  const mail = () =>
    deps.mailNotice(id, now, ({ sender, postalAddress, pagesUrl }) => ({
      kind: 'goodbye',
      to,
      formUrl: `${pagesUrl}/`,
      sender,
      postalAddress,
    }));
  return { outcome: await sendOnce({ key: id, at: now, kind: 'goodbye' }, mail, deps.signups), subscriber: id };
}
