import type { Card } from '../card/card-renderer.js';
import { type ComposedMail, composedMail, type ListLinks, mailHeaders } from '../send/composed-mail.js';
import { type Piece, textOf } from '../send/quoted-printable.js';
import {
  type Digest,
  type DigestView,
  type DigestViewPaper,
  digestView,
  type Opening,
  sizeAt,
  titlesBelow,
  topicOf,
} from './digest.js';
import type { DigestFrame } from './digest-frame.js';
import { type DigestParts, digestParts } from './digest-parts.js';
import { previewHtml, type ReaderParts, readerHtml, readerText } from './reader-parts.js';
import type { ReasonParts } from './reason.js';

/** A paper of the view, with the parts that show it. */
interface RenderedPaper extends DigestViewPaper {
  readonly parts: { readonly card: Card; readonly reason: ReasonParts };
}

function rendered({ papers, aiSummaries }: Digest, parts: DigestParts): readonly RenderedPaper[] {
  return papers.map((paper, place) => {
    const size = sizeAt(place, aiSummaries);
    const card = parts.card(paper, size);
    const reason = parts.reason(paper.reasons);
    return { card: card.view, size, reason, parts: { card, reason } };
  });
}

function digestHtml(reader: ReaderParts, papers: readonly RenderedPaper[], { html: frame }: DigestFrame): Piece[] {
  const pieces: Piece[] = [frame.beginning, ...reader.preheader, frame.masthead, ...reader.opening, frame.papers];
  const firstLine = papers.findIndex(({ size }) => size === 'line');
  papers.forEach(({ parts: { card, reason } }, place) => {
    if (place === firstLine) pieces.push(frame.brief);
    pieces.push(card.html.upToReason(place), reason.html, card.html.afterReason);
    pushPress(pieces, card.html.press, reader.likePage);
    pieces.push(card.html.ending);
  });
  pieces.push(frame.closing, ...reader.closing, frame.order, ...reader.footer, frame.ending);
  return pieces;
}

/** Puts the address of the reader's page for the mail between what a card says round it. */
function pushPress(pieces: Piece[], press: readonly Piece[], page: Piece | undefined): void {
  if (page === undefined) return;
  press.forEach((piece, at) => {
    if (at > 0) pieces.push(page);
    pieces.push(piece);
  });
}

function digestText(view: DigestView, papers: readonly RenderedPaper[], { text: frame }: DigestFrame): Piece[] {
  const reader = readerText(view);
  const pieces: Piece[] = [frame.masthead, ...reader.opening];
  const firstLine = papers.findIndex(({ size }) => size === 'line');
  papers.forEach(({ parts: { card, reason } }, place) => {
    if (place === firstLine) pieces.push(frame.brief);
    pieces.push(card.text.upToReason(place), reason.text, card.text.afterReason, card.text.ending);
  });
  pieces.push(...reader.closing, frame.order, ...reader.footer, frame.ending);
  return pieces;
}

function listLinksOf({ listId, unsubscribeUrl, orderUrl, archiveUrl }: Digest): ListLinks {
  return { listId, unsubscribeUrl, helpUrl: orderUrl, archiveUrl };
}

interface Shared {
  readonly parts: DigestParts;
  readonly frame: DigestFrame;
  readonly opening?: Opening | undefined;
}

function viewOf(digest: Digest, papers: readonly RenderedPaper[], { parts, frame, opening }: Shared): DigestView {
  const subject = parts.subject(papers[0]?.card.title ?? '', topicOf(digest), papers.length - 1, digest.period);
  const [lead, ...others] = papers.map(({ card }) => card);
  const preheader = parts.preheader(titlesBelow(others), lead?.summary ?? '');
  return digestView(digest, papers, { date: frame.date, subject, preheader, ...opening });
}

/** The mail of a digest; `parts` is shared by the mails of one edition, `opening` makes it a subscriber's first. */
export function composeDigest(
  digest: Digest,
  parts: DigestParts = digestParts(digest.edition),
  opening?: Opening,
): ComposedMail {
  const papers = rendered(digest, parts);
  const frame = parts.frame(digest);
  const view = viewOf(digest, papers, { parts, frame, opening });
  return composedMail({
    from: digest.sender,
    to: digest.to,
    subject: view.subject,
    html: digestHtml(readerHtml(view), papers, frame),
    text: digestText(view, papers, frame),
    headers: mailHeaders(listLinksOf(digest)),
  });
}

/** A digest that is nobody's: what it would hold, without an address and without the links of a subscriber. */
export type DigestPreview = Omit<
  Digest,
  'to' | 'preferencesUrl' | 'unsubscribeUrl' | 'dayUrl' | 'archiveUrl' | 'listId'
>;

/**
 * The HTML of the mail that a digest would be, to be shown in a frame of a page: it says that it is a preview, its links
 * open beside the page, and without papers it says that no mail would come.
 */
export function digestPreviewHtml(preview: DigestPreview, parts: DigestParts): string {
  const nobodys = { to: '', preferencesUrl: '', unsubscribeUrl: '', dayUrl: '', archiveUrl: '', listId: '' };
  const digest: Digest = { ...preview, ...nobodys };
  const papers = rendered(digest, parts);
  const frame = parts.frame(digest);
  const view = papers.length > 0 ? viewOf(digest, papers, { parts, frame }) : undefined;
  const html = textOf(digestHtml(previewHtml(view), papers, frame));
  return html.replace('<head>', '<head><base target="_blank"/>');
}
