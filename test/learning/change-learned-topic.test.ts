import { describe, expect, it } from '@jest/globals';
import type { KeptTopic } from '../../shared/domain/likeness/kept-topic.js';
import { addLearnedTopic, changeLearnedTopic } from '../../shared/learning/change-learned-topic.js';
import { aKeptTopic, anExample, aProfile, aState, aSubscriber, aWaitingExample, paperId } from '../support/builders.js';
import { id, openLearning } from './learning-house.js';

const withExample =
  (number: number, liked = true) =>
  (kept: KeptTopic): KeptTopic => {
    const others = kept.topic.examples.filter((example) => example.id !== paperId(number));
    return { ...kept, topic: { ...kept.topic, examples: [...others, anExample(number, { liked })] } };
  };

describe('adding a learned topic', () => {
  it('keeps its examples, brings it into the profile beside the other topics, and is finished', async () => {
    const house = openLearning();
    const { topics: before } = aProfile();
    const answer = await addLearnedTopic(id, aKeptTopic(), house.deps);
    expect(answer).toMatchObject({ answer: 'added' });
    const [subscriber] = await house.subscribers.load([id]);
    expect(subscriber?.profile.topics).toEqual([...before, ...(await house.choices())]);
    expect(await house.choices()).toMatchObject([{ name: 'Kites' }]);
    expect(await house.isLearned()).toBe(true);
    house.clock.now += 1e12;
    expect(await house.topics.due(house.clock.now)).toEqual([]);
    expect(house.asked).toEqual([]);
  });

  it('asks arXiv for the papers that are not known, and waits', async () => {
    const house = openLearning();
    await addLearnedTopic(id, aKeptTopic({ examples: [anExample(1), aWaitingExample(2)] }), house.deps);
    expect(house.asked).toEqual([{ kind: 'look-up', subscriber: id, ids: [paperId(2)] }]);
    expect(await house.topics.load(id)).toMatchObject([{ asked: { at: house.clock.now, times: 1 } }]);
    expect(await house.topics.due(house.clock.now + 1e12)).toMatchObject([{ subscriber: id }]);
  });

  it('adds one when a form is sent twice, and no fourth', async () => {
    const house = openLearning();
    const add = (name: string) => addLearnedTopic(id, aKeptTopic({ name }), house.deps);
    const first = await add('one');
    expect(await add('one')).toEqual(first);
    await add('two');
    await add('three');
    expect(await add('four')).toEqual({ answer: 'too-many' });
    expect((await house.choices()).map(({ name }) => name)).toEqual(['one', 'two', 'three']);
    expect(await house.isLearned()).toBe(true);
  });

  it('keeps nothing of whom nobody knows', async () => {
    const house = openLearning([]);
    expect(await addLearnedTopic(id, aKeptTopic(), house.deps)).toEqual({ answer: 'gone' });
    expect(await house.topics.load(id)).toEqual([]);
    expect(await house.topics.due(house.clock.now + 1e12)).toEqual([]);
  });
});

describe('changing a learned topic', () => {
  async function opened() {
    const house = openLearning();
    const added = await addLearnedTopic(id, aKeptTopic(), house.deps);
    const n = added.answer === 'added' ? added.n : 0;
    return {
      ...house,
      n,
      change: (change: (kept: KeptTopic) => KeptTopic | undefined) => changeLearnedTopic(id, n, change, house.deps),
    };
  }

  it('learns the profile anew, and twice the same is once', async () => {
    const house = await opened();
    const answer = await house.change(withExample(2, false));
    expect(answer).toMatchObject({
      answer: 'changed',
      after: { topic: { examples: [{ liked: true }, { liked: false }] } },
    });
    expect(await house.change(withExample(2, false))).toMatchObject({ after: { topic: { examples: { length: 2 } } } });
    expect(await house.isLearned()).toBe(true);
  });

  it('loses no change when several are made at once', async () => {
    const house = await opened();
    await Promise.all([2, 3, 4, 5, 6].map((number) => house.change(withExample(number))));
    const [{ topic }] = (await house.topics.load(id)) as unknown as [KeptTopic];
    expect(topic.examples.map((example) => example.id).sort()).toEqual([1, 2, 3, 4, 5, 6].map(paperId));
    expect(await house.isLearned()).toBe(true);
    expect(await house.topics.due(house.clock.now + 1e12)).toEqual([]);
  });

  it('asks for the papers that are new to it alone', async () => {
    const house = await opened();
    const waiting = (number: number) => (kept: KeptTopic) => ({
      ...kept,
      topic: { ...kept.topic, examples: [...kept.topic.examples, aWaitingExample(number)] },
    });
    await house.change(waiting(7));
    await house.change(waiting(8));
    expect(house.asked.map(({ ids }) => ids)).toEqual([[paperId(7)], [paperId(8)]]);
  });

  it('removes it from profile and examples, and tells who comes after', async () => {
    const house = await opened();
    expect(await house.change(() => undefined)).toEqual({ answer: 'removed' });
    expect(await house.change(withExample(2))).toEqual({ answer: 'no-topic' });
    expect([await house.choices(), await house.topics.load(id)]).toEqual([[], []]);
  });

  it('leaves everything else of the profile to a change made meanwhile, and the other way round', async () => {
    const house = await opened();
    const [before] = await house.subscribers.load([id]);
    const learn = house.deps.learn;
    await changeLearnedTopic(id, house.n, withExample(2), {
      ...house.deps,
      learn: async (topic) => {
        // Somebody chooses another hour, on a page that was opened before.
        await house.subscribers.change(id, { ...before!.profile, hour: 21 }, house.clock.now);
        return learn(topic);
      },
    });
    await house.subscribers.change(id, { ...before!.profile, hour: 22 }, house.clock.now);
    expect((await house.subscribers.load([id]))[0]?.profile.hour).toBe(22);
    expect(await house.isLearned()).toBe(true);
  });

  it('is followed up when somebody dies between the examples and the profile', async () => {
    const house = await opened();
    const dying = { ...house.deps, learn: async () => Promise.reject(new Error('the process died')) };
    await expect(changeLearnedTopic(id, house.n, withExample(2), dying)).rejects.toThrow('died');
    expect(await house.isLearned()).toBe(false);
    expect(await house.topics.due(house.clock.now + 3_600_000)).toMatchObject([{ subscriber: id }]);
  });

  it('leaves a suppressed one alone until they confirm again', async () => {
    const house = openLearning([aSubscriber({ state: aState({ status: 'suppressed', suppressedBy: 'bounce' }) })]);
    await addLearnedTopic(id, aKeptTopic(), house.deps);
    expect(await house.topics.load(id)).toHaveLength(1);
    expect(await house.topics.due(house.clock.now + 1e12)).toEqual([]);
  });
});
