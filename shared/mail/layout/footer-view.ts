import { singleLine } from '../../domain/text/shown-text.js';
import { type LabelledLink, textWidth, wrapLines } from './plain-text.js';

/** The end of every mail, as plain single-line texts. */
export interface FooterView {
  readonly reason?: string;
  readonly links: readonly LabelledLink[];
  /** Who sent it, with the postal address. */
  readonly sentBy: string;
  readonly thanks?: string;
}

/** `Sent by <name>, <postal address>`; a sender without a name is Paperboy. */
export function sentBy(senderName: string, postalAddress: string): string {
  return `Sent by ${senderName || 'Paperboy'}, ${singleLine(postalAddress)}`;
}

/** The links that open one subscriber's own pages. */
export interface SubscriberLinks {
  readonly preferencesUrl: string;
  /** Answers a one-click POST (RFC 8058); its GET shows a page. */
  readonly unsubscribeUrl: string;
}

/** The links that change a subscription, interrupt or end it. */
export function subscriberFooterLinks({ preferencesUrl, unsubscribeUrl }: SubscriberLinks) {
  return [
    { label: 'Preferences', url: preferencesUrl },
    { label: 'Pause for a week', url: `${preferencesUrl}#pause` },
    { label: 'Unsubscribe', url: unsubscribeUrl },
  ];
}

/** Why a subscriber gets the mail. */
export function becauseSubscribed(address: string): string {
  return `You are receiving this email because you subscribed to Paperboy with ${singleLine(address)}.`;
}

export const thanks = 'Thank you to arXiv for use of its open access interoperability.';

/** The footer as text, below a rule. */
export function footerText({ reason, links, sentBy, thanks }: Partial<FooterView> & Pick<FooterView, 'links'>): string {
  const paragraph = (text: string | undefined) => (text === undefined ? [] : [wrapLines(text)]);
  const sections = [
    ...paragraph(reason),
    ...links.map(({ label, url }) => [`${label}:`, url]),
    ...paragraph(sentBy),
    ...paragraph(thanks),
  ];
  return ['-'.repeat(textWidth), ...sections.map((lines) => lines.join('\n'))].join('\n\n');
}
