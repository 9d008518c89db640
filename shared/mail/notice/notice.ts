import type { Digest } from '../digest/digest.js';

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
