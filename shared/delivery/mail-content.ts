import {
  bestUnseen,
  type ChosenPapers,
  choosePapers,
  countMatches,
  explainPapers,
  type IndexedEdition,
} from '../domain/edition/choose-papers.js';
import { lookAround, type Surroundings } from '../domain/edition/closest-papers.js';
import { type KnownSeen, withKnown } from '../domain/edition/seen-places.js';
import type { CompiledFilter } from '../domain/filter/compile-filter.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { isNoteDue, periodIn, welcomeBatch } from '../domain/subscriber/delivery.js';
import { readExclusions } from '../domain/subscriber/exclusions/exclusions.js';
import { forgetEdition, seenBy } from '../domain/subscriber/seen-papers.js';
import type { Period } from '../domain/subscriber/slot/delivery-days.js';
import type { Claim, ClaimKind, Subscriber, SubscriberState } from '../domain/subscriber/subscriber.js';
import { type FilterTopic, resolveTopics, type Topic } from '../domain/subscriber/topic.js';
import type { LoadedEdition } from './loaded-edition.js';
import type { SeenHashesOf } from './seen-hashes.js';

/** What a mail of an edition holds for one subscriber. */
export interface MailContent extends ChosenPapers {
  /** Absent for an ordinary digest. */
  readonly kind?: ClaimKind;
  /** What came closest, in a still-here mail. */
  readonly around?: Surroundings;
}

export interface ContentDeps {
  readonly catalogue: readonly FilterTopic[];
  readonly seenHashes: SeenHashesOf;
  /** Told of a subscriber whose own filters cannot all be read any more: how many cannot. */
  readonly countUnreadable: (filters: number) => void;
  readonly warn: (message: string, what: object) => void;
}

/** What a choice is made by. */
interface Wishes {
  readonly topics: readonly Topic[];
  readonly seen: KnownSeen;
  readonly never: readonly CompiledFilter[];
  readonly maxPapers: number;
}

/**
 * Reads what a subscriber wants; a topic that no longer exists is skipped with a warning, and an own filter that cannot be
 * read any more is counted besides: that is our fault.
 */
function wishesOf({ id, profile }: Subscriber, seen: KnownSeen, deps: ContentDeps): Wishes {
  const { topics, unknown, unreadable } = resolveTopics(profile.topics, deps.catalogue);
  if (unknown.length > 0) deps.warn('topics that no longer exist were skipped', { subscriber: id, unknown });
  const left = readExclusions(profile.never);
  if (unreadable + left.unreadable > 0) deps.countUnreadable(unreadable + left.unreadable);
  return { topics, seen: withKnown(seen, profile.topics), never: left.filters, maxPapers: profile.maxPapers };
}

/** An edition, and the batch whose digests of it are sent. */
export interface BatchEdition {
  readonly edition: LoadedEdition;
  readonly batch: string;
}

let newest: { readonly batch: string; readonly period: Period } | undefined;

/** The same as `periodIn`: the digests of a batch come one after the other. */
function periodOf(batch: string, state: SubscriberState): Period {
  if (batch === welcomeBatch) return periodIn(batch, state);
  if (newest?.batch !== batch) newest = { batch, period: periodIn(batch, state) };
  return newest.period;
}

/** The edition in the order in which the batch's digests have it: that of the day or of the week. */
function bestOf({ state }: Subscriber, { edition, batch }: BatchEdition): IndexedEdition {
  return periodOf(batch, state) === 'week' ? edition.week : edition.indexed;
}

/** Chooses what an edition has in a subscriber's topics. */
export async function chooseFor(subscriber: Subscriber, of: BatchEdition, deps: ContentDeps): Promise<ChosenPapers> {
  const seen = await deps.seenHashes(seenBy(subscriber.state));
  const wishes = wishesOf(subscriber, seen, deps);
  await of.edition.readyFor(wishes.topics);
  return choosePapers(bestOf(subscriber, of), wishes);
}

/**
 * Decides what a subscriber is mailed of an edition: what matches, else the best of the rest if they wish so, else word
 * that we are still here when that is due; `undefined` for nothing.
 */
export async function contentFor(
  subscriber: Subscriber,
  of: BatchEdition,
  deps: ContentDeps,
): Promise<MailContent | undefined> {
  const { profile, state } = subscriber;
  const seen = deps.seenHashes(seenBy(state));
  // To wait costs as much as to choose.
  const wishes = wishesOf(subscriber, seen instanceof Promise ? await seen : seen, deps);
  const ready = of.edition.readyFor(wishes.topics);
  if (ready) await ready;
  const indexed = bestOf(subscriber, of);
  const chosen = choosePapers(indexed, wishes);
  if (chosen.papers.length > 0) return chosen;
  const others = profile.quietDays === 'best-unseen' ? bestUnseen(indexed, wishes) : [];
  if (others.length > 0) return { kind: 'best-unseen', papers: others, matched: 0 };
  return isNoteDue(state) ? stillHere(of.edition, wishes) : undefined;
}

function stillHere({ indexed }: LoadedEdition, { topics, seen, never }: Wishes): MailContent {
  return { kind: 'still-here', papers: [], matched: 0, around: lookAround(indexed, topics, seen, never) };
}

/** What the claim was taken for, with the reasons and numbers that hold now. */
export async function contentAgain(
  subscriber: Subscriber,
  { kind, edition: date, papers }: Claim,
  edition: LoadedEdition,
  deps: ContentDeps,
): Promise<MailContent> {
  const seen = await deps.seenHashes(forgetEdition(subscriber.state.seen, date));
  const wishes = wishesOf(subscriber, seen, deps);
  await edition.readyFor(wishes.topics);
  if (kind === 'still-here') return stillHere(edition, wishes);
  const { indexed } = edition;
  const places = placesOf(papers, edition);
  const again = explainPapers(indexed, wishes.topics, places);
  return kind === 'best-unseen'
    ? { kind, papers: again, matched: 0 }
    : { papers: again, matched: countMatches(indexed, wishes, places) };
}

/** The places of papers in an edition, in the order of the papers. */
export function placesOf(papers: readonly PaperId[], { placeOf }: LoadedEdition): number[] {
  return papers.flatMap((id) => placeOf.get(id) ?? []);
}
