import type { CardView } from '../card/card-view.js';
import { footerText } from '../layout/footer-view.js';
import { textWidth, wrapLines } from '../layout/plain-text.js';
import type { DigestView, DigestViewPaper } from './digest-view.js';

/** A card as text, in two parts: what stands here for this subscriber comes between them. */
export interface CardText {
  readonly head: string;
  readonly body: string;
}

const indent = '    ';

function indented(text: string): string[] {
  return wrapLines(text, textWidth - indent.length).map((line) => indent + line);
}

/** Text of one paper's card, the same for every subscriber; the head's first line leaves four columns for a number. */
export function cardText(card: CardView): CardText {
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

function numbered({ reasons }: DigestViewPaper, at: number, card: CardText): string {
  const number = `${at + 1}.`.padStart(indent.length - 1);
  return [`${number} ${card.head}`, ...reasons.flatMap((reason) => indented(`For ${reason}`)), card.body].join('\n');
}

/** The plain text of a digest, wrapped at 72, joined from its cards, one for each paper of the view. */
export function digestText(view: DigestView, cards: readonly CardText[]): string {
  const papers = view.papers.map((paper, at) => numbered(paper, at, cards[at] ?? { head: '', body: '' }));
  return [
    `PAPERBOY\n${view.date}`,
    ...view.greeting.map((text) => wrapLines(text, textWidth).join('\n')),
    [...wrapLines(view.intro, textWidth), `See them all: ${view.editionUrl}`].join('\n'),
    ...papers,
    `${footerText(view.footer)}\n`,
  ].join('\n\n');
}
