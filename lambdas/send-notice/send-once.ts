import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber.js';
import type { SignupRepository } from '../../shared/storage/signups-repository.js';
import type { NoticeResult } from './notice-mailer.js';

type NoticeKind = Parameters<SignupRepository['takeNotice']>[2];

/** Who alone gets the right to send one notice. */
export interface NoticeGuard {
  readonly key: SubscriberId;
  readonly at: Instant;
  readonly kind: NoticeKind;
}

export type NoticeRights = Pick<SignupRepository, 'takeNotice' | 'giveBack'>;

/** Another delivery of the message, or another request, has the right. */
type Refused = Exclude<Awaited<ReturnType<NoticeRights['takeNotice']>>, 'allowed'>;

/** How one notice ended. */
export type SentOnce = Exclude<NoticeResult, 'unsent'> | Refused;

/**
 * Sends one notice, however often and however many times at once it is asked for: the right to send is one conditional
 * write, taken before anything else, so that a crash behind it loses this mail and none is ever sent twice. When SES has
 * for certain not taken the mail, the right goes back and the throw lets the queue deliver the message again.
 */
export async function sendOnce<Answer>(
  { key, at, kind }: NoticeGuard,
  mail: () => Promise<Answer | 'unsent'>,
  rights: NoticeRights,
): Promise<Answer | Refused> {
  const right = await rights.takeNotice(key, at, kind);
  if (right !== 'allowed') return right;
  const result = await mail();
  if (result !== 'unsent') return result;
  await rights.giveBack(key, at, kind);
  throw new Error('SES takes no mail for now: a notice was not sent');
}

/**
 * Guards notices that the subscriber's own acts bring about: one of each kind in 24 hours, counted in a row of its own,
 * because the subscriber's ordinary row limits what strangers cause, and would refuse who comes back on the same day. The
 * queue gives a message up long before that.
 */
export function ownGuard(notice: 'welcome' | 'goodbye', subscriber: SubscriberId, at: Instant): NoticeGuard {
  return { key: `${subscriber}#${notice}` as SubscriberId, at, kind: 'reminder' };
}
