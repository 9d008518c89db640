import { type CardRenderer, cardRenderer } from './card-renderer.js';
import type { ComposedMail, Digest } from './digest.js';
import { digestHtml } from './digest-html.js';
import { digestText } from './digest-text.js';
import { digestView } from './digest-view.js';
import { singleLine } from './single-line.js';

function digestHeaders(digest: Digest): Record<string, string> {
  return {
    'List-Id': `Paperboy <${singleLine(digest.listId)}>`,
    // RFC 8058 asks for one HTTPS address, and for this very value of the second field.
    'List-Unsubscribe': `<${new URL(digest.unsubscribeUrl).href}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    // RFC 3834: nobody's absence notes should answer.
    'Auto-Submitted': 'auto-generated',
  };
}

/** The mail of a digest; `cards` shares rendered cards between the mails of one edition. */
export function composeDigest(digest: Digest, cards: CardRenderer = cardRenderer()): ComposedMail {
  const rendered = digest.papers.map(cards);
  const view = digestView(digest, (paper) => cards(paper).view);
  return {
    from: digest.sender,
    to: digest.to,
    subject: view.subject,
    html: digestHtml(
      view,
      rendered.map(({ html }) => html),
    ),
    text: digestText(
      view,
      rendered.map(({ text }) => text),
    ),
    headers: digestHeaders(digest),
  };
}
