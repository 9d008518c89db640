import { singleLine } from '../../domain/text/shown-text.js';
import { hourInWords, zoneInWords } from '../../domain/text/time-in-words.js';
import { becauseSubscribed, type FooterView, sentBy, subscriberFooterLinks } from '../layout/footer-view.js';
import type { LabelledLink } from '../layout/plain-text.js';
import { parseMailbox } from '../send/composed-mail.js';
import type { AskedChoices, Notice, WelcomeNotice } from './notice.js';

type NoticeOf<Kind extends Notice['kind']> = Extract<Notice, { kind: Kind }>;

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

const shownTopics = 6;

function listed(parts: readonly string[]): string {
  const last = parts.at(-1) ?? '';
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${last}` : last;
}

/** `papers on A, B and 4 more topics, and papers that match 2 filters of your own`. */
function askedInWords({ topics, ownFilters, hasExamples }: AskedChoices): string {
  const shown = topics.length <= shownTopics + 1 ? topics : topics.slice(0, shownTopics);
  const more = topics.length - shown.length;
  const names = [...shown.map(singleLine), ...(more > 0 ? [`${more} more topics`] : [])];
  const filters = ownFilters === 1 ? 'a filter of your own' : `${ownFilters} filters of your own`;
  return [
    ...(names.length > 0 ? [`papers on ${listed(names)}`] : []),
    ...(ownFilters > 0 ? [`papers that match ${filters}`] : []),
    ...(hasExamples ? ['papers like some that were named'] : []),
  ].join(', and ');
}

/** What a welcome says above the first digest. */
export function welcomeGreeting({ next, quietDays }: Pick<WelcomeNotice, 'next' | 'quietDays'>): readonly string[] {
  const ending = quietDays ? '' : ', if there are new papers in your topics';
  return [
    `Welcome! Your subscription is confirmed. Your next digest comes ${next}${ending}.`,
    'Here is what the latest edition has for you.',
  ];
}

function confirmationWords(notice: NoticeOf<'confirmation'>): Words {
  return {
    subject: 'Confirm your Paperboy subscription',
    preheader: 'One click, and trending papers arrive in your inbox once a day.',
    paragraphs: [
      'Someone, hopefully you, asked Paperboy to email trending papers to this address once a day.',
      `What was asked for: ${askedInWords(notice)}, at ${hourInWords(notice.hour)} in the time zone that ` +
        'was chosen on the form.',
      'If it was you, please confirm your subscription.',
    ],
    action: { label: 'Confirm subscription', url: notice.confirmUrl },
    notes: [
      'This link works once and expires in 48 hours. You can change everything later.',
      'If it was not you, there is nothing you need to do: without a confirmation, no digest is ever sent.',
    ],
  };
}

function welcomeWords(notice: WelcomeNotice): Words {
  const ending = notice.quietDays ? '' : ', or on the first day after that with new papers in your topics';
  return {
    subject: welcomeSubject,
    preheader: `Your first digest comes ${notice.next}.`,
    paragraphs: [
      'Welcome! Your subscription is confirmed.',
      `Your first digest comes ${notice.next}${ending}. Until then, see what is trending across all topics.`,
    ],
    action: { label: 'See the latest edition', url: notice.editionUrl },
    notes: [
      notice.quietDays
        ? 'On days without new papers in your topics, you get the best papers outside them that you have not seen.'
        : 'On days without new papers in your topics, we send nothing.',
      'You can change your topics at any time.',
    ],
    footer: { reason: becauseSubscribed(notice.to), links: subscriberFooterLinks(notice) },
  };
}

function goodbyeWords({ undoUrl, eraseUrl, undoDays }: NoticeOf<'goodbye'>): Words {
  return {
    subject: 'You have unsubscribed from Paperboy',
    preheader: 'This is the last email from us.',
    paragraphs: [
      'You have unsubscribed. This is the last email from us. Thank you for reading.',
      'If that was a mistake, one click brings your digest back as it was, with the same topics at the same hour.',
    ],
    action: { label: 'Undo: subscribe me again', url: undoUrl },
    notes: [
      `The link works for ${undoDays} days. After that, fill in the form to come back.`,
      'We keep your address and your choices until you erase them.',
    ],
    footer: { links: [{ label: 'Erase everything you store about me', url: eraseUrl }] },
  };
}

function alreadySubscribedWords(notice: NoticeOf<'already-subscribed'>): Words {
  const { hour, timeZone, isPaused, preferencesUrl, unsubscribeUrl } = notice;
  const time = `${hourInWords(hour)} (${singleLine(zoneInWords(timeZone))})`;
  return {
    subject: 'You are already subscribed to Paperboy',
    preheader: 'Nothing has changed.',
    paragraphs: [
      'Someone, hopefully you, asked Paperboy to email trending papers to this address. You are already ' +
        'subscribed, so nothing has changed: the choices made on the form were not applied.',
      isPaused
        ? 'Your digests are paused at the moment. To resume them, or to change your topics or delivery time, open your preferences.'
        : `Your digests go on as before, at ${time}. To change your topics or delivery time, open your preferences.`,
    ],
    action: { label: 'Open your preferences', url: preferencesUrl },
    notes: ['If it was not you, there is nothing you need to do.'],
    footer: { links: [{ label: 'Unsubscribe', url: unsubscribeUrl }] },
  };
}

/** The words of a change of address. */
const addressWords = {
  link: ({ addressUrl }: NoticeOf<'address-link'>): Words => ({
    subject: 'Change the address of your Paperboy digest',
    preheader: 'The link works for one hour.',
    paragraphs: [
      'Someone, hopefully you, asked to have your digest sent to another address. To enter the new address, follow this link.',
    ],
    action: { label: 'Enter the new address', url: addressUrl },
    notes: [
      'The link works for one hour.',
      'If it was not you, there is nothing you need to do. Please do not forward this email: whoever opens the link can ' +
        'move your digest to their own address.',
    ],
  }),
  confirm: ({ confirmUrl }: NoticeOf<'new-address'>): Words => ({
    subject: 'Confirm your new address for Paperboy',
    preheader: 'One click, and your digest comes to this address.',
    paragraphs: [
      'A reader of Paperboy, hopefully you, asked to have their digest of trending papers sent to this address from now on.',
      'If it was you, please confirm the new address. Your topics, your settings and the record of what you have seen come along.',
    ],
    action: { label: 'Confirm new address', url: confirmUrl },
    notes: [
      'This link works once and expires in 48 hours.',
      'If it was not you, there is nothing you need to do: without a confirmation, no digest is ever sent here.',
    ],
  }),
  changed: ({ formUrl }: NoticeOf<'address-changed'>): Words => ({
    subject: 'Your Paperboy digest has a new address',
    preheader: 'This is the last email to this address.',
    paragraphs: [
      'As you asked, your digest goes to your new address from now on. This is the last email to this one, and we have ' +
        'deleted what we stored about it.',
      'If it was not you, somebody opened the link that we sent here. To get a digest at this address again, fill in the form.',
    ],
    action: { label: 'Go to the form', url: formUrl },
    notes: [],
  }),
};

function wordsOf(notice: Notice): Words {
  switch (notice.kind) {
    case 'confirmation':
      return confirmationWords(notice);
    case 'welcome':
      return welcomeWords(notice);
    case 'goodbye':
      return goodbyeWords(notice);
    case 'already-subscribed':
      return alreadySubscribedWords(notice);
    case 'address-link':
      return addressWords.link(notice);
    case 'new-address':
      return addressWords.confirm(notice);
    case 'address-changed':
      return addressWords.changed(notice);
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
