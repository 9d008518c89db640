import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { addressUrl, undoDays } from '../../shared/mail/send/installation.js';
import type { Keys } from '../../shared/runtime/keys.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { type MailNotice, type NoticeRights, type SentOnce, sendOnce, type UseRight } from './notice-mailer.js';

interface OwnNoticeDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly signups: NoticeRights;
  readonly keys: () => Promise<Keys>;
  readonly mailNotice: MailNotice;
  readonly now: () => Instant;
}

export interface OwnNoticeReport {
  readonly outcome: SentOnce | 'not-unsubscribed' | 'not-subscribed';
  readonly subscriber: SubscriberId;
}

/**
 * Tells someone who unsubscribed on the page that no more mail comes; nothing goes to those suppressed, erased or back
 * again.
 */
export async function sayGoodbye(
  { subscriber: id }: { readonly subscriber: SubscriberId },
  deps: OwnNoticeDeps,
): Promise<OwnNoticeReport> {
  const [subscriber] = await deps.subscribers.load([id]);
  if (subscriber?.state.status !== 'unsubscribed') return { outcome: 'not-unsubscribed', subscriber: id };
  const now = deps.now();
  const to = subscriber.profile.address;
  const mail = (useRight: UseRight) => {
    const noticeIn: Parameters<MailNotice>[2] = ({ sender, postalAddress, undoUrl, eraseUrl }) => ({
      kind: 'goodbye',
      to,
      undoUrl,
      eraseUrl,
      undoDays,
      sender,
      postalAddress,
    });
    return deps.mailNotice(id, now, noticeIn, useRight);
  };
  const guard = { key: id, at: now, kind: 'goodbye', message: 'goodbye' } as const;
  return { outcome: await sendOnce(guard, mail, deps.signups), subscriber: id };
}

/**
 * Mails the link that begins a change of address to the present one: who holds a forwarded digest, and with it the
 * preferences link, cannot take the subscription along.
 */
export async function mailAddressLink(
  { subscriber: id }: { readonly subscriber: SubscriberId },
  deps: OwnNoticeDeps,
): Promise<OwnNoticeReport> {
  const [subscriber] = await deps.subscribers.load([id]);
  const { status } = subscriber?.state ?? {};
  if (!subscriber || (status !== 'active' && status !== 'paused')) return { outcome: 'not-subscribed', subscriber: id };
  const now = deps.now();
  const { signing } = await deps.keys();
  const mail = (useRight: UseRight) => {
    const noticeIn: Parameters<MailNotice>[2] = ({ sender, postalAddress, pagesUrl }) => ({
      kind: 'address-link',
      to: subscriber.profile.address,
      addressUrl: addressUrl(signing[0], pagesUrl, id, now),
      sender,
      postalAddress,
    });
    return deps.mailNotice(id, now, noticeIn, useRight);
  };
  const guard = { key: id, at: now, kind: 'address-link', message: 'address-link' } as const;
  return { outcome: await sendOnce(guard, mail, deps.signups), subscriber: id };
}
