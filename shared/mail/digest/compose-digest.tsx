import { type ComposedMail, composedMail, mailHeaders } from '../send/composed-mail.js';
import { type Piece, sharedPiece } from '../send/quoted-printable.js';
import { type Digest, type DigestView, digestView, type Opening } from './digest.js';
import type { DigestFrame } from './digest-frame.js';
import { type DigestParts, digestParts } from './digest-parts.js';
import { readerHtml, readerText } from './reader-parts.js';

/** The papers with `brief` before the first that is shown in a line. */
function joined(view: DigestView, brief: Piece, paperAt: (place: number) => readonly Piece[]): Piece[] {
  const first = view.papers.findIndex(({ size }) => size === 'line');
  return view.papers.flatMap((_, place) => (place === first ? [brief, ...paperAt(place)] : paperAt(place)));
}

const htmlNumbers = numbers((number) => `${number}`);
const textNumbers = numbers((number) => `${number}.`.padStart(3).concat(' '));

/** A piece for each number, from 1 at place 0. */
function numbers(write: (number: number) => string): (place: number) => Piece {
  const known: Piece[] = [];
  return (place) => {
    known[place] ??= sharedPiece(write(place + 1));
    return known[place];
  };
}

function digestHtml(digest: Digest, view: DigestView, { html: frame }: DigestFrame, parts: DigestParts): Piece[] {
  const reader = readerHtml(view);
  const papers = joined(view, frame.brief, (place) => {
    const paper = digest.papers[place];
    if (!paper) return [];
    const { html: card } = parts.card(paper, view.papers[place]?.size ?? 'line');
    return [
      card.beforeNumber,
      htmlNumbers(place),
      card.beforeReason,
      parts.reason(paper.reasons).html,
      card.afterReason,
    ];
  });
  return [
    frame.beginning,
    ...reader.preheader,
    frame.masthead,
    ...reader.opening,
    frame.papers,
    ...papers,
    frame.closing,
    ...reader.closing,
    frame.order,
    ...reader.footer,
    frame.ending,
  ];
}

function digestText(digest: Digest, view: DigestView, { text: frame }: DigestFrame, parts: DigestParts): Piece[] {
  const reader = readerText(view);
  const papers = joined(view, frame.brief, (place) => {
    const paper = digest.papers[place];
    if (!paper) return [];
    const { text: card } = parts.card(paper, view.papers[place]?.size ?? 'line');
    return [textNumbers(place), card.beforeReason, parts.reason(paper.reasons).text, card.afterReason];
  });
  return [frame.masthead, ...reader.opening, ...papers, ...reader.closing, frame.order, ...reader.footer, frame.ending];
}

/** The mail of a digest; `parts` is shared by the mails of one edition, `opening` makes it a subscriber's first. */
export function composeDigest(
  digest: Digest,
  parts: DigestParts = digestParts(digest.edition),
  opening?: Opening,
): ComposedMail {
  const sources = {
    cardOf: (...card: Parameters<DigestParts['card']>) => parts.card(...card).view,
    reasonOf: (reasons: Parameters<DigestParts['reason']>[0]) => parts.reason(reasons).line,
  };
  const view = digestView(digest, sources, opening);
  const frame = parts.frame(digest);
  return composedMail({
    from: digest.sender,
    to: digest.to,
    subject: view.subject,
    html: digestHtml(digest, view, frame, parts),
    text: digestText(digest, view, frame, parts),
    headers: mailHeaders(digest),
  });
}
