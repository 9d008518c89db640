import type { Digest } from '../digest/digest.js';
import { becauseSubscribed, type FooterView, sentBy, subscriberFooterLinks } from '../layout/footer-view.js';
import { type LabelledLink, singleLine } from '../layout/plain-text.js';
import { parseMailbox } from '../send/mailbox.js';

/** What every notice states. */
interface NoticeBase {
  /** The address; no notice shows one that nobody has confirmed. */
  readonly to: string;
  /** `Name <address>` or an address. */
  readonly sender: string;
  readonly postalAddress: string;
}

interface OwnPages {
  readonly preferencesUrl: string;
  /** Answers a one-click POST (RFC 8058); its GET shows a page. */
  readonly unsubscribeUrl: string;
}

/** Asks the owner of an address whether the request was theirs; nothing of what was typed is in it. */
export interface ConfirmationNotice extends NoticeBase {
  readonly kind: 'confirmation';
  readonly confirmUrl: string;
}

/** Begins a confirmed subscription, at once with the newest edition's digest where something matches. */
export interface WelcomeNotice extends NoticeBase, OwnPages {
  readonly kind: 'welcome';
  /** The newest edition, or the page on which it will stand. */
  readonly editionUrl: string;
  readonly listId: string;
  /** Local hour of delivery, 0–23. */
  readonly hour: number;
  readonly timeZone: string;
  readonly digest?: Digest;
}

/** Ends a subscription. */
export interface GoodbyeNotice extends NoticeBase {
  readonly kind: 'goodbye';
  readonly formUrl: string;
}

/** Answers a request for an address that gets mail already; nothing of what was typed is in it. */
export interface AlreadySubscribedNotice extends NoticeBase, OwnPages {
  readonly kind: 'already-subscribed';
}

/** Any mail that is no digest. */
export type Notice = ConfirmationNotice | WelcomeNotice | GoodbyeNotice | AlreadySubscribedNotice;

/** Everything that a notice shows, as plain single-line texts; HTML and text are both made from it. */
export interface NoticeView {
  readonly subject: string;
  readonly preheader: string;
  readonly paragraphs: readonly string[];
  /** The one thing to do. */
  readonly action: LabelledLink;
  /** Quieter paragraphs, below the action. */
  readonly notes: readonly string[];
  readonly footer: FooterView;
}

export const welcomeSubject = 'Welcome to Paperboy';

type Words = Omit<NoticeView, 'footer'> & { readonly footer?: Omit<FooterView, 'sentBy'> };

/** When digests come: `07:00 (Europe/Berlin)`. */
function hourInWords({ hour, timeZone }: Pick<WelcomeNotice, 'hour' | 'timeZone'>): string {
  return `${String(hour).padStart(2, '0')}:00 (${singleLine(timeZone).replaceAll('_', ' ')})`;
}

/** What a welcome says above the first digest. */
export function welcomeGreeting(notice: Pick<WelcomeNotice, 'hour' | 'timeZone'>): readonly string[] {
  return [
    'Welcome! Your subscription is confirmed. From now on a digest comes at ' +
      `${hourInWords(notice)}, on every day that has new papers in your topics.`,
    'Here is what the newest edition has for you.',
  ];
}

function wordsOf(notice: Notice): Words {
  switch (notice.kind) {
    case 'confirmation':
      return {
        subject: 'Confirm your Paperboy subscription',
        preheader: 'One click, and trending papers come to your inbox once a day.',
        paragraphs: [
          'Somebody, we hope it was you, asked Paperboy to send its mails to this address: trending papers, once a day.',
          'Is that what you want? Then please confirm it.',
        ],
        action: { label: 'Confirm the subscription', url: notice.confirmUrl },
        notes: [
          'The link works once, and expires in 48 hours.',
          'If it was not you, you need do nothing: unless it is confirmed, no digest ever comes.',
        ],
      };
    case 'welcome':
      return {
        subject: welcomeSubject,
        preheader: `Your first digest comes at ${hourInWords(notice)}.`,
        paragraphs: [
          'Welcome! Your subscription is confirmed.',
          `Your first digest comes at ${hourInWords(notice)}, on the first day that has new papers in your topics. ` +
            'Until then, see what is rising for everybody.',
        ],
        action: { label: 'See the newest edition', url: notice.editionUrl },
        notes: ['A day without such papers brings no mail. You can choose other topics at any time.'],
        footer: { reason: becauseSubscribed(notice.to), links: subscriberFooterLinks(notice) },
      };
    case 'goodbye':
      return {
        subject: 'You have unsubscribed from Paperboy',
        preheader: 'This is the last mail.',
        paragraphs: [
          'You have unsubscribed: this is the last mail, and no digest comes any more. Thank you for reading.',
        ],
        action: { label: 'Subscribe again', url: notice.formUrl },
        notes: ['If that was a mistake, or you miss it one day, the form is always open.'],
      };
    case 'already-subscribed':
      return {
        subject: 'You are already subscribed to Paperboy',
        preheader: 'Nothing has changed.',
        paragraphs: [
          'Somebody, we hope it was you, asked Paperboy to send its mails to this address. You are subscribed already, ' +
            'so nothing has changed, and what was chosen on the form is not applied.',
          'To choose other topics or another hour, or to see whether your mails are paused, open your preferences.',
        ],
        action: { label: 'Open your preferences', url: notice.preferencesUrl },
        notes: ['If it was not you, you need do nothing.'],
        footer: { links: [{ label: 'Unsubscribe', url: notice.unsubscribeUrl }] },
      };
  }
}

/** Turns a notice into what its mail shows. */
export function noticeView(notice: Notice): NoticeView {
  const words = wordsOf(notice);
  return {
    ...words,
    footer: { links: [], ...words.footer, sentBy: sentBy(parseMailbox(notice.sender).name, notice.postalAddress) },
  };
}
