import type { Digest, Letterhead } from '../digest/digest.js';
import { becauseSubscribed, type FooterView, sentBy, subscriberFooterLinks } from '../layout/footer-view.js';
import { type LabelledLink, singleLine } from '../layout/plain-text.js';
import { parseMailbox } from '../send/composed-mail.js';
import type { SubscriberLinks } from '../send/installation.js';

/** Asks the owner of an address whether the request was theirs; it repeats nothing that was typed. */
interface ConfirmationNotice extends Letterhead {
  readonly kind: 'confirmation';
  readonly confirmUrl: string;
}

/** Begins a confirmed subscription, with the newest edition's digest if something in it matches. */
export interface WelcomeNotice extends Letterhead, SubscriberLinks {
  readonly kind: 'welcome';
  /** The newest edition, or the page on which it will appear. */
  readonly editionUrl: string;
  readonly listId: string;
  /** Local hour of delivery, 0–23. */
  readonly hour: number;
  readonly timeZone: string;
  readonly digest?: Digest;
}

/** Ends a subscription. */
interface GoodbyeNotice extends Letterhead {
  readonly kind: 'goodbye';
  readonly formUrl: string;
}

/** Answers a request for an address that is already subscribed; it repeats nothing that was typed. */
interface AlreadySubscribedNotice extends Letterhead, SubscriberLinks {
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

/** When digests arrive: `07:00 (Europe/Berlin)`. */
function hourInWords({ hour, timeZone }: Pick<WelcomeNotice, 'hour' | 'timeZone'>): string {
  return `${String(hour).padStart(2, '0')}:00 (${singleLine(timeZone).replaceAll('_', ' ')})`;
}

/** What a welcome says above the first digest. */
export function welcomeGreeting(notice: Pick<WelcomeNotice, 'hour' | 'timeZone'>): readonly string[] {
  return [
    'Welcome! Your subscription is confirmed. From now on, a digest arrives at ' +
      `${hourInWords(notice)} on every day with new papers in your topics.`,
    'Here is what the latest edition has for you.',
  ];
}

function wordsOf(notice: Notice): Words {
  switch (notice.kind) {
    case 'confirmation':
      return {
        subject: 'Confirm your Paperboy subscription',
        preheader: 'One click, and trending papers arrive in your inbox once a day.',
        paragraphs: [
          'Someone, hopefully you, asked Paperboy to email trending papers to this address once a day.',
          'If it was you, please confirm your subscription.',
        ],
        action: { label: 'Confirm subscription', url: notice.confirmUrl },
        notes: [
          'This link works once and expires in 48 hours.',
          'If it was not you, there is nothing you need to do: without a confirmation, no digest is ever sent.',
        ],
      };
    case 'welcome':
      return {
        subject: welcomeSubject,
        preheader: `Your first digest arrives at ${hourInWords(notice)}.`,
        paragraphs: [
          'Welcome! Your subscription is confirmed.',
          `Your first digest arrives at ${hourInWords(notice)} on the first day with new papers in your topics. ` +
            'Until then, see what is trending across all topics.',
        ],
        action: { label: 'See the latest edition', url: notice.editionUrl },
        notes: ['On days without new papers in your topics, we send nothing. You can change your topics at any time.'],
        footer: { reason: becauseSubscribed(notice.to), links: subscriberFooterLinks(notice) },
      };
    case 'goodbye':
      return {
        subject: 'You have unsubscribed from Paperboy',
        preheader: 'This is the last email from us.',
        paragraphs: ['You have unsubscribed. This is the last email from us. Thank you for reading.'],
        action: { label: 'Subscribe again', url: notice.formUrl },
        notes: ['If that was a mistake, or if you change your mind, you can subscribe again at any time.'],
      };
    case 'already-subscribed':
      return {
        subject: 'You are already subscribed to Paperboy',
        preheader: 'Nothing has changed.',
        paragraphs: [
          'Someone, hopefully you, asked Paperboy to email trending papers to this address. You are already ' +
            'subscribed, so nothing has changed: the choices made on the form were not applied.',
          'To change your topics or delivery time, or to check whether your subscription is paused, ' +
            'open your preferences.',
        ],
        action: { label: 'Open your preferences', url: notice.preferencesUrl },
        notes: ['If it was not you, there is nothing you need to do.'],
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
