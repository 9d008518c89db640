import type { CalendarDate, Instant } from '../../shared/domain/calendar-date.js';
import type { Edition, RankedPaper } from '../../shared/domain/edition/edition.js';
import type { Hindsight } from '../../shared/domain/edition/hindsight.js';
import type { KeptTopic } from '../../shared/domain/likeness/kept-topic.js';
import type { Example, LearnedTopic } from '../../shared/domain/likeness/learned-topic.js';
import type { Observation, ObservedPaper, Paper, PaperRecord } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { Consent } from '../../shared/domain/subscriber/consent.js';
import { noOutcomes, type RunBalance } from '../../shared/domain/subscriber/outcome.js';
import { slotOf } from '../../shared/domain/subscriber/slot.js';
import type {
  Claim,
  Confirmation,
  Subscriber,
  SubscriberId,
  SubscriberProfile,
  SubscriberState,
} from '../../shared/domain/subscriber/subscriber.js';
import type { SignalPart, TrendScore } from '../../shared/domain/trend/trend-score.js';

/** A day of the calendar from its text. */
export const day = (text: string): CalendarDate => text as CalendarDate;

/** An instant from ISO text; `Z` is added when the text has no zone: `instant('2026-08-07T05:00')`. */
export const instant = (text: string): Instant => Date.parse(/Z$|[+-]\d\d:\d\d$/.test(text) ? text : `${text}Z`);

/** The n-th paper id of August 2026: `2608.00001` for 1. */
export const paperId = (number: number): PaperId => `2608.${String(number).padStart(5, '0')}` as PaperId;

/** The n-th subscriber id: 22 characters, in order of `n`. */
export const subscriberId = (number: number): SubscriberId =>
  `subscriber-${String(number).padStart(11, '0')}` as SubscriberId;

/** A paper listed once, on 2026-08-07, with everything that is not optional. */
export function aPaper(over: Partial<Paper> = {}): Paper {
  return {
    id: paperId(1),
    title: 'Lantern: Reading Long Tables by Candlelight',
    abstract: 'We present Lantern. It reads long tables row by row. It needs little memory.',
    authors: ['Ada Quill', 'Ben Okafor'],
    categories: ['cs.CL', 'cs.LG'],
    keywords: ['tables', 'long context'],
    publishedAt: instant('2026-08-06T12:00'),
    firstSeenAt: instant('2026-08-07T02:00'),
    listedDays: [day('2026-08-07')],
    isWithdrawn: false,
    sources: ['hugging-face'],
    ...over,
  };
}

/** What the daily list says of `aPaper`. */
export function aPaperRecord(over: Partial<PaperRecord> = {}): PaperRecord {
  const { id, title, abstract, authors, publishedAt } = aPaper();
  return { source: 'hugging-face', id, title, abstract, authors, publishedAt, ...over };
}

export function anObservation(over: Partial<Observation> = {}): Observation {
  return { at: instant('2026-08-07T03:00'), upvotes: 12, comments: 2, stars: 40, ...over };
}

export function anObservedPaper(paper: Partial<Paper> = {}, history = [anObservation()]): ObservedPaper {
  return { paper: aPaper(paper), history };
}

/** A score whose one part gives all its points. */
export function aTrendScore(value = 3, part: Partial<SignalPart> = {}): TrendScore {
  return { value, parts: [{ signal: 'upvotes', points: value, gained: 12, hours: 24, ...part }] };
}

export function aRankedPaper(paper: Partial<Paper> = {}, score = aTrendScore()): RankedPaper {
  return { paper: aPaper(paper), score, counts: { upvotes: 12, comments: 2, stars: 40 } };
}

/** The edition of 2026-08-07 with one paper. */
export function anEdition(over: Partial<Edition> = {}): Edition {
  return {
    date: day('2026-08-07'),
    formula: 1,
    publishedAt: instant('2026-08-07T05:02'),
    days: [{ date: day('2026-08-07'), listed: 1 }],
    papers: [aRankedPaper()],
    ...over,
  };
}

/** What the edition of 2026-08-07 was worth, with every field. */
export function aHindsight(over: Partial<Hindsight> = {}): Hindsight {
  return {
    date: day('2026-08-07'),
    formula: 1,
    papers: 214,
    unobserved: 30,
    ours: { p3: 2 / 3, p5: 0.6, p10: 0.7, ndcg10: 0.8125 },
    rawUpvotes: { p3: 1 / 3, p5: 0.4, p10: 0.5, ndcg10: 0.75 },
    biggestMiss: { id: paperId(9), title: 'Moth: A Late Bloomer', place: 31, placeLater: 2, gained: 140 },
    ...over,
  };
}

/** Somebody in Berlin who wants mail at seven; the address is of a domain reserved for documentation. */
export function aProfile(over: Partial<SubscriberProfile> = {}): SubscriberProfile {
  return {
    address: 'reader@example.org',
    timeZone: 'Europe/Berlin',
    hour: 7,
    topics: [{ name: 'Tables', filter: 'tables' }],
    maxPapers: 10,
    ...over,
  };
}

/** Active, and not yet touched by any edition. */
export function aState(over: Partial<SubscriberState> = {}): SubscriberState {
  return { status: 'active', slot: slotOf('Europe/Berlin', 7), outcomes: [], seen: [], ...over };
}

export function aSubscriber(over: Partial<Subscriber> = {}): Subscriber {
  return { id: subscriberId(1), state: aState(), profile: aProfile(), ...over };
}

/** Opens a pending subscription until two days after 2026-08-01, noon. */
export function aConfirmation(over: Partial<Confirmation> = {}): Confirmation {
  return { tokenHash: 'a'.repeat(64), expiresAt: instant('2026-08-03T12:00'), ...over };
}

/** An entry of the journal: asked for on the form. */
export function aConsent(over: Partial<Consent> = {}): Consent {
  return { subscriber: subscriberId(1), event: 'requested', at: instant('2026-08-01T12:00'), cause: 'form', ...over };
}

/** A first attempt at the edition of 2026-08-07. */
export function aClaim(over: Partial<Claim> = {}): Claim {
  return {
    edition: day('2026-08-07'),
    batch: 'Europe/Berlin@07#0001',
    attempt: 1,
    at: instant('2026-08-07T05:15'),
    papers: [paperId(1)],
    isUnsent: false,
    ...over,
  };
}

/** A balance in which everybody is still open, unless said otherwise. */
export function aBalance(candidates: number, over: Partial<RunBalance> = {}): RunBalance {
  return { candidates, open: candidates, ...noOutcomes, ...over };
}

export function anExample(number = 1, over: Partial<Example> = {}): Example {
  const words = new Map([
    ['kite', 2],
    ['wind', number],
    ['kite wind', 1],
  ]);
  return { id: paperId(number), title: `Kites of kind ${number}`, liked: true, words, ...over };
}

/** An example that arXiv has yet to be asked for. */
export function aWaitingExample(number = 1): Example {
  return { id: paperId(number), title: '', liked: true };
}

export function aKeptTopic(over: Partial<LearnedTopic> = {}): KeptTopic {
  const topic = {
    name: 'Kites',
    examples: [anExample()],
    struck: [],
    pinned: [],
    strictness: 3,
    order: 'trend',
  } as const;
  return { topic: { ...topic, ...over }, notFound: [] };
}
