import type { SubscriberLinks } from '../send/installation.js';
import { type LabelledLink, singleLine, textWidth, wrapLines } from './plain-text.js';

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

/** The links that change a subscription or end it. */
export function subscriberFooterLinks({ preferencesUrl, unsubscribeUrl }: SubscriberLinks) {
  return [
    { label: 'Change topics or delivery time', url: preferencesUrl },
    { label: 'Unsubscribe', url: unsubscribeUrl },
  ];
}

/** Why a subscriber gets the mail. */
export function becauseSubscribed(address: string): string {
  return `You are receiving this email because you subscribed to Paperboy with ${singleLine(address)}.`;
}

/** The footer as text, below a rule. */
export function footerText({ reason, links, sentBy, thanks }: FooterView): string {
  const paragraph = (text: string | undefined) => (text === undefined ? [] : [wrapLines(text)]);
  const sections = [
    ...paragraph(reason),
    ...links.map(({ label, url }) => [`${label}:`, url]),
    ...paragraph(sentBy),
    ...paragraph(thanks),
  ];
  return ['-'.repeat(textWidth), ...sections.map((lines) => lines.join('\n'))].join('\n\n');
}
