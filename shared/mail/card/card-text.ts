import { textWidth, wrapLines } from '../layout/plain-text.js';
import type { CardSize, CardView } from './card-view.js';

/** A card as text behind a margin, in pieces; its first line leaves room for the number. */
export interface CardText {
  readonly beforeReason: string;
  readonly afterReason: string;
  readonly ending: string;
}

export const withdrawnNote = 'This paper has since been withdrawn from arXiv.';

/** How a paper rises: that it does goes without saying, unlike that it is new, or comes back. */
export function riseInWords({ riseLabel, rise }: CardView): string {
  if (riseLabel === 'Rising') return rise;
  if (rise !== '') return `${riseLabel}: ${rise}`;
  return riseLabel === 'First day' ? 'First day on the list' : riseLabel;
}

/** The margin of a text's lines, in which the papers' numbers are written. */
const indent = '    ';

/** What no line is broken at. */
const noBreak = '\u00a0';

/** A text as lines behind the margin. */
export function indented(text: string): string[] {
  return wrapLines(text, textWidth - indent.length).map((line) => indent + line);
}

/** How a paper rises, and how much there is in all; a curve and the count at its end stay on one line. */
function riseLines(card: CardView): string[] {
  const { sparkline, totals } = card;
  const risen = riseInWords(card);
  if (sparkline === '') return indented([risen, totals].filter((part) => part !== '').join('; '));
  const [end = '', ...others] = totals.split(' · ');
  const drawn = [`${sparkline} ${end}`.replaceAll(' ', noBreak), ...others].join(' · ');
  const lines = indented([risen, drawn].filter((part) => part !== '').join(' '));
  return lines.map((line) => line.replaceAll(noBreak, ' '));
}

/** Only what is known gets a line; a `line` is its title, its rise and the paper's address. */
export function cardText(card: CardView, size: CardSize): CardText {
  const about = [card.authors, size === 'short' ? '' : card.about].filter((part) => part !== '');
  const shownLinks = size === 'line' ? card.links.slice(0, 1) : card.links;
  const labels = Math.max(...shownLinks.map(({ label }) => label.length)) + 2;
  const links = shownLinks.map(({ label, url }) => `${indent}${`${label}:`.padEnd(labels)}${url}`);
  const paragraphs = [
    ...(size === 'line' ? [] : [indented(about.join(' · '))]),
    indented(card.summary),
    indented(card.aiSummary && `AI summary: ${card.aiSummary}`),
    indented(card.isWithdrawn ? withdrawnNote : ''),
  ].filter((lines) => lines.length > 0);
  const gap = size === 'line' ? [] : [''];
  return {
    beforeReason: `${indented(card.title).join('\n').slice(indent.length)}\n`,
    afterReason: [
      ...paragraphs.flatMap((lines, at) => (at === 0 ? lines : ['', ...lines])),
      ...gap,
      ...riseLines(card),
      ...links,
      '',
    ].join('\n'),
    ending: '\n',
  };
}
