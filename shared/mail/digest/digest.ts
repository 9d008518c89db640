import type { CalendarDate } from '../../domain/calendar-date.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import type { ChosenPaper } from '../../domain/edition/explain-papers.js';
import type { Period } from '../../domain/subscriber/slot/delivery-days.js';
import { dayInWords } from '../../domain/text/day-in-words.js';
import { singleLine } from '../../domain/text/shown-text.js';
import { type CardSize, type CardView, cardView } from '../card/card-view.js';
import {
  becauseSubscribed,
  type FooterView,
  type SubscriberLinks,
  subscriberFooterLinks,
} from '../layout/footer-view.js';
import { type LabelledLink, shortenAtWord } from '../layout/plain-text.js';
import { type Reason, reasonOf, termsOf } from './reason.js';

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
  /** One or two sentences about the day and its sources; may be empty. */
  readonly dayLine: string;
  /** Which presses of the reader's it is the first to follow, in a sentence; absent for none. */
  readonly follows?: string;
  /**
   * How many papers of the edition that no digest has shown match the topics: at least those of this digest, or none when
   * they are the best of the others.
   */
  readonly matched: number;
  /** The reader's own page of the day, with all that matched. */
  readonly dayUrl: string;
  /** Where authors, organisations and words of this digest can be left out from now on; absent where nobody gets it. */
  readonly lessUrl?: string;
  /** Where more or less of what is like a paper of this digest can be asked for, followed by `&paper=<id>`; as `lessUrl`. */
  readonly likeUrl?: string;
  readonly editionUrl: string;
  /** Where all editions can be searched. */
  readonly archiveUrl: string;
  /** The page that explains the order in words. */
  readonly orderUrl: string;
  /** Whether AI summaries may stand beside the authors' words. */
  readonly aiSummaries: boolean;
  /** Identifier of the list (RFC 2919), such as `paperboy.example.org`. */
  readonly listId: string;
}

/** One paper of a digest: the card that all share, and what this subscriber's mail adds. */
export interface DigestViewPaper {
  readonly card: CardView;
  readonly size: CardSize;
  readonly reason: Reason;
}

/** Everything that a digest's mail shows, as plain single-line texts; HTML and text are both made from it. */
export interface DigestView {
  readonly subject: string;
  readonly preheader: string;
  /** `Friday, 7 August 2026`. */
  readonly date: string;
  /** Paragraphs above the digest's own words; usually none. */
  readonly greeting: readonly string[];
  readonly dayLine: string;
  readonly papers: readonly DigestViewPaper[];
  /** How many of the matching papers these are … */
  readonly matched: string;
  /** … and where they all are. */
  readonly seeAll: LabelledLink;
  /** Where a reader can choose what to leave out, under `lessLabel`. */
  readonly lessUrl?: string;
  readonly likeUrl?: string;
  readonly footer: Pick<FooterView, 'links'> & { readonly reason: string };
}

/** What a digest says beyond its papers when it is the first one; each text replaces the ordinary one. */
export type Opening = Pick<DigestView, 'subject' | 'preheader' | 'greeting'>;

/** Most characters of a subject before encoding: what fits one line of a mail (RFC 5322, 2.1.1). */
const subjectLength = 78;
/** A longer topic says less in a list of mails than the title that it would cost. */
const subjectTopicLength = 24;
const preheaderLength = 150;
const preheaderTitleLength = 60;

const shorts = 3;

/** How large the paper at a place, from 0, is shown: one lead, three short ones, the others in a line. */
export function sizeAt(place: number, aiSummaries: boolean): CardSize {
  if (place === 0) return aiSummaries ? 'lead' : 'lead-own-words';
  return place <= shorts ? 'short' : 'line';
}

/**
 * The best paper's title with its topic, or with how many others come along if the topic is long or in the title; that of
 * a week's best says so first. At most 78 characters.
 */
export function subjectOf(title: string, topic: string, others: number, period: Period = 'day'): string {
  const label = period === 'week' ? "The week's best: " : '';
  const isTold = topic === '' || topic.length > subjectTopicLength || termsOf(title).includes(termsOf(topic));
  const ending = isTold ? (others > 0 ? ` + ${others} more` : '') : ` · ${topic}`;
  return `${label}${shortenAtWord(title, subjectLength - label.length - ending.length)}${ending}`;
}

/** What an inbox shows next to the subject: the next titles, or what a single paper says. */
export function preheaderOf(otherTitles: readonly string[], summary: string): string {
  if (otherTitles.length === 0) return shortenAtWord(summary, preheaderLength);
  const titles = otherTitles.map((title) => shortenAtWord(title, preheaderTitleLength));
  return `Also: ${titles.join(' · ')}`;
}

/** The titles that a preheader tells of the papers below the lead. */
export function titlesBelow(others: readonly Pick<CardView, 'title'>[]): readonly string[] {
  return others.slice(0, shorts).map(({ title }) => title);
}

/** The name of the link to what a reader can leave out. */
export const lessLabel = 'Less of something? Choose here';

/** How many of the papers that matched these are, and the name of the link to them all. */
function matchedInWords(
  shown: number,
  matched: number,
  period: Period = 'day',
): { readonly matched: string; readonly label: string } {
  if (matched === 0) {
    const chosen = 'You chose to get the best papers outside your topics when none matches them.';
    return { matched: chosen, label: 'Read in the browser' };
  }
  const when = period === 'week' ? 'this week' : 'today';
  if (matched > shown) {
    const all = matched.toLocaleString('en-US');
    return { matched: `${shown} of the ${all} papers that matched your topics ${when}.`, label: `See all ${all}` };
  }
  const only = shown === 1 ? 'The one paper' : `All ${shown} papers`;
  return { matched: `${only} that matched your topics ${when}.`, label: 'Read in the browser' };
}

function papersOf({ papers, aiSummaries, edition }: Digest): readonly DigestViewPaper[] {
  return papers.map((paper, place) => {
    const size = sizeAt(place, aiSummaries);
    return { card: cardView(paper, size, edition), size, reason: reasonOf(paper.reasons) };
  });
}

/** The topic for which a digest's best paper is in it. */
export function topicOf({ papers }: Digest): string {
  return singleLine(papers[0]?.reasons[0]?.topic ?? '');
}

/** Turns a digest into what its mail shows; `papers` and what is `said` may come from what was made for others. */
export function digestView(
  digest: Digest,
  papers: readonly DigestViewPaper[] = papersOf(digest),
  said?: Partial<Opening> & { readonly date?: string },
): DigestView {
  const [lead, ...others] = papers.map(({ card }) => card);
  if (!lead) throw new Error('a digest without papers is no mail');
  const { matched, label } = matchedInWords(papers.length, digest.matched, digest.period);
  return {
    subject: said?.subject ?? subjectOf(lead.title, topicOf(digest), others.length),
    preheader: said?.preheader ?? preheaderOf(titlesBelow(others), lead.summary),
    greeting: [...(said?.greeting ?? []), ...(digest.follows === undefined ? [] : [digest.follows])],
    date: said?.date ?? dayInWords(digest.edition),
    dayLine: digest.dayLine,
    papers,
    matched,
    seeAll: { label, url: digest.dayUrl },
    ...(digest.lessUrl !== undefined && { lessUrl: digest.lessUrl }),
    ...(digest.likeUrl !== undefined && { likeUrl: digest.likeUrl }),
    footer: {
      reason: becauseSubscribed(digest.to),
      links: subscriberFooterLinks(digest),
    },
  };
}
