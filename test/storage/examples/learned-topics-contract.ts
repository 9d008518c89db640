import { beforeEach, describe, expect, it } from '@jest/globals';
import { pressedNames } from '../../../shared/domain/likeness/topic-name.js';
import type { LearnedTopicRepository, StoredTopic } from '../../../shared/storage/examples/learned-topics.js';
import { aKeptTopic, anExample, instant, subscriberId } from '../../support/builders.js';

const id = subscriberId(1);
const other = subscriberId(2);
const at = instant('2026-08-07T05:15');

/** How every store keeps the examples of learned topics. */
export function learnedTopicsContract(make: () => Promise<LearnedTopicRepository>): void {
  let topics: LearnedTopicRepository;
  const load = (of = id): Promise<readonly StoredTopic[]> => topics.load(of, at);
  const add = (n: number, over = {}) => topics.keep(id, { ...aKeptTopic(), n, ...over }, undefined);
  beforeEach(async () => {
    topics = await make();
  });

  it('give a topic back as it was kept, with words, edits, and what was asked', async () => {
    const examples = [anExample(1), { ...anExample(2), liked: false }, { id: '2401.00003', title: '', liked: true }];
    const topic = {
      ...aKeptTopic({ examples, struck: ['kite'], pinned: ['wind string'], strictness: 5, order: 'likeness' }),
      notFound: ['Winches'],
      asked: { at, times: 2 },
      n: 301,
    };
    expect(await topics.keep(id, topic, undefined)).toBe(true);
    expect(await load()).toEqual([{ ...topic, version: 1 }]);
    expect(await load(other)).toEqual([]);
  });

  it('know by its mark the topic that presses feed, under every name and address', async () => {
    await add(300, { takesPresses: true });
    const [loaded] = await load();
    const named = { ...loaded!, topic: { ...loaded!.topic, name: 'Candles' } };
    expect(await topics.keep(id, named, loaded)).toBe(true);
    await topics.bring(id, other);
    for (const address of [id, other]) expect(await load(address)).toMatchObject([{ takesPresses: true }]);
  });

  it('take no topic for that one by its name', async () => {
    await add(300, aKeptTopic({ name: pressedNames.liked }));
    expect((await load())[0]).not.toHaveProperty('takesPresses');
  });

  it('let one of two changes win, and the other know it', async () => {
    await add(300);
    const [loaded] = await load();
    const named = (name: string) => ({ ...loaded!, topic: { ...loaded!.topic, name } });
    expect(await topics.keep(id, named('one'), loaded)).toBe(true);
    expect(await topics.keep(id, named('other'), loaded)).toBe(false);
    expect(await topics.drop(id, loaded!)).toBe(false);
    expect((await load()).map(({ topic, version }) => [topic.name, version])).toEqual([['one', 2]]);
    expect(await add(300)).toBe(false);
  });

  it('keep three of them by their numbers, and know a new one at a place from the one that was there', async () => {
    for (const n of [302, 300, 301]) expect(await add(n)).toBe(true);
    expect((await load()).map(({ n }) => n)).toEqual([300, 301, 302]);
    const [first] = await load();
    expect(await topics.drop(id, first!)).toBe(true);
    expect(await add(303)).toBe(true);
    expect(await topics.keep(id, first!, first)).toBe(false);
    expect((await load()).map(({ n }) => n)).toEqual([301, 302, 303]);
  });

  it('forget what nobody confirmed in time, and keep for good what somebody did', async () => {
    await add(300, { until: at + 1000 });
    expect(await load()).toMatchObject([{ until: at + 1000 }]);
    expect(await topics.load(id, at + 1000)).toEqual([]);
    const [loaded] = await load();
    await topics.stay(id);
    expect(await topics.load(id, at + 1000)).toMatchObject([{ n: 300, version: 2 }]);
    expect(await topics.keep(id, loaded!, loaded)).toBe(false);
    await topics.stay(id);
    expect(await load()).toMatchObject([{ version: 2 }]);
  });

  describe('when an address is changed', () => {
    it('come along once, and what is changed there stays', async () => {
      await add(300);
      await add(302);
      await topics.bring(id, other);
      const [moved] = await load(other);
      expect(await load(other)).toMatchObject([{ n: 300 }, { n: 302 }]);
      expect(moved).toMatchObject({ movedFrom: id });
      const named = { ...moved!, topic: { ...moved!.topic, name: 'changed there' } };
      expect(await topics.keep(other, named, moved)).toBe(true);
      await topics.bring(id, other);
      expect((await load(other))[0]?.topic.name).toBe('changed there');
    });

    it('take the place of what was left there', async () => {
      await topics.keep(other, { ...aKeptTopic({ name: 'old' }), n: 297 }, undefined);
      await add(300);
      await topics.bring(id, other);
      expect(await load(other)).toMatchObject([{ n: 300 }]);
    });
  });

  describe('who is unfinished', () => {
    it('is due when it was said, the longest first', async () => {
      await topics.open(id, 'a', at + 2);
      await topics.open(other, 'b', at + 1);
      expect(await topics.due(at)).toEqual([]);
      expect(await topics.due(at + 2)).toEqual([
        { subscriber: other, mark: 'b' },
        { subscriber: id, mark: 'a' },
      ]);
    });

    it('is finished only by whoever opened it last', async () => {
      await topics.open(id, 'a', at);
      await topics.open(id, 'b', at);
      await topics.close(id, 'a');
      expect(await topics.due(at)).toEqual([{ subscriber: id, mark: 'b' }]);
      await topics.close(id, 'b');
      await topics.close(id, 'b');
      expect(await topics.due(at)).toEqual([]);
    });
  });
}
