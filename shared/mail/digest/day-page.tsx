import { once } from '../../domain/once.js';
import { FooterLinks, Muted, markup, Paragraph, Row } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { textOf } from '../send/quoted-printable.js';
import { type DigestPaper, sizeAt } from './digest.js';
import type { FrameInput } from './digest-frame.js';
import type { DigestParts } from './digest-parts.js';

/** A paper on the page of a day. */
interface DayPaper {
  readonly paper: DigestPaper;
  /** It has been withdrawn, maybe after the edition came out. */
  readonly isWithdrawn: boolean;
}

/** What one edition had for one reader, to be read in a browser; it names neither the reader nor an address. */
export interface DayPage extends FrameInput {
  /** What the mail showed, in its order. */
  readonly sent: readonly DayPaper[];
  /** What matched besides, the best first. */
  readonly others: readonly DayPaper[];
  /** How many those are in all. */
  readonly otherMatches: number;
  /** No topic matches what the mail showed, as on quiet days. */
  readonly isOutside: boolean;
  /** The first line of the mail, or what else is true of the day; empty if nothing is. */
  readonly dayLine: string;
  readonly aiSummaries: boolean;
}

const papersInWords = (count: number) => (count === 1 ? 'one paper' : `${count.toLocaleString('en-US')} papers`);

/** What the page holds, in a sentence or two. */
function openingOf({ sent, others, otherMatches, isOutside }: DayPage): string {
  if (sent.length === 0 && otherMatches === 0) return 'Nothing in this edition matches your topics.';
  const cut = otherMatches > others.length ? ` Here are the best ${others.length}.` : '';
  if (sent.length === 0) return `What matches your topics in this edition: ${papersInWords(otherMatches)}.${cut}`;
  const mailed = `In your mail: ${papersInWords(sent.length)}.`;
  if (otherMatches === 0) return `${mailed} Nothing ${isOutside ? '' : 'else '}in this edition matches your topics.`;
  return `${mailed} Besides, ${papersInWords(otherMatches)} matched your topics.${cut}`;
}

const Heading = ({ text }: { text: string }) => (
  <tr>
    <td class="rule" style={`padding:18px 16px 8px;border-bottom:1px solid ${colour.text}`}>
      <h2
        class="accent"
        style={`margin:0;font-size:14px;line-height:1.3;font-weight:700;letter-spacing:1px;color:${colour.accent}`}
      >
        {text}
      </h2>
    </td>
  </tr>
);

const withdrawnNote = once(() => markup(<Muted>This paper has since been withdrawn from arXiv.</Muted>));

const footer = {
  links: [
    { label: 'Paperboy', url: '/' },
    { label: 'Search', url: '/search' },
    { label: 'Privacy', url: '/privacy' },
  ],
  reason:
    'Whoever has the link of this page can read it, and do nothing else with it. To ask for more or less like a paper, ' +
    'to change your topics or to unsubscribe, use the links in your mail.',
};

/** The page as HTML: the mail of that day, by its own cards and its own frame, and below it all else that matched. */
export function dayPageHtml(page: DayPage, parts: DigestParts): string {
  const { html: frame } = parts.frame(page);
  const { sent, others, aiSummaries } = page;
  const cards = (papers: readonly DayPaper[], from: number) =>
    papers.map(({ paper, isWithdrawn }, at) => {
      const size = from === 0 && sent.length > 0 ? sizeAt(at, aiSummaries) : 'short';
      const { html } = parts.card(paper, size);
      // A card says itself what was known when the edition was loaded.
      const note = isWithdrawn && !paper.paper.isWithdrawn ? withdrawnNote() : '';
      const reason = parts.reason(paper.reasons).html;
      return textOf([html.upToReason(from + at), reason, note, html.afterReason, html.ending]);
    });
  const section = (heading: string, papers: readonly DayPaper[], from: number) =>
    papers.length === 0 ? [] : [markup(<Heading text={heading} />), ...cards(papers, from)];
  const opening = markup(
    <Row above={false}>
      {page.dayLine && <Paragraph>{page.dayLine}</Paragraph>}
      <Paragraph>{openingOf(page)}</Paragraph>
    </Row>,
  );
  return textOf([
    frame.beginning,
    frame.masthead,
    opening,
    frame.papers,
    ...section('In your mail', sent, 0),
    ...section(sent.length > 0 ? 'Also in your topics' : 'In your topics', others, sent.length),
    frame.closing,
    frame.order,
    markup(<FooterLinks footer={footer} />),
    frame.ending,
  ]);
}
