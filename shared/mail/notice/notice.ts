import type { SubscriberProfile } from '../../domain/subscriber/subscriber.js';
import type { Digest, Letterhead } from '../digest/digest.js';
import type { SubscriberLinks } from '../layout/footer-view.js';
import type { LeaverLinks } from '../send/installation.js';

/** What somebody asked for, without a word that was typed: it may be somebody else's address. */
export interface AskedChoices {
  /** Names of catalogue topics. */
  readonly topics: readonly string[];
  /** How many filters of their own. */
  readonly ownFilters: number;
  /** Whether they named papers to learn a topic from. */
  readonly hasExamples?: boolean;
  /** Local hour of delivery, 0–23. */
  readonly hour: number;
}

/** Asks the owner of an address whether the request was theirs. */
interface ConfirmationNotice extends Letterhead, AskedChoices {
  readonly kind: 'confirmation';
  readonly confirmUrl: string;
}

/** Begins a confirmed subscription, with the newest edition's digest if something in it matches. */
export interface WelcomeNotice extends Letterhead, SubscriberLinks {
  readonly kind: 'welcome';
  /** The newest edition, or the page on which it will appear. */
  readonly editionUrl: string;
  readonly listId: string;
  /** When the next digest is due, as `comingTimeInWords` says it. */
  readonly next: string;
  readonly quietDays?: SubscriberProfile['quietDays'];
  readonly digest?: Digest;
}

/** Ends a subscription. */
interface GoodbyeNotice extends Letterhead, LeaverLinks {
  readonly kind: 'goodbye';
  /** How long `undoUrl` works. */
  readonly undoDays: number;
}

/** Answers a request for an address that is already subscribed; it repeats nothing that was typed. */
interface AlreadySubscribedNotice extends Letterhead, SubscriberLinks {
  readonly kind: 'already-subscribed';
  /** Local hour of delivery, 0–23. */
  readonly hour: number;
  readonly timeZone: string;
  readonly isPaused: boolean;
}

/** Brings the link that begins a change of address to the present one. */
interface AddressLinkNotice extends Letterhead {
  readonly kind: 'address-link';
  readonly addressUrl: string;
}

/** Asks the owner of an address whether a subscriber's digests may come to it; repeats nothing of theirs. */
interface NewAddressNotice extends Letterhead {
  readonly kind: 'new-address';
  readonly confirmUrl: string;
}

/** Tells the old address that the digests go to another, without saying which. */
interface AddressChangedNotice extends Letterhead {
  readonly kind: 'address-changed';
  /** The page with the form. */
  readonly formUrl: string;
}

type AddressNotice = AddressLinkNotice | NewAddressNotice | AddressChangedNotice;

/** Any mail that is no digest. */
export type Notice = AddressNotice | ConfirmationNotice | WelcomeNotice | GoodbyeNotice | AlreadySubscribedNotice;
