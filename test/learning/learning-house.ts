import type { LearnedTopic } from '../../shared/domain/likeness/learned-topic.js';
import type { Paper } from '../../shared/domain/paper/paper.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import { learnedAmong } from '../../shared/domain/subscriber/topic.js';
import type { LookUp } from '../../shared/learning/learn-anew.js';
import { aPaper, aSubscriber, instant, subscriberId } from '../support/builders.js';
import { fakeLearnedTopics } from '../support/fake-learned-topics.js';
import { fakeSubscriberRepository } from '../support/fake-subscriber-repository.js';

export const id = subscriberId(1);

/** A stand-in for a profile: all that it is learned from, to be compared. */
export const learnedOf = (topic: LearnedTopic): Uint8Array =>
  Buffer.from(
    JSON.stringify({
      ...topic,
      examples: topic.examples.map((example) => ({ ...example, words: [...(example.words ?? [])] })),
    }),
  );

/** Learned topics over fakes, with the papers that are known here and what arXiv is asked for. */
export function openLearning(given: readonly Subscriber[] = [aSubscriber()]) {
  const clock = { now: instant('2026-08-07T05:15') };
  const topics = fakeLearnedTopics();
  const subscribers = fakeSubscriberRepository(...given);
  const papers = new Map<PaperId, Paper>();
  const asked: LookUp[] = [];
  const warned: string[] = [];
  let marks = 0;
  const deps = {
    topics,
    subscribers,
    isOwnTable: async () => true,
    papers: { descriptions: async (ids: readonly PaperId[]) => ids.flatMap((one) => papers.get(one) ?? []) },
    learn: async (topic: LearnedTopic) => learnedOf(topic),
    mark: () => {
      marks += 1;
      return `mark ${marks}`;
    },
    lookUp: async (message: LookUp) => void asked.push(message),
    warn: (message: string) => void warned.push(message),
    now: () => clock.now,
  };
  const know = (...ids: readonly PaperId[]) => {
    for (const one of ids) papers.set(one, aPaper({ id: one, title: `Title of ${one}`, abstract: 'About kites' }));
  };
  const choices = async () => learnedAmong((await subscribers.load([id]))[0]?.profile.topics ?? []);
  /** Whether the profile is what its examples give. */
  const isLearned = async () => {
    const stored = await topics.load(id, clock.now);
    const gives = stored.map(({ n, topic }) => ({ n, name: topic.name, like: String(learnedOf(topic)) }));
    const has = (await choices()).map(({ n, name, like }) => ({ n, name, like: String(like) }));
    return JSON.stringify(gives) === JSON.stringify(has);
  };
  return { clock, topics, subscribers, deps, asked, warned, know, choices, isLearned };
}
