import type { CardRenderer } from '../card/card-renderer.js';
import { composeDigest } from '../digest/compose-digest.js';
import type { ComposedMail } from '../digest/digest.js';
import { type ListLinks, mailHeaders } from '../send/mail-headers.js';
import type { Notice } from './notice.js';
import { noticeHtml } from './notice-html.js';
import { noticeText } from './notice-text.js';
import { noticeView, welcomeGreeting, welcomeSubject } from './notice-view.js';

/** Only who is subscribed can unsubscribe, and only the welcome is a mail of the list. */
function listLinksOf(notice: Notice): ListLinks {
  switch (notice.kind) {
    case 'welcome':
      return { listId: notice.listId, unsubscribeUrl: notice.unsubscribeUrl };
    case 'already-subscribed':
      return { unsubscribeUrl: notice.unsubscribeUrl };
    default:
      return {};
  }
}

/** The mail of a notice; a welcome with a digest takes its `cards` as the digests of its edition do. */
export function composeNotice(notice: Notice, cards?: CardRenderer): ComposedMail {
  if (notice.kind === 'welcome' && notice.digest) {
    const greeting = welcomeGreeting(notice);
    return composeDigest(notice.digest, cards, { subject: welcomeSubject, preheader: greeting.join(' '), greeting });
  }
  const view = noticeView(notice);
  return {
    from: notice.sender,
    to: notice.to,
    subject: view.subject,
    html: noticeHtml(view),
    text: noticeText(view),
    headers: mailHeaders(listLinksOf(notice)),
  };
}
