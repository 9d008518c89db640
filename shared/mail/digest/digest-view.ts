import type { RankedPaper } from '../../domain/edition/edition.js';
import { dayInWords } from '../../domain/text/day-in-words.js';
import { type CardView, cardView } from '../card/card-view.js';
import { becauseSubscribed, type FooterView, sentBy, subscriberFooterLinks } from '../layout/footer-view.js';
import { shortenAtWord } from '../layout/shorten-at-word.js';
import { singleLine } from '../layout/single-line.js';
import type { Digest, MatchReason } from './digest.js';
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
  /** Paragraphs before the digest's own words; mostly none. */
  readonly greeting: readonly string[];
  readonly intro: string;
  readonly papers: readonly DigestViewPaper[];
  readonly editionUrl: string;
  readonly footer: FooterView;
}

/** What a digest says beyond its papers when it is the first one; each text takes the place of the ordinary one. */
export interface Opening {
  readonly subject: string;
  readonly preheader: string;
  readonly greeting: readonly string[];
}

const shownTopics = 3;
const shownWords = 4;
const topicLength = 60;

function reasonInWords({ topic, words }: MatchReason): string {
  const name = shortenAtWord(singleLine(topic), topicLength);
  const quoted = words.slice(0, shownWords).map((word) => `“${shortenAtWord(singleLine(word), topicLength)}”`);
  return quoted.length === 0 ? name : `${name}: ${quoted.join(', ')}`;
}

function introOf(count: number, { editionSize, formula }: Digest): string {
  const papers = count === 1 ? 'One paper in your topics' : `${count} papers in your topics`;
  const whole = editionSize > count ? `, out of ${editionSize.toLocaleString('en-US')} in this edition` : '';
  return `${papers}${whole}. Ranked by formula ${formula}.`;
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
    subject: subjectOf(best.title, others.length),
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
      sentBy: sentBy(digest.sender, digest.postalAddress),
      thanks: 'Thank you to arXiv for use of its open access interoperability.',
    },
  };
}
