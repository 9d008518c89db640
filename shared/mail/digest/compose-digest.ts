import { type CardRenderer, cardRenderer } from '../card/card-renderer.js';
import { mailHeaders } from '../send/mail-headers.js';
import type { ComposedMail, Digest } from './digest.js';
import { digestHtml } from './digest-html.js';
import { digestText } from './digest-text.js';
import { digestView, type Opening } from './digest-view.js';

/** The mail of a digest; `cards` shares rendered cards between the mails of one edition, `opening` makes it somebody's first. */
export function composeDigest(digest: Digest, cards: CardRenderer = cardRenderer(), opening?: Opening): ComposedMail {
  const rendered = digest.papers.map(cards);
  const view = digestView(digest, (paper) => cards(paper).view, opening);
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
    headers: mailHeaders(digest),
  };
}
