import { mailTags } from '../../shared/contract/mail-tags.js';
import type { ComposeDigest } from '../../shared/delivery/digest-mailer.js';
import type { Instant } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber/subscriber.js';
import { composeNotice } from '../../shared/mail/notice/compose-notice.js';
import type { Notice } from '../../shared/mail/notice/notice.js';
import {
  type Installation,
  listIdOf,
  pagesHost,
  type SubscriberLinks,
  subscriberLinks,
} from '../../shared/mail/send/installation.js';
import { offerMail } from '../../shared/mail/send/offer-mail.js';

/** What a notice takes from the installation and from its receiver's keys. */
export interface NoticeFrame extends SubscriberLinks {
  readonly sender: string;
  readonly postalAddress: string;
  readonly pagesUrl: string;
  readonly listId: string;
}

/** `unsent`: for certain not sent, may be tried again; `in-doubt`: nobody knows, so it is never tried again. */
export type NoticeResult = 'mailed' | 'rejected' | 'in-doubt' | 'unsent';

/** Composes one notice to a subscriber and offers it to SES; its one tag lets a bounce or a complaint find the subscriber. */
export type MailNotice = (
  subscriber: SubscriberId,
  at: Instant,
  noticeIn: (frame: NoticeFrame) => Notice,
) => Promise<NoticeResult>;

export interface NoticeMailerDeps extends Installation {
  readonly warn: (message: string, what: object) => void;
}

/** Makes the mailer of one installation. */
export function noticeMailer(deps: NoticeMailerDeps): MailNotice {
  return async (subscriber, at, noticeIn) => {
    const { signing } = await deps.keys();
    const { pagesUrl, postalAddress, from: sender } = deps;
    const links = subscriberLinks(signing[0], pagesUrl, subscriber, at);
    const notice = noticeIn({ ...links, sender, postalAddress, pagesUrl, listId: listIdOf(deps) });
    const messageId = `${notice.kind}.${at}.${subscriber}@${pagesHost(deps)}`;
    const answer = await offerMail(
      async () => ({
        mail: composeNotice(notice),
        stamp: { date: new Date(at), messageId },
        tags: { [mailTags.subscriber]: subscriber },
      }),
      deps,
    );
    const ids = { subscriber, notice: notice.kind };
    switch (answer.kind) {
      case 'accepted':
        return 'mailed';
      case 'rejected':
        deps.warn('a notice cannot be sent', { ...ids, reason: answer.reason });
        return 'rejected';
      case 'lost':
        deps.warn('nobody knows whether a notice was sent; it is not sent again', { ...ids, reason: answer.reason });
        return 'in-doubt';
      case 'not-composed':
        throw new Error(`a notice could not be composed: ${answer.reason}`);
      default:
        return 'unsent';
    }
  };
}

/** A digest as somebody's first: the same cards, below a welcome. */
export const composeWelcome: ComposeDigest = (digest, cards, { profile: { hour, timeZone } }) =>
  composeNotice({ kind: 'welcome', ...digest, hour, timeZone, digest }, cards);
