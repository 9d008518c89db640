import type { CalendarDate } from '../../domain/calendar-date.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import { authorsWords } from '../../domain/highlights/authors-words.js';
import { paperLinks } from '../../domain/paper/paper-links.js';
import { shortenAtSentence } from '../../domain/text/shorten.js';
import { shownText, singleLine } from '../../domain/text/shown-text.js';
import { sparkline } from '../../domain/trend/curve.js';
import { describeRise } from '../../domain/trend/trend-words.js';
import { type LabelledLink, shortenAtWord } from '../layout/plain-text.js';

/** What mails and pages show of a paper: plain single-line texts, the same for everybody, empty where unknown. */
export interface CardView {
  readonly title: string;
  /** The first few and how many others. */
  readonly authors: string;
  readonly organisation: string;
  /** Organisation and categories. */
  readonly about: string;
  /** `Rising`, `First day`, or `Resurfaced` for an old paper. */
  readonly riseLabel: string;
  /** What it gained. */
  readonly rise: string;
  /** How much there is in all; the last value of the curve first. */
  readonly totals: string;
  /** How the upvotes rose, as `upvoteCurve` gives it, for a drawing. */
  readonly curve?: readonly number[];
  /** The same in block characters. */
  readonly sparkline: string;
  /** Sentences of the abstract. */
  readonly summary: string;
  /** What a language model made of it, with the source: only in a `lead`, and never shown without saying so. */
  readonly aiSummary: string;
  /** Whether its authors have withdrawn it. */
  readonly isWithdrawn: boolean;
  /** The paper itself first. */
  readonly links: readonly [LabelledLink, ...LabelledLink[]];
}

/** How large a paper is shown; a lead in the authors' `own-words` leaves the AI summary out. */
export type CardSize = 'lead' | 'lead-own-words' | 'short' | 'line';

/** How much of a paper's abstract a card shows, in UTF-16 units. */
export const summaryLength = 420;

const lead = { authors: 3, summary: summaryLength };
/** How many authors a card names where there are many more, and how much of the abstract it shows. */
const shape = {
  lead,
  'lead-own-words': lead,
  short: { authors: 2, summary: 200 },
  line: { authors: 2, summary: 0 },
} as const;

const aiSummaryLength = 200;
const titleLength = 240;
const nameLength = 60;
const organisationLength = 80;
const namedCategories = 3;

/** `A, B, C and 12 more`; one more than the named ones is named too. */
function authorsLine(authors: readonly string[], most: number): string {
  const names = authors.map(shownText).filter((name) => name !== '');
  const shown = (names.length <= most + 1 ? names : names.slice(0, most)).map((name) =>
    shortenAtWord(name, nameLength),
  );
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

/** The card of a ranked paper as plain data; `on` is the day of its edition, if that is known. */
export function cardView(ranked: RankedPaper, size: CardSize = 'lead', on?: CalendarDate): CardView {
  const { paper } = ranked;
  const { label, gains, totals } = describeRise(ranked, on);
  // What is said in a line has room for one of the two.
  const isBrief = size === 'line' && gains.length > 0;
  const organisation = shortenAtWord(shownText(paper.organisation ?? ''), organisationLength);
  const categories = paper.categories.slice(0, namedCategories).map(singleLine).join(', ');
  return {
    title: shortenAtWord(shownText(paper.title), titleLength) || paper.id,
    authors: authorsLine(paper.authors, shape[size].authors),
    organisation,
    about: [organisation, categories].filter((part) => part !== '').join(' · '),
    riseLabel: label,
    rise: gains.join(' · '),
    totals: isBrief ? '' : totals.join(' · '),
    ...(ranked.curve && { curve: ranked.curve }),
    sparkline: ranked.curve && size !== 'line' ? sparkline(ranked.curve) : '',
    summary: shape[size].summary > 0 ? authorsWords(ranked, shape[size].summary) : '',
    aiSummary: size !== 'lead' ? '' : shortenAtSentence(shownText(paper.aiSummary ?? ''), aiSummaryLength),
    isWithdrawn: paper.isWithdrawn,
    links: cardLinks(paper),
  };
}
