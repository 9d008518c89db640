import { lookUpPapers } from '../../../lambdas/ingest-papers/look-up-papers.js';
import { learnTopicsDependencies } from '../../../lambdas/learn-topics/dependencies.js';
import { learnTopics, lookAround } from '../../../lambdas/learn-topics/learn-topics.js';
import type { PapersFound } from '../../../shared/contract/events.js';
import { ingestPapers as ingestMessage } from '../../../shared/contract/messages.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import type { KeptTopic } from '../../../shared/domain/likeness/kept-topic.js';
import { backgroundOf } from '../../../shared/domain/likeness/learn/background.js';
import type { Example } from '../../../shared/domain/likeness/learned-topic.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { addLearnedTopic, changeLearnedTopic } from '../../../shared/learning/change-learned-topic.js';
import { topicLearner } from '../../../shared/learning/topic-learner.js';
import { queueWorker } from '../../../shared/runtime/queue-worker.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { subscriptionRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aPaperRecord } from '../../support/builders.js';
import { env, type SimulatedFunction, worked } from './functions.js';

const words = ['kite', 'winch', 'string', 'wind', 'storm', 'sail', 'reel', 'knot'];
const paperText = (number: number) => `${words[number % 8]} ${words[(number >> 3) % 8]} of number ${number}`;

/** Papers about which nobody writes in an edition: what is learned of them changes no digest. */
const background = backgroundOf(
  Array.from({ length: 40 }, (_, number) => ({
    id: `paper ${number}`,
    words: wordCounts('Tables and robots', `${paperText(number)} lamps`),
  })),
  { papers: 40, of: () => 5 },
);

/** What every profile of a run is learned by. */
export const learn = topicLearner(async () => background);

/** A paper that arXiv has, unless its number can be divided by five. */
export const lookedUpId = (number: number) => `2401.${String(number).padStart(5, '0')}` as PaperId;
const numberOf = (id: PaperId) => Number(id.slice(5));
const isMissing = (id: string) => numberOf(id as PaperId) % 5 === 0;

/** What arXiv says of a paper. */
const recordOf = (id: PaperId) =>
  aPaperRecord({
    ...{
      source: 'arxiv',
      id,
      title: `Kites of ${numberOf(id)}`,
      abstract: paperText(numberOf(id)),
      isWithdrawn: false,
    },
  });

export const exampleOf = (number: number, liked: boolean): Example => ({ id: lookedUpId(number), title: '', liked });

/** `lambdas/ingest-papers` as far as it looks papers up, one message at a time; `publish` is the bus. */
export const lookUpFunction = (
  publish: (found: PapersFound, by: string) => void,
  isAway: (name: string) => boolean,
): SimulatedFunction<string, 'done' | 'failed'> => ({
  name: 'ingest-papers',
  timeoutMs: 10 * minuteMs,
  setUp: (outside, { warn }) => {
    let name = '';
    const deps = {
      papers: paperRepository(outside.dynamo, env.PAPERS_TABLE, {
        random: outside.random,
        pause: outside.sleep,
      }),
      describe: async (ids: readonly PaperId[]) => {
        const answer = { days: [], rejected: [] };
        if (isAway(name)) return { ...answer, records: [], unanswered: ['arXiv is away'] };
        return { ...answer, records: ids.filter((id) => !isMissing(id)).map(recordOf), unanswered: [] };
      },
      publish: async (found: PapersFound) => publish(found, name),
      warn,
      now: outside.now,
    };
    const work = worked(
      queueWorker(ingestMessage, async (message) => (message.kind === 'look-up' ? lookUpPapers(message, deps) : {})),
    );
    return (body, invocation, now) => {
      name = invocation.name;
      return work(body, invocation, now);
    };
  },
});

/** `lambdas/learn-topics`; without an event it looks around. */
export const learnTopicsFunction: SimulatedFunction<PapersFound | undefined, object> = {
  name: 'learn-topics',
  timeoutMs: 5 * minuteMs,
  setUp: (outside, { warn }) => {
    const deps = { ...learnTopicsDependencies(env, outside), learn, warn };
    return (found) => (found ? learnTopics(found, deps) : lookAround(deps));
  },
};

/** Something that a reader does to a learned topic on a page. */
export type Press = { readonly subscriber: SubscriberId } & (
  | { readonly do: 'add'; readonly numbers: readonly number[] }
  | { readonly do: 'more' | 'less'; readonly number: number }
);

const pressed =
  (number: number, liked: boolean) =>
  (kept: KeptTopic): KeptTopic => {
    const example = exampleOf(number, liked);
    const known = kept.topic.examples.find(({ id }) => id === example.id);
    const others = kept.topic.examples.filter(({ id }) => id !== example.id);
    return { ...kept, topic: { ...kept.topic, examples: [...others, { ...known, ...example }] } };
  };

/** What `lambdas/serve-pages` does when a reader names papers, or presses a card's link. */
export const pressFunction: SimulatedFunction<Press, string> = {
  name: 'serve-pages press',
  timeoutMs: minuteMs / 2,
  setUp: (outside) => {
    const deps = { ...learnTopicsDependencies(env, outside), learn };
    const { load } = subscriptionRepository(outside.dynamo, env.SUBSCRIBERS_TABLE, {
      random: outside.random,
      pause: outside.sleep,
    });
    return async (press) => {
      const [subscriber] = await load([press.subscriber]);
      const status = subscriber?.state.status;
      if (status !== 'active' && status !== 'paused') return 'refused';
      if (press.do === 'add') {
        const examples = press.numbers.map((number) => exampleOf(number, true));
        const topic = { name: 'Kites', examples, struck: [], pinned: [], strictness: 3, order: 'trend' } as const;
        return (await addLearnedTopic(press.subscriber, { topic, notFound: [] }, deps)).answer;
      }
      const [kept] = await deps.topics.load(press.subscriber, deps.now());
      if (!kept) return 'no-topic';
      const change = pressed(press.number, press.do === 'more');
      return (await changeLearnedTopic(press.subscriber, kept.n, change, deps)).answer;
    };
  },
};
