import type { LoadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { openingLine } from '../../../shared/delivery/opening-line.js';
import type { SeenHashesOf } from '../../../shared/delivery/seen-hashes.js';
import { addDays, type CalendarDate, dateOf, type Instant } from '../../../shared/domain/calendar-date.js';
import { type IndexedEdition, topicPlaces } from '../../../shared/domain/edition/choose-papers.js';
import { sourceLine } from '../../../shared/domain/edition/day-line.js';
import type { ChosenPaper } from '../../../shared/domain/edition/explain-papers.js';
import { papersOfDay } from '../../../shared/domain/edition/papers-of-day.js';
import { withKnown } from '../../../shared/domain/edition/seen-places.js';
import { readExclusions } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import { placesSent, seenBefore, seenBy } from '../../../shared/domain/subscriber/seen-papers.js';
import type { Period } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { periodOfSlot } from '../../../shared/domain/subscriber/slot.js';
import type { Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { type FilterTopic, resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import type { DayPage } from '../../../shared/mail/digest/day-page.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import type { Publisher } from '../frame/pages/privacy-page.js';
import type { LoadDay } from './remembered-days.js';

/** What the last so many editions sent can be read back. */
export const openDays = 14;

/** A filter can match thousands of papers; nobody reads on for so long. */
const mostOthers = 100;

export interface OpenDayDeps {
  readonly subscribers: Pick<SubscriberRepository, 'load'>;
  readonly editions: Pick<EditionRepository, 'withdrawn'>;
  readonly loadDay: LoadDay;
  readonly seenHashes: SeenHashesOf;
  readonly catalogue: readonly FilterTopic[];
  readonly publisher: Publisher;
  readonly now: () => Instant;
}

/**
 * `unknown`: nobody of that name is here, maybe not any more. `left`: no digests go there at present. `too-old`: the
 * page was open once. `no-edition`: none came out on that day.
 */
export type DayAnswer =
  | { readonly answer: 'open'; readonly page: DayPage; readonly edition: LoadedEdition }
  | { readonly answer: 'unknown' | 'left' | 'too-old' | 'no-edition' };

/** Reads back what the edition of a day had for a subscriber: what was sent, and all else that matched. */
export async function openDay(
  { subscriber: id, date }: { readonly subscriber: SubscriberId; readonly date: CalendarDate },
  deps: OpenDayDeps,
): Promise<DayAnswer> {
  const [subscriber] = await deps.subscribers.load([id]);
  if (!subscriber) return { answer: 'unknown' };
  const { status } = subscriber.state;
  if (status !== 'active' && status !== 'paused') return { answer: 'left' };
  if (date <= addDays(dateOf(deps.now()), -openDays)) return { answer: 'too-old' };
  const edition = await deps.loadDay(date);
  if (!edition) return { answer: 'no-edition' };
  return { answer: 'open', page: await pageOf(subscriber, edition, deps), edition };
}

async function pageOf({ profile, state }: Subscriber, edition: LoadedEdition, deps: OpenDayDeps): Promise<DayPage> {
  const { date } = edition;
  const period = periodOfSlot(state.slot);
  const indexed = period === 'week' ? edition.week : edition.indexed;
  const seen = seenBy(state);
  const { topics } = resolveTopics(profile.topics, deps.catalogue);
  await edition.readyFor(topics);
  const sentPlaces = placesIn(indexed, edition, placesSent(seen, date) ?? []);
  const { sent, others, otherMatches } = papersOfDay(indexed, {
    topics,
    sentPlaces,
    seen: withKnown(await deps.seenHashes(seenBefore(seen, date)), profile.topics),
    never: readExclusions(profile.never).filters,
    most: mostOthers,
  });
  const isMatched = topics.some((topic) => topicPlaces(indexed, topic).some((place) => sentPlaces.includes(place)));
  const isBestUnseen = profile.quietDays === 'best-unseen' && !isMatched;
  const withdrawn = new Set(await deps.editions.withdrawn());
  const shown = ({ ranked, reasons }: ChosenPaper) => ({
    paper: { ...ranked, reasons },
    isWithdrawn: withdrawn.has(ranked.paper.id),
  });
  return {
    edition: date,
    editionSize: indexed.edition.papers.length,
    editionUrl: `/editions/${date}`,
    orderUrl: '/how',
    sender: deps.publisher.sender,
    postalAddress: deps.publisher.postalAddress,
    sent: sent.map(shown),
    others: others.map(shown),
    otherMatches,
    isOutside: !isMatched,
    dayLine: lineOf(sent, { indexed, period, isBestUnseen }),
    aiSummaries: profile.aiSummaries !== false,
  };
}

/** Places of the day's order in that of a reader's mails, ascending. */
function placesIn(order: IndexedEdition, { indexed }: LoadedEdition, places: readonly number[]): readonly number[] {
  if (order === indexed) return places;
  const wanted = new Set(places.flatMap((place) => indexed.papers[place] ?? []));
  return order.papers.flatMap((paper, place) => (wanted.has(paper) ? [place] : []));
}

interface MailedEdition {
  readonly indexed: IndexedEdition;
  readonly period: Period;
  /** What was sent is the best outside the topics. */
  readonly isBestUnseen: boolean;
}

/** The mail's own first line; where nothing was sent, what can be said of the sources. */
function lineOf(sent: readonly ChosenPaper[], { indexed: { edition }, period, isBestUnseen }: MailedEdition): string {
  if (sent.length === 0) return sourceLine(edition).join(' ');
  return openingLine({ papers: sent, ...(isBestUnseen && { kind: 'best-unseen' as const }) }, edition, period);
}
