import { mailTags } from '../../shared/contract/mail-tags.js';
import type { ComposeDigest } from '../../shared/delivery/digest-mailer.js';
import { type Instant, startOf } from '../../shared/domain/calendar-date.js';
import { nextDue } from '../../shared/domain/subscriber/slot.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { comingTimeInWords } from '../../shared/domain/text/time-in-words.js';
import type { SubscriberLinks } from '../../shared/mail/layout/footer-view.js';
import { composeNotice } from '../../shared/mail/notice/compose-notice.js';
import type { Notice } from '../../shared/mail/notice/notice.js';
import type { ComposedMail } from '../../shared/mail/send/composed-mail.js';
import {
  type Installation,
  type LeaverLinks,
  leaverLinks,
  listIdOf,
  pagesHost,
  subscriberLinks,
} from '../../shared/mail/send/installation.js';
import { offerMail } from '../../shared/mail/send/offer-mail.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { NoticeKind, SignupRepository } from '../../shared/storage/signups-repository.js';

/** What a notice takes from the installation, and its receiver's own links. */
interface NoticeFrame extends SubscriberLinks, LeaverLinks {
  readonly sender: string;
  readonly postalAddress: string;
  readonly pagesUrl: string;
  readonly listId: string;
}

/**
 * `unsent`: certainly not sent, may be tried again; `in-doubt`: may have been sent, so it is never tried again; `in-hand`:
 * another delivery of the message has the right by now.
 */
export type NoticeResult = 'mailed' | 'rejected' | 'in-doubt' | 'unsent' | 'in-hand';

/** Uses up the right to send, just before the mail is offered; `false` if another delivery has it by now. */
export type UseRight = () => Promise<boolean>;

/**
 * Composes one notice to a subscriber and offers it to SES; its tag lets a bounce or a complaint find the
 * subscriber.
 */
export type MailNotice = (
  subscriber: SubscriberId,
  at: Instant,
  noticeIn: (frame: NoticeFrame) => Notice,
  useRight: UseRight,
) => Promise<NoticeResult>;

export interface NoticeMailerDeps extends Installation {
  readonly warn: (message: string, what: object) => void;
}

/** Makes the mailer of one installation. */
export function noticeMailer(deps: NoticeMailerDeps): MailNotice {
  return async (subscriber, at, noticeIn, useRight) => {
    const { signing } = await deps.keys();
    const { pagesUrl, postalAddress, from: sender } = deps;
    const links = {
      ...subscriberLinks(signing[0], pagesUrl, subscriber, at),
      ...leaverLinks(signing[0], pagesUrl, subscriber, at),
    };
    const notice = noticeIn({ ...links, sender, postalAddress, pagesUrl, listId: listIdOf(deps) });
    const messageId = `${notice.kind}.${at}.${subscriber}@${pagesHost(deps)}`;
    const ids = { subscriber, notice: notice.kind };
    let mail: ComposedMail;
    try {
      mail = composeNotice(notice);
    } catch (error) {
      throw new Error(`a notice could not be composed: ${describeFault(error)}`);
    }
    if (!(await useRight())) return 'in-hand';
    const stamp = { date: new Date(at), messageId };
    const answer = await offerMail(
      async () => ({ mail, stamp, tags: { [mailTags.subscriber]: subscriber, [mailTags.feedbackKind]: notice.kind } }),
      deps,
    );
    switch (answer.kind) {
      case 'accepted':
        return 'mailed';
      case 'rejected':
        deps.warn('a notice cannot be sent', { ...ids, reason: answer.reason });
        return 'rejected';
      case 'lost':
        deps.warn('the reply was lost; a notice may have been sent and is not sent again', {
          ...ids,
          reason: answer.reason,
        });
        return 'in-doubt';
      case 'not-composed':
        throw new Error(`a notice could not be composed: ${answer.reason}`);
      default:
        return 'unsent';
    }
  };
}

/** Makes a subscriber's first digest: the same parts, below a welcome that says when the next one comes. */
export function composeWelcome(publishHour: number): ComposeDigest {
  return (digest, parts, { state, profile: { timeZone, quietDays } }) => {
    // Of the instant at which it was claimed: composed again, the mail is the same.
    const at = state.claim?.at ?? startOf(digest.edition);
    const next = comingTimeInWords(nextDue(state.slot, at, publishHour, digest.edition), at, timeZone);
    return composeNotice({ kind: 'welcome', ...digest, next, ...(quietDays && { quietDays }), digest }, parts);
  };
}

/** What the right to send one notice is held for. */
interface NoticeGuard {
  readonly key: SubscriberId;
  readonly at: Instant;
  readonly kind: NoticeKind;
  /** Tells the message that asks for it from others: when it comes again, it may go on where it died. */
  readonly message: string;
}

export type NoticeRights = Pick<SignupRepository, 'takeNotice' | 'useRight' | 'giveBack'>;

/** Another delivery of the message, or another request, already has the right. */
type Refused = Exclude<Awaited<ReturnType<NoticeRights['takeNotice']>>, 'allowed'>;

/** How one notice ended. */
export type SentOnce = Exclude<NoticeResult, 'unsent'> | Refused;

/**
 * Sends one notice once, however often and however concurrently it is asked for: the right to send is one conditional
 * write, taken before anything else and used up by another just before the mail is offered. A crash in between is made
 * good by the same message when it comes again; none is ever sent twice. If the mail was certainly not sent, the right is
 * given back: `mail` answers `put-back` or `crowded` for one that waits, and `unsent` or a throw lets the queue deliver the message
 * again. So `mail` must not throw once SES may have taken the mail.
 */
export async function sendOnce<Answer>(
  { key, at, kind, message }: NoticeGuard,
  mail: (useRight: UseRight) => Promise<Answer | 'unsent'>,
  rights: NoticeRights,
): Promise<Answer | Refused> {
  const right = await rights.takeNotice(key, at, kind, message);
  if (right !== 'allowed') return right;
  const giveBack = () => rights.giveBack(key, at, kind);
  let result: Answer | 'unsent';
  try {
    result = await mail(() => rights.useRight(key, at, kind));
  } catch (error) {
    await giveBack();
    throw error;
  }
  if (result === 'unsent' || result === 'put-back' || result === 'crowded') await giveBack();
  if (result === 'unsent') throw new Error('SES takes no mail for now: a notice was not sent');
  return result;
}
