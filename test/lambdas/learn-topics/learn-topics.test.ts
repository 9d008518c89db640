import { describe, expect, it } from '@jest/globals';
import { learnTopics, lookAround } from '../../../lambdas/learn-topics/learn-topics.js';
import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import { nameOf } from '../../../shared/domain/likeness/topic-name.js';
import { addLearnedTopic } from '../../../shared/learning/change-learned-topic.js';
import { id, openLearning } from '../../learning/learning-house.js';
import {
  aConfirmation,
  aKeptTopic,
  anExample,
  aState,
  aSubscriber,
  aWaitingExample,
  paperId,
  subscriberId,
} from '../../support/builders.js';

/** A subscriber with a topic of one known paper and two that wait. */
async function waiting(given = [aSubscriber()]) {
  const house = openLearning(given);
  await addLearnedTopic(
    id,
    aKeptTopic({ examples: [anExample(1), aWaitingExample(2), aWaitingExample(3)] }),
    house.deps,
  );
  const stored = async () => (await house.topics.load(id))[0]!;
  const found = (...missing: number[]) =>
    learnTopics({ subscriber: id, ids: [], missing: missing.map(paperId) }, house.deps);
  const look = () => lookAround(house.deps);
  const isFinished = async () => (await house.topics.due(house.clock.now + 1e12)).length === 0;
  return { ...house, stored, found, look, isFinished };
}

describe('papers that were found', () => {
  it('complete the examples, which the profile follows, and the missing ones are kept by name', async () => {
    const house = await waiting();
    house.know(paperId(2));
    await house.found(3);
    const { topic, notFound, asked } = await house.stored();
    expect(topic.examples.map(({ id: one, words }) => [one, words !== undefined])).toEqual([
      [paperId(1), true],
      [paperId(2), true],
    ]);
    expect(topic.examples[1]?.title).toBe(`Title of ${paperId(2)}`);
    expect([notFound, asked]).toEqual([[paperId(3)], undefined]);
    expect(await house.isLearned()).toBe(true);
    expect(await house.isFinished()).toBe(true);
  });

  it('give their title to a topic that was named after an id, in the profile, too', async () => {
    const house = openLearning();
    const examples = [aWaitingExample(2)];
    await addLearnedTopic(id, aKeptTopic({ name: nameOf(examples), examples }), house.deps);
    expect((await house.choices())[0]?.name).toBe(`Like ${paperId(2)}`);
    house.know(paperId(2));
    await learnTopics({ subscriber: id, ids: [], missing: [] }, house.deps);
    expect((await house.choices())[0]?.name).toBe(`Like Title of ${paperId(2)}`);
  });

  it('complete them once, however often and in whatever order it is told', async () => {
    const house = await waiting();
    await house.found();
    house.know(paperId(2), paperId(3));
    await house.found(2);
    const before = await house.stored();
    expect(before.topic.examples).toHaveLength(3);
    await house.found(2, 3);
    expect(await house.stored()).toEqual(before);
  });

  it('change nothing for somebody who has left, and leave nothing', async () => {
    const house = await waiting();
    await house.subscribers.erase(id, house.clock.now);
    expect(await house.found()).toEqual({ subscribers: 1, gone: 1 });
    expect(await house.topics.load(id)).toEqual([]);
    expect(await house.isFinished()).toBe(true);
  });

  it('keep the edits that are made meanwhile', async () => {
    const house = await waiting();
    house.know(paperId(2), paperId(3));
    const descriptions = house.deps.papers.descriptions;
    house.deps.papers.descriptions = async (ids) => {
      const stored = await house.stored();
      await house.topics.keep(id, { ...stored, topic: { ...stored.topic, struck: ['kite'] } }, stored);
      return descriptions(ids);
    };
    await house.found();
    expect((await house.stored()).topic).toMatchObject({ struck: ['kite'], examples: { length: 3 } });
    expect(await house.isLearned()).toBe(true);
  });
});

describe('a table that came back from a backup', () => {
  it('is left as it is until its replay, and the failure says what to do', async () => {
    const house = await waiting();
    house.know(paperId(2), paperId(3));
    house.clock.now += dayMs + hourMs;
    const before = await house.stored();
    house.deps.isOwnTable = async () => false;
    for (const work of [house.found, house.look]) await expect(work()).rejects.toThrow(/restore replay/);
    expect([await house.stored(), house.asked.length]).toEqual([before, 1]);
    house.deps.isOwnTable = async () => true;
    await house.look();
    expect(await house.isFinished()).toBe(true);
  });
});

describe('looking around', () => {
  it('asks again after a day, three times in all, then takes the paper for not found', async () => {
    const house = await waiting();
    await house.look();
    expect(house.asked).toHaveLength(1);
    for (const times of [2, 3]) {
      house.clock.now += dayMs + hourMs;
      await house.look();
      expect([house.asked.length, (await house.stored()).asked?.times]).toEqual([times, times]);
    }
    house.clock.now += dayMs + hourMs;
    await house.look();
    const { topic, notFound } = await house.stored();
    expect([topic.examples.length, notFound]).toEqual([1, [paperId(2), paperId(3)]]);
    expect(house.asked).toHaveLength(3);
    expect(await house.isFinished()).toBe(true);
    expect(await house.isLearned()).toBe(true);
  });

  it('completes what was found when the event was lost', async () => {
    const house = await waiting();
    house.know(paperId(2), paperId(3));
    house.clock.now += dayMs + hourMs;
    await house.look();
    expect(house.asked).toHaveLength(1);
    expect(await house.isFinished()).toBe(true);
  });

  it('asks nobody for what somebody wants who has not confirmed', async () => {
    const expiresAt = openLearning().clock.now + 2 * dayMs;
    const pending = aSubscriber({ state: aState({ status: 'pending', confirmation: aConfirmation({ expiresAt }) }) });
    const house = openLearning([pending]);
    await house.topics.keep(
      id,
      { ...aKeptTopic({ examples: [aWaitingExample(2)] }), n: 300, until: expiresAt },
      undefined,
    );
    await house.topics.open(id, 'm', 0);
    await lookAround(house.deps);
    expect(house.asked).toEqual([]);
    expect(await house.topics.due(house.clock.now + 1e12)).toHaveLength(1);
    house.clock.now = expiresAt + dayMs;
    await lookAround(house.deps);
    expect([await house.topics.load(id), await house.topics.due(1e15)]).toEqual([[], []]);
  });

  it('goes on after one who cannot be read, and fails in the end', async () => {
    const other = subscriberId(2);
    const house = await waiting([aSubscriber(), aSubscriber({ id: other })]);
    await addLearnedTopic(other, aKeptTopic({ examples: [aWaitingExample(2)] }), house.deps);
    house.know(paperId(2), paperId(3));
    house.clock.now += dayMs + hourMs;
    const load = house.topics.load;
    house.topics.load = (who, now) => (who === id ? Promise.reject(new Error('damaged')) : load(who, now));
    await expect(house.look()).rejects.toThrow('1 subscribers stay unfinished');
    expect(house.warned).toHaveLength(1);
    expect((await load(other))[0]?.topic.examples[0]?.words).toBeDefined();
  });
});
