import type { RankedPaper } from '../../domain/edition/edition.js';
import { paperLinks } from '../../domain/paper/paper-links.js';
import { shortenAtSentence } from '../../domain/text/shorten.js';
import { texToText } from '../../domain/text/tex-to-text.js';
import { sparkline } from '../../domain/trend/curve.js';
import { describeRank } from '../../domain/trend/trend-words.js';
import { type LabelledLink, singleLine } from '../layout/plain-text.js';

/** What mails and pages show of a paper: plain single-line texts, the same for everybody, empty where unknown. */
export interface CardView {
  readonly title: string;
  readonly authors: string;
  /** Organisation and categories. */
  readonly about: string;
  /** `Rising`, or `Resurfaced` for an old paper. */
  readonly riseLabel: string;
  readonly rise: string;
  /** How the upvotes rose, as `upvoteCurve` gives it, for a drawing. */
  readonly curve?: readonly number[];
  /** The same in block characters. */
  readonly sparkline: string;
  readonly summary: string;
  readonly isAiSummary: boolean;
  /** The paper itself first. */
  readonly links: readonly [LabelledLink, ...LabelledLink[]];
}

/** How much of a paper's text a card shows, in UTF-16 units. */
export const summaryLength = 320;
const namedAuthors = 3;
const namedCategories = 3;

// Sources pass on a few tags that authors typed into their abstracts.
const typedTags = /<\/?(?:b|i|em|strong|tt|sub|sup|p|br)\s*\/?>/gi;

/** A source's text without the tags that its authors typed. */
export function withoutTags(text: string): string {
  return text.replace(typedTags, '');
}

function plain(text: string): string {
  return singleLine(texToText(withoutTags(text)));
}

/** `A, B, C and 12 more`; one more than the named ones is named too. */
function authorsLine(authors: readonly string[]): string {
  const names = authors.map(plain).filter((name) => name !== '');
  const shown = names.length <= namedAuthors + 1 ? names : names.slice(0, namedAuthors);
  const rest = names.length - shown.length;
  const last = rest > 0 ? `${rest} more` : shown.pop();
  return last === undefined ? '' : [shown.join(', '), last].filter((part) => part !== '').join(' and ');
}

function cardLinks(paper: RankedPaper['paper']): CardView['links'] {
  const { paper: page, pdf, code, project, discussion } = paperLinks(paper);
  return [
    { label: 'Paper', url: page },
    { label: 'PDF', url: pdf },
    ...(code ? [{ label: 'Code', url: code }] : []),
    ...(project ? [{ label: 'Project', url: project }] : []),
    ...(discussion ? [{ label: 'Discussion', url: discussion }] : []),
  ];
}

/** The card of a ranked paper as plain data. */
export function cardView(ranked: RankedPaper): CardView {
  const { paper } = ranked;
  const rise = describeRank(ranked);
  const aiSummary = plain(paper.aiSummary ?? '');
  const about = [
    plain(paper.organisation ?? ''),
    paper.categories.slice(0, namedCategories).map(singleLine).join(', '),
  ];
  return {
    title: plain(paper.title) || paper.id,
    authors: authorsLine(paper.authors),
    about: about.filter((part) => part !== '').join(' · '),
    riseLabel: rise.label,
    rise: rise.words.join(' · '),
    ...(ranked.curve && { curve: ranked.curve }),
    sparkline: ranked.curve ? sparkline(ranked.curve) : '',
    summary: shortenAtSentence(aiSummary || plain(paper.abstract), summaryLength),
    isAiSummary: aiSummary !== '',
    links: cardLinks(paper),
  };
}
