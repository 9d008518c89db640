import { type Card, type CardRenderer, cardRenderer } from '../card/card-renderer.js';
import { type ComposedMail, mailHeaders } from '../send/composed-mail.js';
import { type Digest, type DigestView, digestView, type Opening } from './digest.js';
import { type DigestFrame, digestFrame } from './digest-frame.js';
import { readerHtml, readerText } from './reader-parts.js';
import { noReason, reasonHtml, reasonText } from './reason.js';

/** The papers with `brief` before the first that is shown in a line. */
function joined(view: DigestView, brief: string, paperAt: (place: number) => string): string {
  const first = view.papers.findIndex(({ size }) => size === 'line');
  return view.papers.map((_, place) => (place === first ? brief : '') + paperAt(place)).join('');
}

function digestHtml(view: DigestView, cards: readonly Card[], { html: frame }: DigestFrame): string {
  const reader = readerHtml(view);
  const papers = joined(view, frame.brief, (place) => {
    const { beforeNumber = '', beforeReason = '', afterReason = '' } = cards[place]?.html ?? {};
    return [
      beforeNumber,
      `${place + 1}`,
      beforeReason,
      reasonHtml(view.papers[place]?.reason ?? noReason),
      afterReason,
    ].join('');
  });
  return [
    frame.beginning,
    reader.preheader,
    frame.masthead,
    reader.opening,
    frame.papers,
    papers,
    frame.closing,
    reader.closing,
    frame.order,
    reader.footer,
    frame.ending,
  ].join('');
}

function digestText(view: DigestView, cards: readonly Card[], { text: frame }: DigestFrame): string {
  const reader = readerText(view);
  const papers = joined(view, frame.brief, (place) => {
    const { beforeReason = '', afterReason = '' } = cards[place]?.text ?? {};
    const number = `${place + 1}.`.padStart(3);
    const parts = [`${number} ${beforeReason}`, reasonText(view.papers[place]?.reason ?? noReason), afterReason];
    return `${parts.filter((part) => part !== '').join('\n')}\n\n`;
  });
  return [frame.masthead, reader.opening, papers, reader.closing, frame.order, reader.footer, frame.ending].join('');
}

/** The mail of a digest; `cards` is shared by the mails of one edition, `opening` makes it a subscriber's first. */
export function composeDigest(
  digest: Digest,
  cards: CardRenderer = cardRenderer(digest.edition),
  opening?: Opening,
): ComposedMail {
  const view = digestView(digest, (paper, size) => cards(paper, size).view, opening);
  const rendered = digest.papers.map((paper, place) => cards(paper, view.papers[place]?.size ?? 'line'));
  const frame = digestFrame(digest);
  return {
    from: digest.sender,
    to: digest.to,
    subject: view.subject,
    html: digestHtml(view, rendered, frame),
    text: digestText(view, rendered, frame),
    headers: mailHeaders(digest),
  };
}
