import type { Child } from 'hono/jsx';
import type { CalendarDate } from '../../domain/calendar-date.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { betweenSlots, LinkRow, Muted, markup, Paragraph, running, small } from '../layout/mail-page.js';
import { lightPalette as colour } from '../layout/palette.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { type SharedPiece, sharedPiece } from '../send/quoted-printable.js';
import { cardText, riseInWords, withdrawnNote } from './card-text.js';
import { type CardSize, type CardView, cardView } from './card-view.js';
import { namedTitle, pressPieces } from './press.js';

/** A card around the reason why one reader gets it. */
interface CardPieces {
  /** With the number of the place, from 0, that the paper has in a mail. */
  readonly upToReason: (place: number) => SharedPiece;
  readonly afterReason: SharedPiece;
  readonly ending: SharedPiece;
}

/** A paper's card in one size, the same for every reader of its edition: a reason goes between its pieces. */
export interface Card {
  readonly view: CardView;
  /** Table rows. Before the ending comes what the reader can press: this, between the addresses of a page of the reader's. */
  readonly html: CardPieces & { readonly press: readonly SharedPiece[] };
  readonly text: CardPieces;
}

/** Gives a paper's card. */
export type CardRenderer = (paper: RankedPaper, size: CardSize) => Card;

const lead = { heading: 'margin:0 0 6px;font-size:24px;line-height:1.18', padding: '12px 16px 8px' };
const looks = {
  lead,
  'lead-own-words': lead,
  short: { heading: 'margin:0 0 4px;font-size:18px;line-height:1.22', padding: '12px 16px 4px' },
  line: { heading: 'margin:0 0 2px;font-size:16px;line-height:1.25', padding: '8px 16px 4px' },
} as const;

const shortText = 'margin:0 0 6px;font-size:15px;line-height:1.4';
const curve = 'font-family:monospace;font-size:10px;line-height:1;letter-spacing:-.5px';

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

const Totals = ({ card: { sparkline, totals } }: { card: CardView }) => (
  // A curve and the count at its end stay together.
  <span class="muted" style={`color:${colour.muted};white-space:nowrap`}>
    {sparkline && (
      <span class="accent" aria-hidden="true" style={`${curve};color:${colour.accent}`}>
        {sparkline}
      </span>
    )}
    {sparkline && ' '}
    {totals}
  </span>
);

const Rise = ({ card, risen, children }: { card: CardView; risen: string; children: Child }) => (
  <p class="text" style={`${small};color:${colour.text}`}>
    {risen}
    {risen && card.totals && (card.sparkline ? ' ' : '; ')}
    {card.totals && <Totals card={card} />}
    {children}
  </p>
);

const AiSummary = ({ text }: { text: string }) => (
  <Muted>
    <b>AI summary:</b> {text}
  </Muted>
);

const hasRise = (card: CardView) => riseInWords(card) !== '' || card.totals !== '';

const Body = ({ card, size }: { card: CardView; size: CardSize }) => {
  const about = size === 'short' ? card.authors : [card.authors, card.organisation].filter(Boolean).join(' · ');
  const links = size === 'short' ? card.links.slice(1) : card.links;
  return (
    <>
      {size !== 'line' && about && <Muted>{about}</Muted>}
      {card.summary && <Paragraph style={size === 'short' ? shortText : running}>{card.summary}</Paragraph>}
      {card.aiSummary && <AiSummary text={card.aiSummary} />}
      {card.isWithdrawn && <Muted>{withdrawnNote}</Muted>}
      {hasRise(card) && (
        <Rise card={card} risen={riseInWords(card)}>
          {size === 'line' && <slot />}
        </Rise>
      )}
      {size !== 'line' && <LinkRow links={links} about={shortenAtWord(card.title, namedTitle)} />}
      {(size !== 'line' || !hasRise(card)) && <slot />}
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
  const [beforeNumber = '', beforeReason = '', afterReason = '', ending = ''] = betweenSlots(
    markup(<CardRow card={view} size={size} />),
  );
  const text = cardText(view, size);
  const { title } = view;
  const press = pressPieces({ id: encodeURIComponent(ranked.paper.id), title, size, isBehindText: hasRise(view) });
  return {
    view,
    html: {
      upToReason: atEachPlace((number) => `${beforeNumber}${number}${beforeReason}`),
      afterReason: sharedPiece(afterReason),
      press,
      ending: sharedPiece(ending),
    },
    text: {
      upToReason: atEachPlace((number) => `${`${number}.`.padStart(3)} ${text.beforeReason}`),
      afterReason: sharedPiece(text.afterReason),
      ending: sharedPiece(text.ending),
    },
  };
}

/** Places whose numbers are kept with a card: those of the longest mail. A page may have more. */
const keptPlaces = 25;

function atEachPlace(write: (number: number) => string): CardPieces['upToReason'] {
  const known: SharedPiece[] = [];
  return (place) => {
    if (place >= keptPlaces) return sharedPiece(write(place + 1));
    known[place] ??= sharedPiece(write(place + 1));
    return known[place];
  };
}

/**
 * Renders each paper's card once in each size. Keep one renderer per edition, of which `on` is the day: a paper's score
 * differs between editions.
 */
export function cardRenderer(on?: CalendarDate): CardRenderer {
  const cards: Readonly<Record<CardSize, Map<PaperId, Card>>> = {
    lead: new Map(),
    'lead-own-words': new Map(),
    short: new Map(),
    line: new Map(),
  };
  return (ranked, size) => {
    const known = cards[size].get(ranked.paper.id);
    if (known) return known;
    const card = render(ranked, size, on);
    cards[size].set(ranked.paper.id, card);
    return card;
  };
}
