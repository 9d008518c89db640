import type { CalendarDate } from '../../domain/calendar-date.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import { betweenSlots, LinkRow, Muted, markup, Paragraph, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { type SharedPiece, sharedPiece } from '../send/quoted-printable.js';
import { cardText } from './card-text.js';
import { type CardSize, type CardView, cardView } from './card-view.js';

/** A paper's card in one size, the same for every reader of its edition: number and reason go between its pieces. */
export interface Card {
  readonly view: CardView;
  /** Table rows. */
  readonly html: Readonly<Record<'beforeNumber' | 'beforeReason' | 'afterReason', SharedPiece>>;
  /** Its first line leaves room for the number. */
  readonly text: Readonly<Record<'beforeReason' | 'afterReason', SharedPiece>>;
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

const Rise = ({ card }: { card: CardView }) => (
  <p class="text" style={`${small};color:${colour.text}`}>
    {card.riseLabel === 'Resurfaced' && <b>{card.rise ? 'Resurfaced:' : 'Resurfaced'}</b>}
    {card.riseLabel === 'Resurfaced' && ' '}
    {card.rise}
    {card.totals && (
      <span class="muted" style={`color:${colour.muted}`}>
        {(card.rise || card.riseLabel === 'Resurfaced') && ' · '}
        {card.sparkline && (
          <span aria-hidden="true" style="font-family:monospace;letter-spacing:-1px">
            {card.sparkline}&nbsp;
          </span>
        )}
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
  const hasRise = card.rise !== '' || card.totals !== '' || card.riseLabel === 'Resurfaced';
  const links = size === 'short' ? card.links.slice(1) : card.links;
  return (
    <>
      {size !== 'line' && about && <Muted>{about}</Muted>}
      {card.summary && <Paragraph>{card.summary}</Paragraph>}
      {card.aiSummary && <AiSummary text={card.aiSummary} />}
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
  const text = cardText(view, size);
  return {
    view,
    html: {
      beforeNumber: sharedPiece(beforeNumber),
      beforeReason: sharedPiece(beforeReason),
      afterReason: sharedPiece(afterReason),
    },
    text: { beforeReason: sharedPiece(text.beforeReason), afterReason: sharedPiece(text.afterReason) },
  };
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
