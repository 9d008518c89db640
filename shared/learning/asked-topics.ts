import type { AskedTopic } from '../contract/messages.js';
import { hourMs, type Instant } from '../domain/calendar-date.js';
import { arxivIdOf, choiceOf, type KeptTopic, waitingIds } from '../domain/likeness/kept-topic.js';
import type { LikenessChoice, SubscriberId, TopicChoice } from '../domain/subscriber/subscriber.js';
import { learnedAmong } from '../domain/subscriber/topic.js';
import {
  type LearnedTopicRepository,
  numberAt,
  placeOf,
  type StoredTopic,
} from '../storage/examples/learned-topics.js';
import { packTopic, unpackTopic } from '../storage/examples/packed-topic.js';
import type { ChangeLearnedTopicDeps } from './change-learned-topic.js';

/** In base64 a third more. */
const mostBytes = 48_000;

/**
 * Packs the learned topic that a form asks for at a place from 0 to 2. Where all its words are too many for a message, those of papers
 * with an arXiv id stay behind: they are read again once the address is confirmed.
 */
export function packAsked(
  { place, at }: { readonly place: number; readonly at: Instant },
  topic: KeptTopic,
  like: Uint8Array,
): AskedTopic {
  const packed = packTopic(topic, mostBytes * 4);
  const bytes = packed.length <= mostBytes ? packed : packTopic(withoutKnown(topic), mostBytes);
  const base64 = (given: Uint8Array) => Buffer.from(given).toString('base64');
  return { n: numberAt(place, at), like: base64(like), examples: base64(bytes) };
}

function withoutKnown({ topic, ...kept }: KeptTopic): KeptTopic {
  const examples = topic.examples.map(({ words, ...example }) =>
    words && arxivIdOf(example) === undefined ? { ...example, words } : example,
  );
  return { ...kept, topic: { ...topic, examples } };
}

/** A learned topic that was asked for, as the profile and as the examples have it. */
export interface AskedFor {
  readonly choice: LikenessChoice;
  readonly topic: KeptTopic & { readonly n: number };
}

/** Unpacks what `packAsked` packed; throws when it is anything else. */
export function unpackAsked({ n, like, examples }: AskedTopic): AskedFor {
  const topic = { ...unpackTopic(Buffer.from(examples, 'base64')), n };
  return { choice: choiceOf(n, topic.topic, Buffer.from(like, 'base64')), topic };
}

/** What is kept of a request until its link expires goes on for this long, for somebody who follows it in the last minute. */
const graceMs = 24 * hourMs;

/**
 * Keeps the examples of a request until its link expires; `stored` is what was there before the request was made. Throws where
 * another request came between: this one is then to be made again.
 */
export async function keepAsked(
  subscriber: SubscriberId,
  asked: readonly AskedFor[],
  { stored, until }: { readonly stored: readonly StoredTopic[]; readonly until: Instant },
  topics: Pick<LearnedTopicRepository, 'keep'>,
): Promise<void> {
  for (const { topic } of asked) {
    const over = stored.find(({ n }) => placeOf(n) === placeOf(topic.n));
    if (!(await topics.keep(subscriber, { ...topic, until: until + graceMs }, over))) {
      throw new Error(`the learned topics of ${subscriber} were changed while they were asked for`);
    }
  }
}

type AdoptDeps = Pick<ChangeLearnedTopicDeps, 'lookUp' | 'mark' | 'now'> & {
  readonly topics: Pick<LearnedTopicRepository, 'load' | 'drop' | 'stay' | 'open'>;
};

/**
 * Makes the examples of a request its subscriber's for good, and asks arXiv for those that wait: the link was followed, and the
 * confirmation is written next. What was left of an earlier subscription goes.
 */
export async function adoptAsked(
  subscriber: SubscriberId,
  choices: readonly TopicChoice[],
  { topics, lookUp, mark, now }: AdoptDeps,
): Promise<void> {
  const stored = await topics.load(subscriber, now());
  if (stored.length === 0) return;
  const asked = new Set(learnedAmong(choices).map(({ n }) => n));
  await topics.open(subscriber, mark(), now() + hourMs);
  for (const topic of stored) if (!asked.has(topic.n)) await topics.drop(subscriber, topic);
  await topics.stay(subscriber);
  const ids = new Set(stored.filter(({ n }) => asked.has(n)).flatMap(waitingIds));
  if (ids.size > 0) await lookUp({ kind: 'look-up', subscriber, ids: [...ids] });
}
