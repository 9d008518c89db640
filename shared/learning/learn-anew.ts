import type { IngestPapers } from '../contract/messages.js';
import { dayMs, hourMs, type Instant } from '../domain/calendar-date.js';
import { choiceOf, type KeptTopic, waitingIds } from '../domain/likeness/kept-topic.js';
import type { LearnedTopic } from '../domain/likeness/learned-topic.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import type { LearnedTopicRepository, StoredTopic } from '../storage/examples/learned-topics.js';
import type { SubscriberRepository } from '../storage/subscribers/subscribers-repository.js';

export type LookUp = Extract<IngestPapers, { kind: 'look-up' }>;

export interface LearnDeps {
  readonly topics: Pick<LearnedTopicRepository, 'load' | 'keep' | 'drop' | 'open' | 'close'>;
  readonly subscribers: Pick<SubscriberRepository, 'learn' | 'statusOf'>;
  /** The packed profile that the examples give. */
  readonly learn: (topic: LearnedTopic) => Promise<Uint8Array>;
  /** A new text that no two calls share. */
  readonly mark: () => string;
  readonly now: () => Instant;
}

/** How soon it is looked whether somebody died between the examples and the profile. */
const soonMs = hourMs;
/** Who waits for an answer, or has yet to confirm, is looked at after this. */
const laterMs = dayMs;

/** How often a change that lost a race is made anew. */
const rounds = 50;

/**
 * Does some work on a subscriber's learned topics, and lets the profile follow them. That it has begun is noted before, so
 * that whoever dies in between is followed up by `learn-topics`. `gone` when nobody is subscribed: nothing is kept.
 */
export async function learnAnew<Answer>(
  subscriber: SubscriberId,
  work: () => Promise<Answer>,
  deps: LearnDeps,
): Promise<Answer | 'gone'> {
  const { topics, subscribers, now } = deps;
  const mark = deps.mark();
  await topics.open(subscriber, mark, now() + soonMs);
  const answer = await work();
  const learned = await subscribers.learn(subscriber, async () => {
    const kept = await topics.load(subscriber, now());
    return Promise.all(kept.map(async ({ n, topic }) => choiceOf(n, topic, await deps.learn(topic))));
  });
  const kept = await topics.load(subscriber);
  const isSure = learned !== 'refused' && kept.every(({ until }) => until === undefined);
  const status = isSure ? undefined : await subscribers.statusOf(subscriber, now());
  // The examples were loaded first: those of a new request are others.
  if (status === 'none') for (const topic of kept) await topics.drop(subscriber, topic);
  // Who is suppressed may confirm again, which opens it anew.
  const isOver = status === 'none' || status === 'suppressed' || (status !== 'moving' && kept.every(isFinished));
  if (isOver) await topics.close(subscriber, mark);
  else await topics.open(subscriber, mark, now() + laterMs);
  return status === 'none' ? 'gone' : answer;
}

const isFinished = (topic: StoredTopic) => topic.until === undefined && waitingIds(topic).length === 0;

/** Makes a change to a topic as it is stored, until no other comes between; answers the topic after it, or `undefined` for none. */
export async function changeStored(
  subscriber: SubscriberId,
  n: number,
  change: (topic: KeptTopic) => KeptTopic | undefined,
  { topics, now }: Pick<LearnDeps, 'topics' | 'now'>,
): Promise<KeptTopic | undefined> {
  for (let round = 0; round < rounds; round += 1) {
    const stored = (await topics.load(subscriber, now())).find((topic) => topic.n === n);
    const after = stored && change(stored);
    if (!stored || after === stored) return stored;
    const { asked: _, ...others } = stored;
    const isDone = after
      ? await topics.keep(subscriber, { ...others, ...after }, stored)
      : await topics.drop(subscriber, stored);
    if (isDone) return after;
  }
  throw new Error(`the learned topics of ${subscriber} were changed by others at every try`);
}
