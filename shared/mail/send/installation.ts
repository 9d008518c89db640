import { dayPath, lessPath, likePath } from '../../contract/page-routes.js';
import { type CalendarDate, dayMs, type Instant, minuteMs, startOf } from '../../domain/calendar-date.js';
import type { SubscriberId } from '../../domain/subscriber/subscriber.js';
import type { Keys } from '../../runtime/keys.js';
import { type SigningKey, signToken } from '../../runtime/tokens.js';
import type { SubscriberLinks } from '../layout/footer-view.js';
import type { OfferDeps } from './offer-mail.js';

/** What every mail of one installation needs: its sender, its pages, its keys. */
export interface Installation extends OfferDeps {
  readonly keys: () => Promise<Keys>;
  /** `Name <address>` or an address. */
  readonly from: string;
  readonly postalAddress: string;
  /** Without a slash at its end. */
  readonly pagesUrl: string;
}

type Pages = Pick<Installation, 'pagesUrl'>;

/** Host of the pages: it names the list and ends each Message-ID. */
export function pagesHost({ pagesUrl }: Pages): string {
  return new URL(pagesUrl).hostname;
}

/** Identifier of an installation's one list (RFC 2919). */
export function listIdOf(pages: Pages): string {
  return `paperboy.${pagesHost(pages)}`;
}

/** Where an edition is shown. */
export function editionUrl({ pagesUrl }: Pages, date: CalendarDate): string {
  return `${pagesUrl}/editions/${date}`;
}

/** How long a goodbye's way back is open. */
export const undoDays = 30;

/** The links of whoever left: back, for `undoDays`, and to the page that erases everything. */
export interface LeaverLinks {
  /** Its GET shows a page. */
  readonly undoUrl: string;
  readonly eraseUrl: string;
}

/** Signs the links of a goodbye. */
export function leaverLinks(key: SigningKey, pagesUrl: string, subscriber: SubscriberId, at: Instant): LeaverLinks {
  const claims = { subscriber, issuedOn: Math.floor(at / dayMs) };
  return {
    undoUrl: `${pagesUrl}/unsubscribe/undo?token=${signToken(key, 'resubscribe', claims)}`,
    eraseUrl: `${pagesUrl}/preferences/erase?token=${signToken(key, 'preferences', claims)}`,
  };
}

/** How long the link that begins a change of address works. */
export const addressLinkMinutes = 60;

/** Where a subscriber enters a new address. */
export const addressPath = '/address';

/** Signs the link to that page, which goes to the present address alone. */
export function addressUrl(key: SigningKey, pagesUrl: string, subscriber: SubscriberId, at: Instant): string {
  const claims = { subscriber, issuedOn: Math.floor(at / minuteMs) };
  return `${pagesUrl}${addressPath}?token=${signToken(key, 'address', claims)}`;
}

/**
 * Signs the link of a subscriber's own page of an edition, always the same: it opens this page and nothing else, where the
 * day in the token is the edition's.
 */
export function dayPageUrl(key: SigningKey, pagesUrl: string, subscriber: SubscriberId, edition: CalendarDate): string {
  const claims = { subscriber, issuedOn: startOf(edition) / dayMs };
  return `${pagesUrl}${dayPath}?token=${signToken(key, 'day', claims)}`;
}

/** How long a mail's links to what its reader can leave out, or wants more or less of, are open. */
export const pressDays = 30;

/** Signs the link to what a subscriber can leave out because of the papers of an edition's mail. */
export function lessUrl(key: SigningKey, pagesUrl: string, subscriber: SubscriberId, edition: CalendarDate): string {
  const claims = { subscriber, issuedOn: startOf(edition) / dayMs };
  return `${pagesUrl}${lessPath}?token=${signToken(key, 'less', claims)}`;
}

/** Signs the link by which a subscriber asks for more or less like the papers of an edition's mail; `&paper=<id>` follows it. */
export function likeUrl(key: SigningKey, pagesUrl: string, subscriber: SubscriberId, edition: CalendarDate): string {
  const claims = { subscriber, issuedOn: startOf(edition) / dayMs };
  return `${pagesUrl}${likePath}?token=${signToken(key, 'like', claims)}`;
}

/** Signs a subscriber's links; the same day gives the same links. */
export function subscriberLinks(
  key: SigningKey,
  pagesUrl: string,
  subscriber: SubscriberId,
  at: Instant,
): SubscriberLinks {
  const claims = { subscriber, issuedOn: Math.floor(at / dayMs) };
  return {
    preferencesUrl: `${pagesUrl}/preferences?token=${signToken(key, 'preferences', claims)}`,
    unsubscribeUrl: `${pagesUrl}/unsubscribe?token=${signToken(key, 'unsubscribe', claims)}`,
  };
}
