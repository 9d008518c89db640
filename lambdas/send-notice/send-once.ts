import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import type { NoticeKind, SignupRepository } from '../../shared/storage/signups-repository.js';
import type { NoticeResult } from './notice-mailer.js';

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
 * write, taken before anything else, so that a crash behind it loses this mail and none is ever sent twice. When the mail
 * was for certain not sent, the right goes back: `mail` answers `put-back` for one that waits, and `unsent` or a throw let
 * the queue deliver the message again. So `mail` must not throw once SES may have taken the mail.
 */
export async function sendOnce<Answer>(
  { key, at, kind }: NoticeGuard,
  mail: () => Promise<Answer | 'unsent'>,
  rights: NoticeRights,
): Promise<Answer | Refused> {
  const right = await rights.takeNotice(key, at, kind);
  if (right !== 'allowed') return right;
  const giveBack = () => rights.giveBack(key, at, kind);
  let result: Answer | 'unsent';
  try {
    result = await mail();
  } catch (error) {
    await giveBack();
    throw error;
  }
  if (result === 'unsent' || result === 'put-back') await giveBack();
  if (result === 'unsent') throw new Error('SES takes no mail for now: a notice was not sent');
  return result;
}
