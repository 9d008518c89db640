import type { CalendarDate } from '../../domain/calendar-date.js';
import type { ClosePaper, Surroundings } from '../../domain/edition/closest-papers.js';
import type { RankedPaper } from '../../domain/edition/edition.js';
import { arxivPage } from '../../domain/paper/paper-links.js';
import { dayInWords } from '../../domain/text/day-in-words.js';
import { shownText, singleLine, withoutTags } from '../../domain/text/shown-text.js';
import type { Letterhead } from '../digest/digest.js';
import {
  becauseSubscribed,
  type FooterView,
  type SubscriberLinks,
  sentBy,
  subscriberFooterLinks,
  thanks,
} from '../layout/footer-view.js';
import { type LabelledLink, shortenAtWord } from '../layout/plain-text.js';
import { parseMailbox } from '../send/composed-mail.js';

/** What a subscriber is told after a time in which nothing new matched their topics. */
export interface StillHere extends Letterhead, SubscriberLinks {
  readonly edition: CalendarDate;
  /** How many editions in a row had nothing for them, this one included. */
  readonly quietEditions: number;
  readonly surroundings: Surroundings;
  /** As `sourceLine` gives it. */
  readonly sources: readonly string[];
  readonly editionUrl: string;
  /** Whether the subscriber does not get the best papers outside their topics on such days yet. */
  readonly mayHaveBest: boolean;
  /** Identifier of the list (RFC 2919), such as `paperboy.example.org`. */
  readonly listId: string;
}

/** A paper that came close, and to what. */
interface CloseView {
  readonly paper: LabelledLink;
  /** Empty for one of no topic. */
  readonly why: string;
}

/** Everything that the mail shows, as plain single-line texts; HTML and text are both made from it. */
export interface StillHereView {
  readonly subject: string;
  readonly preheader: string;
  /** `Friday, 7 August 2026`. */
  readonly date: string;
  readonly paragraphs: readonly string[];
  /** A line for each topic. */
  readonly topics: readonly string[];
  readonly heading: string;
  readonly papers: readonly CloseView[];
  readonly seeAll: LabelledLink;
  readonly action: LabelledLink;
  /** Quieter paragraphs, below the action. */
  readonly notes: readonly string[];
  readonly footer: FooterView;
}

const titleLength = 160;
const nameLength = 60;
const shownTopics = 8;
const shownWords = 4;
const preheaderLength = 150;

const numerals = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

const nameOf = (topic: string) => shortenAtWord(singleLine(topic), nameLength);

function linkTo({ paper }: RankedPaper): LabelledLink {
  return { label: shortenAtWord(shownText(paper.title), titleLength) || paper.id, url: arxivPage(paper.id) };
}

function closeView({ ranked, topic, words }: ClosePaper): CloseView {
  const quoted = words.slice(0, shownWords).map((word) => `“${nameOf(withoutTags(word))}”`);
  return { paper: linkTo(ranked), why: [`Close to ${nameOf(topic)}`, ...quoted].join(' · ') };
}

function topicLines(topics: Surroundings['topics']): string[] {
  const papers = (count: number) => (count === 1 ? 'one paper' : `${count} papers`);
  const lines = topics.slice(0, shownTopics).map(({ name, sentBefore, leftOut = 0 }) => {
    if (sentBefore + leftOut === 0) return `${nameOf(name)}: no paper in this edition.`;
    const first = sentBefore === 0 ? leftOut : sentBefore;
    const also = sentBefore > 0 && leftOut > 0 ? `, and ${papers(leftOut)} that you leave out` : '';
    const which = sentBefore > 0 ? 'you had before' : 'you leave out';
    return `${nameOf(name)}: ${papers(first)} in this edition, which ${which}${also}.`;
  });
  const more = topics.length - lines.length;
  return more > 0 ? [...lines, `And ${more} more ${more === 1 ? 'topic' : 'topics'} without a new paper.`] : lines;
}

/** Turns a still-here mail into what it shows. */
export function stillHereView(note: StillHere): StillHereView {
  const { closest, best, topics } = note.surroundings;
  const papers = closest.length > 0 ? closest.map(closeView) : best.map((paper) => ({ paper: linkTo(paper), why: '' }));
  const [first] = papers;
  const days = numerals[note.quietEditions] ?? note.quietEditions;
  return {
    subject: 'Still here: nothing new in your topics lately',
    preheader: shortenAtWord(first ? `What came closest: ${first.paper.label}` : 'We keep looking.', preheaderLength),
    date: dayInWords(note.edition),
    paragraphs: [
      `Paperboy is still here. On the last ${days} days on which you were due a digest, no new paper matched your ` +
        'topics, so there was none. We keep looking.',
      ...note.sources,
    ],
    topics: topicLines(topics),
    heading: closest.length > 0 ? 'What came closest today' : 'Rising today, outside your topics',
    papers,
    seeAll: { label: 'See the whole edition', url: note.editionUrl },
    action: { label: 'Widen your topics', url: note.preferencesUrl },
    notes: [
      'To hear from us more often, add a topic, join alternatives with OR, or drop a word that every paper must have.',
      ...(note.mayHaveBest ? ['You can also choose to get the best papers outside your topics on quiet days.'] : []),
    ],
    footer: {
      reason: becauseSubscribed(note.to),
      links: subscriberFooterLinks(note),
      sentBy: sentBy(parseMailbox(note.sender).name, note.postalAddress),
      thanks,
    },
  };
}
