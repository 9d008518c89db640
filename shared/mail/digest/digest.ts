import type { CalendarDate } from '../../domain/calendar-date.js';
import type { ChosenPaper } from '../../domain/edition/choose-papers.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import type { Period } from '../../domain/subscriber/slot/delivery-days.js';
import { dayInWords } from '../../domain/text/day-in-words.js';
import { singleLine, withoutTags } from '../../domain/text/shown-text.js';
import { type CardView, cardView } from '../card/card-view.js';
import {
  becauseSubscribed,
  type FooterView,
  type SubscriberLinks,
  sentBy,
  subscriberFooterLinks,
} from '../layout/footer-view.js';
import { shortenAtWord } from '../layout/plain-text.js';
import { parseMailbox } from '../send/composed-mail.js';

/** What every mail states. */
export interface Letterhead {
  /** The address; no notice shows one that nobody has confirmed. */
  readonly to: string;
  /** `Name <address>` or an address. */
  readonly sender: string;
  readonly postalAddress: string;
}

/** A paper as one subscriber gets it. */
export type DigestPaper = RankedPaper & Pick<ChosenPaper, 'reasons'>;

/** What one subscriber gets of one edition; the papers, at least one, are in the order of the mail, the best first. */
export interface Digest extends Letterhead, SubscriberLinks {
  readonly edition: CalendarDate;
  /** Whether it is the best of the day or of the week. */
  readonly period: Period;
  readonly papers: readonly DigestPaper[];
  /** How many papers the whole edition holds. */
  readonly editionSize: number;
  readonly formula: number;
  readonly editionUrl: string;
  /** Identifier of the list (RFC 2919), such as `paperboy.example.org`. */
  readonly listId: string;
}

/** One paper of a digest: the card that all share, and why this subscriber gets it. */
interface DigestViewPaper {
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
  /** Paragraphs above the digest's own words; usually none. */
  readonly greeting: readonly string[];
  readonly intro: string;
  readonly papers: readonly DigestViewPaper[];
  readonly editionUrl: string;
  readonly footer: FooterView;
}

/** What a digest says beyond its papers when it is the first one; each text replaces the ordinary one. */
export type Opening = Pick<DigestView, 'subject' | 'preheader' | 'greeting'>;

/** Most characters of a subject before encoding: what fits one line of a mail (RFC 5322, 2.1.1). */
const subjectLength = 78;
const preheaderLength = 150;
const shownTopics = 3;
const shownWords = 4;
const topicLength = 60;

function reasonInWords({ topic, words }: DigestPaper['reasons'][number]): string {
  const name = shortenAtWord(singleLine(topic), topicLength);
  const quoted = words
    .slice(0, shownWords)
    .map((word) => `“${shortenAtWord(singleLine(withoutTags(word)), topicLength)}”`);
  return quoted.length === 0 ? name : `${name}: ${quoted.join(', ')}`;
}

function introOf(count: number, { editionSize, formula, period }: Digest): string {
  const papers = count === 1 ? 'One paper in your topics' : `${count} papers in your topics`;
  const whole = editionSize > count ? `, out of ${editionSize.toLocaleString('en-US')} in this edition` : '';
  if (period === 'week') return `The week's best: ${papers.toLowerCase()}${whole}.`;
  return `${papers}${whole}. Ranked by trend score (formula ${formula}).`;
}

/** The best paper's title, what it is the best of unless the day, and how many others come with it, at most 78 characters. */
function subjectOf(title: string, others: number, period: Period): string {
  const label = period === 'week' ? "The week's best: " : '';
  const ending = others === 0 ? '' : ` + ${others} more`;
  return `${label}${shortenAtWord(title, subjectLength - label.length - ending.length)}${ending}`;
}

/** What an inbox shows next to the subject: the other titles, or the summary of a single paper. */
function preheaderOf(otherTitles: readonly string[], summary: string): string {
  const text = otherTitles.length === 0 ? summary : `Also: ${otherTitles.slice(0, 4).join(' · ')}`;
  return shortenAtWord(text, preheaderLength);
}

/** Turns a digest into what its mail shows; `cardOf` may answer from a cache. */
export function digestView(
  digest: Digest,
  cardOf: (paper: RankedPaper) => CardView = cardView,
  opening?: Opening,
): DigestView {
  const papers = digest.papers.map((paper) => ({
    card: cardOf(paper),
    reasons: paper.reasons.slice(0, shownTopics).map(reasonInWords),
  }));
  const [best, ...others] = papers.map(({ card }) => card);
  if (!best) throw new Error('a digest without papers is no mail');
  return {
    subject: subjectOf(best.title, others.length, digest.period),
    preheader: preheaderOf(
      others.map(({ title }) => title),
      best.summary,
    ),
    greeting: [],
    ...opening,
    date: dayInWords(digest.edition),
    intro: introOf(papers.length, digest),
    papers,
    editionUrl: digest.editionUrl,
    footer: {
      reason: becauseSubscribed(digest.to),
      links: subscriberFooterLinks(digest),
      sentBy: sentBy(parseMailbox(digest.sender).name, digest.postalAddress),
      thanks: 'Thank you to arXiv for use of its open access interoperability.',
    },
  };
}
