import { type CalendarDate, startOf } from '../domain/calendar-date.js';
import type { RankedPaper } from '../domain/edition.js';
import { type CardView, cardView } from './card-view.js';
import type { Digest, MatchReason } from './digest.js';
import { parseMailbox } from './mailbox.js';
import { shortenAtWord } from './shorten-at-word.js';
import { singleLine } from './single-line.js';
import { preheaderOf, subjectOf } from './subject.js';

/** One paper of a digest: the card that all share, and why this subscriber gets it. */
export interface DigestViewPaper {
  readonly card: CardView;
  /** `Diffusion: “score-based”, “denoising”`, one per topic. */
  readonly reasons: readonly string[];
}

/** Everything that a digest's mail shows, as plain single-line texts; HTML and text are both made from it. */
export interface DigestView {
  readonly subject: string;
  readonly preheader: string;
  /** `Friday, 7 August 2026`. */
  readonly date: string;
  readonly intro: string;
  readonly papers: readonly DigestViewPaper[];
  readonly to: string;
  readonly senderName: string;
  readonly postalAddress: string;
  readonly editionUrl: string;
  readonly preferencesUrl: string;
  readonly unsubscribeUrl: string;
}

const shownTopics = 3;
const shownWords = 4;
const topicLength = 60;

const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

function dayInWords(date: CalendarDate): string {
  // The parts are joined here: whether a comma follows the weekday depends on the runtime's locale data.
  const part = new Map(dayFormat.formatToParts(startOf(date)).map(({ type, value }) => [type, value]));
  return `${part.get('weekday')}, ${part.get('day')} ${part.get('month')} ${part.get('year')}`;
}

function reasonInWords({ topic, words }: MatchReason): string {
  const name = shortenAtWord(singleLine(topic), topicLength);
  const quoted = words.slice(0, shownWords).map((word) => `“${shortenAtWord(singleLine(word), topicLength)}”`);
  return quoted.length === 0 ? name : `${name}: ${quoted.join(', ')}`;
}

function introOf(count: number, editionSize: number): string {
  const papers = count === 1 ? 'One paper in your topics' : `${count} papers in your topics`;
  return editionSize > count
    ? `${papers}, out of ${editionSize.toLocaleString('en-US')} in this edition.`
    : `${papers}.`;
}

/** Turns a digest into what its mail shows; `cardOf` may answer from a cache. */
export function digestView(digest: Digest, cardOf: (paper: RankedPaper) => CardView = cardView): DigestView {
  const papers = digest.papers.map((paper) => ({
    card: cardOf(paper),
    reasons: paper.reasons.slice(0, shownTopics).map(reasonInWords),
  }));
  const [best, ...others] = papers.map(({ card }) => card);
  if (!best) throw new Error('a digest without papers is no mail');
  return {
    subject: subjectOf(best.title, others.length),
    preheader: preheaderOf(
      others.map(({ title }) => title),
      best.summary,
    ),
    date: dayInWords(digest.edition),
    intro: introOf(papers.length, digest.editionSize),
    papers,
    to: singleLine(digest.to),
    senderName: parseMailbox(digest.sender).name || 'Paperboy',
    postalAddress: singleLine(digest.postalAddress),
    editionUrl: digest.editionUrl,
    preferencesUrl: digest.preferencesUrl,
    unsubscribeUrl: digest.unsubscribeUrl,
  };
}
