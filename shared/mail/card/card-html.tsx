import { Link, Muted, paragraph, small, touchable } from '../layout/html-parts.js';
import { markup } from '../layout/markup.js';
import { lightPalette as colour } from '../layout/palette.js';
import type { LabelledLink } from '../layout/plain-text.js';
import type { CardView } from './card-view.js';

const LinkRow = ({ links }: { links: readonly LabelledLink[] }) => (
  <p style="margin:0;font-size:16px;line-height:1.5">
    {links.map(({ label, url }) => (
      <>
        <Link to={url} style={touchable}>
          {label}
        </Link>{' '}
      </>
    ))}
  </p>
);

const Summary = ({ card }: { card: CardView }) => (
  <p class="text" style={`${paragraph};color:${colour.text}`}>
    {card.summary}
    {card.isAiSummary && (
      <span class="muted" style={`font-size:14px;color:${colour.muted}`}>
        {' '}
        (AI&nbsp;summary)
      </span>
    )}
  </p>
);

const Card = ({ card }: { card: CardView }) => (
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
    <LinkRow links={card.links} />
  </>
);

/** HTML of one paper's card, the same for every subscriber of an edition. */
export function cardHtml(card: CardView): string {
  return markup(<Card card={card} />);
}
