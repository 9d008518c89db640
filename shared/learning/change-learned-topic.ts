import { createHash } from 'node:crypto';
import { changedTopic } from '../domain/likeness/change-topic.js';
import { type KeptTopic, renamed, waitingIds } from '../domain/likeness/kept-topic.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import type { SubscriberId } from '../domain/subscriber/subscriber.js';
import { mostLearned, numberAt, placeOf, type StoredTopic } from '../storage/examples/learned-topics.js';
import { changeStored, type LearnDeps, type LookUp, learnAnew } from './learn-anew.js';

export interface ChangeLearnedTopicDeps extends LearnDeps {
  /** Asks ingest-papers, which alone asks arXiv. */
  readonly lookUp: (asked: LookUp) => Promise<void>;
}

/** `no-topic` where the subscriber has none of that number any more; `gone` when nobody is subscribed. */
type ChangeAnswer =
  | { readonly answer: 'changed'; readonly after: KeptTopic }
  | { readonly answer: 'removed' | 'no-topic' | 'gone' };

/**
 * Makes a change to a learned topic, or with `undefined` removes it, and learns its profile anew. The change may be made several
 * times, on what others changed meanwhile. What is new and not known is asked of arXiv.
 */
export async function changeLearnedTopic(
  subscriber: SubscriberId,
  n: number,
  change: (topic: KeptTopic) => KeptTopic | undefined,
  deps: ChangeLearnedTopicDeps,
): Promise<ChangeAnswer> {
  let isThere = false;
  let fresh: readonly PaperId[] = [];
  const noted = (topic: KeptTopic) => {
    isThere = true;
    const after = change(topic);
    const known = new Set(waitingIds(topic));
    fresh = after ? waitingIds(after).filter((id) => !known.has(id)) : [];
    return after && fresh.length > 0 ? { ...after, asked: { at: deps.now(), times: 1 } } : after;
  };
  const work = async () => {
    const after = await changeStored(subscriber, n, noted, deps);
    await ask(subscriber, fresh, deps);
    return after;
  };
  const after = await learnAnew(subscriber, work, deps);
  if (after === 'gone') return { answer: 'gone' };
  if (after) return { answer: 'changed', after };
  return { answer: isThere ? 'removed' : 'no-topic' };
}

/** `n` is that of the new topic, or of an equal one that was there: a form may be sent twice. */
type AddAnswer = { readonly answer: 'added'; readonly n: number } | { readonly answer: 'too-many' | 'gone' };

/** Adds a learned topic to a subscriber's own, of which there may be three; to one that takes presses already, its examples are added. */
export async function addLearnedTopic(
  subscriber: SubscriberId,
  topic: KeptTopic,
  deps: ChangeLearnedTopicDeps,
): Promise<AddAnswer> {
  const work = async () => {
    const asked = { at: deps.now(), times: 1 };
    const isWhole = waitingIds(topic).length === 0;
    const n = await addStored(subscriber, isWhole ? topic : { ...topic, asked }, deps);
    if (n !== undefined) await ask(subscriber, waitingIds(topic), deps);
    return n;
  };
  const n = await learnAnew(subscriber, work, deps);
  if (n === 'gone') return { answer: 'gone' };
  return n === undefined ? { answer: 'too-many' } : { answer: 'added', n };
}

async function addStored(
  subscriber: SubscriberId,
  topic: KeptTopic,
  deps: ChangeLearnedTopicDeps,
): Promise<number | undefined> {
  const { topics, now } = deps;
  const origin = originOf(topic);
  for (let tries = 0; tries <= mostLearned; tries += 1) {
    const stored = await topics.load(subscriber);
    const isOver = ({ until = Number.POSITIVE_INFINITY }: StoredTopic) => until <= now();
    const same = stored.find((other) => !isOver(other) && other.origin === origin);
    if (same) return same.n;
    const fed = topic.takesPresses && stored.find((other) => !isOver(other) && other.takesPresses);
    if (fed) {
      const answer = await feedStored(subscriber, fed.n, topic, deps);
      if (answer === 'gone') continue;
      return answer === 'full' ? undefined : fed.n;
    }
    const at = (place: number) => stored.find(({ n }) => placeOf(n) === place);
    const place = [0, 1, 2].find((free) => {
      const there = at(free);
      return !there || isOver(there);
    });
    if (place === undefined) return undefined;
    const n = numberAt(place, now());
    if (await topics.keep(subscriber, { ...topic, origin, n }, at(place))) return n;
  }
  throw new Error(`the learned topics of ${subscriber} were changed by others at every try`);
}

/** Adds examples to the topic that another press began meanwhile. */
async function feedStored(
  subscriber: SubscriberId,
  n: number,
  { topic: { examples } }: KeptTopic,
  deps: ChangeLearnedTopicDeps,
): Promise<'added' | 'full' | 'gone'> {
  let isFull = false;
  const feed = (kept: KeptTopic) => {
    const topic = changedTopic(kept.topic, { do: 'add', examples });
    isFull = topic === 'full';
    return topic === 'full' ? kept : renamed(kept, { ...kept, topic });
  };
  if (!(await changeStored(subscriber, n, feed, deps))) return 'gone';
  return isFull ? 'full' : 'added';
}

/** Names a new topic by its name and examples, whatever becomes of them. */
function originOf({ topic: { name, examples } }: KeptTopic): string {
  const made = JSON.stringify([name, examples.map(({ id, liked }) => [id, liked])]);
  return createHash('sha256').update(made).digest('base64url').slice(0, 22);
}

async function ask(subscriber: SubscriberId, ids: readonly PaperId[], deps: ChangeLearnedTopicDeps): Promise<void> {
  if (ids.length > 0) await deps.lookUp({ kind: 'look-up', subscriber, ids: [...ids] });
}
