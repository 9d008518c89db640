import type { RankedPaper } from '../../domain/edition/edition.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { Link, LinkRow, Muted, markup, Paragraph, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { textWidth, wrapLines } from '../layout/plain-text.js';
import { type CardView, cardView } from './card-view.js';

/** A card as text, in two parts: the reasons of one subscriber go between them. */
export interface CardText {
  readonly head: string;
  readonly body: string;
}

/** A card in all its forms. */
export interface Card {
  readonly view: CardView;
  readonly html: string;
  readonly text: CardText;
}

/** Gives a paper's card. */
export type CardRenderer = (paper: RankedPaper) => Card;

const Summary = ({ card }: { card: CardView }) => (
  <Paragraph>
    {card.summary}
    {card.isAiSummary && (
      <span class="muted" style={`font-size:14px;color:${colour.muted}`}>
        {' '}
        (AI&nbsp;summary)
      </span>
    )}
  </Paragraph>
);

const CardHtml = ({ card }: { card: CardView }) => (
  <>
    <h2 style="margin:0 0 8px;font-size:20px;line-height:1.3;font-weight:600">
      <Link to={card.links[0].url} style="text-decoration:none">
        {card.title}
      </Link>
    </h2>
    {(card.authors || card.about) && (
      <Muted>
        {card.authors}
        {card.authors && card.about && <br />}
        {card.about}
      </Muted>
    )}
    {card.rise && (
      <p class="text" style={`${small};color:${colour.text}`}>
        <b>{card.riseLabel}:</b> {card.rise}
        {card.sparkline && (
          <span class="muted" aria-hidden="true" style={`color:${colour.muted};letter-spacing:-1px`}>
            {' '}
            {card.sparkline}
          </span>
        )}
      </p>
    )}
    {card.summary && <Summary card={card} />}
    <LinkRow links={card.links} margin="0" />
  </>
);

/** The margin of a text's lines, in which the papers' numbers are written. */
export const indent = '    ';

/** A text as lines behind the margin. */
export function indented(text: string): string[] {
  return wrapLines(text, textWidth - indent.length).map((line) => indent + line);
}

/** The head's first line leaves four columns for a number. */
function cardText(card: CardView): CardText {
  const labels = Math.max(...card.links.map(({ label }) => label.length)) + 2;
  const links = card.links.map(({ label, url }) => `${indent}${`${label}:`.padEnd(labels)}${url}`);
  const summary = card.isAiSummary ? `${card.summary} (AI summary)` : card.summary;
  const paragraphs = [indented(summary), links].filter((lines) => lines.length > 0);
  return {
    head: [...indented(card.title), ...indented(card.authors), ...indented(card.about)].join('\n').slice(indent.length),
    body: [
      ...indented(card.rise && `${card.riseLabel}: ${card.rise}`),
      ...paragraphs.flatMap((lines) => ['', ...lines]),
    ].join('\n'),
  };
}

/** Renders each paper's card once. Keep one renderer per edition: a paper's score differs between editions. */
export function cardRenderer(): CardRenderer {
  const cards = new Map<PaperId, Card>();
  return (ranked) => {
    const known = cards.get(ranked.paper.id);
    if (known) return known;
    const view = cardView(ranked);
    const card = { view, html: markup(<CardHtml card={view} />), text: cardText(view) };
    cards.set(ranked.paper.id, card);
    return card;
  };
}
