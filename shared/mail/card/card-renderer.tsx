import type { CalendarDate } from '../../domain/calendar-date.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import { betweenSlots, LinkRow, Muted, markup, Paragraph, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { type CardText, cardText, withdrawnNote } from './card-text.js';
import { type CardSize, type CardView, cardView } from './card-view.js';

/** A card as HTML: table rows, in three pieces. */
export interface CardHtml {
  readonly beforeNumber: string;
  readonly beforeReason: string;
  readonly afterReason: string;
}

/** A paper's card in one size, the same for every reader of its edition: number and reason go between its pieces. */
export interface Card {
  readonly view: CardView;
  readonly html: CardHtml;
  readonly text: CardText;
}

/** Gives a paper's card. */
export type CardRenderer = (paper: RankedPaper, size: CardSize) => Card;

const lead = { heading: 'margin:0 0 8px;font-size:25px;line-height:1.18', padding: '18px 16px 12px' };
const looks = {
  lead,
  'lead-own-words': lead,
  short: { heading: 'margin:0 0 5px;font-size:18px;line-height:1.25', padding: '14px 16px 6px' },
  line: { heading: 'margin:0 0 3px;font-size:16px;line-height:1.3', padding: '9px 16px 5px' },
} as const;

const curve = 'font-family:monospace;font-size:10px;line-height:1;letter-spacing:-.5px';

/** How much of a title a link's name repeats. */
const namedTitle = 48;

const Heading = ({ card, size }: { card: CardView; size: CardSize }) => {
  const Level = size === 'line' ? 'h3' : 'h2';
  return (
    <Level class="text" style={`${looks[size].heading};font-weight:700;color:${colour.text}`}>
      <span class="muted" style={`font-weight:400;color:${colour.muted}`}>
        <slot />
      </span>{' '}
      <a class="text" href={card.links[0].url} style={`color:${colour.text};text-decoration:none`}>
        {card.title}
      </a>
    </Level>
  );
};

const Curve = ({ blocks }: { blocks: string }) => (
  <>
    {' '}
    <span class="accent" aria-hidden="true" style={`${curve};color:${colour.accent}`}>
      {blocks}
    </span>
    {'\u00a0'}
  </>
);

const Rise = ({ card }: { card: CardView }) => (
  <p class="text" style={`${small};color:${colour.text}`}>
    {card.isResurfaced && <b>{card.rise ? 'Resurfaced:' : 'Resurfaced'}</b>}
    {card.isResurfaced && ' '}
    {card.rise}
    {card.totals && (
      <span class="muted" style={`color:${colour.muted}`}>
        {card.sparkline ? <Curve blocks={card.sparkline} /> : (card.rise || card.isResurfaced) && ' · '}
        {card.totals}
      </span>
    )}
  </p>
);

const AiSummary = ({ text }: { text: string }) => (
  <Muted>
    <b>AI summary:</b> {text}
  </Muted>
);

const Body = ({ card, size }: { card: CardView; size: CardSize }) => {
  const about = [card.authors, card.organisation].filter((part) => part !== '').join(' · ');
  const hasRise = card.rise !== '' || card.totals !== '' || card.isResurfaced;
  const links = size === 'short' ? card.links.slice(1) : card.links;
  return (
    <>
      {size !== 'line' && about && <Muted>{about}</Muted>}
      {card.summary && <Paragraph>{card.summary}</Paragraph>}
      {card.aiSummary && <AiSummary text={card.aiSummary} />}
      {card.isWithdrawn && <Muted>{withdrawnNote}</Muted>}
      {hasRise && <Rise card={card} />}
      {size !== 'line' && <LinkRow links={links} about={shortenAtWord(card.title, namedTitle)} />}
    </>
  );
};

const CardRow = ({ card, size }: { card: CardView; size: CardSize }) => (
  <tr>
    <td class="line" style={`padding:${looks[size].padding};border-bottom:1px solid ${colour.line}`}>
      <Heading card={card} size={size} />
      <slot />
      <Body card={card} size={size} />
    </td>
  </tr>
);

function render(ranked: RankedPaper, size: CardSize, on: CalendarDate | undefined): Card {
  const view = cardView(ranked, size, on);
  const [beforeNumber = '', beforeReason = '', afterReason = ''] = betweenSlots(
    markup(<CardRow card={view} size={size} />),
  );
  return { view, html: { beforeNumber, beforeReason, afterReason }, text: cardText(view, size) };
}

/**
 * Renders each paper's card once in each size. Keep one renderer per edition, of which `on` is the day: a paper's score
 * differs between editions.
 */
export function cardRenderer(on?: CalendarDate): CardRenderer {
  const cards = new Map<string, Card>();
  return (ranked, size) => {
    const key = `${size} ${ranked.paper.id}`;
    const known = cards.get(key);
    if (known) return known;
    const card = render(ranked, size, on);
    cards.set(key, card);
    return card;
  };
}
