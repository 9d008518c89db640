import type { RankedPaper } from '../../domain/edition/edition.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { type CardText, cardText } from '../digest/digest-text.js';
import { cardHtml } from './card-html.js';
import { type CardView, cardView } from './card-view.js';

/** A card in all its forms. */
export interface Card {
  readonly view: CardView;
  readonly html: string;
  readonly text: CardText;
}

/** Gives a paper's card. */
export type CardRenderer = (paper: RankedPaper) => Card;

/** Renders each paper's card once; keep one renderer per edition, because a paper's score differs between editions. */
export function cardRenderer(): CardRenderer {
  const cards = new Map<PaperId, Card>();
  return (ranked) => {
    const known = cards.get(ranked.paper.id);
    if (known) return known;
    const view = cardView(ranked);
    const card = { view, html: cardHtml(view), text: cardText(view) };
    cards.set(ranked.paper.id, card);
    return card;
  };
}
