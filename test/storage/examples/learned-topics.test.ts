import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from '@jest/globals';
import type { KeptTopic } from '../../../shared/domain/likeness/kept-topic.js';
import { pressedNames } from '../../../shared/domain/likeness/topic-name.js';
import { learnedTopicRepository } from '../../../shared/storage/examples/learned-topics.js';
import { packTopic, unpackTopic } from '../../../shared/storage/examples/packed-topic.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { aConfirmation, aKeptTopic, aProfile, instant, subscriberId } from '../../support/builders.js';
import { fakeLearnedTopics } from '../../support/fake-learned-topics.js';
import { embeddedForTests, onSmallPages } from '../embedded.js';
import { itemBytes } from '../item-bytes.js';
import { learnedTopicsContract } from './learned-topics-contract.js';

const id = subscriberId(1);
const at = instant('2026-08-07T05:15');

/** A topic of 200 papers with texts of nothing but different words: no abstract is like that. */
function madeUp(words: number): KeptTopic {
  let seed = 1;
  const word = () => {
    let text = '';
    for (let length = 0; length < 12; length += 1) {
      seed = (seed * 48_271) % 2_147_483_647;
      text += String.fromCharCode(97 + (seed % 26));
    }
    return text;
  };
  const examples = Array.from({ length: 200 }, (_, place) => ({
    id: `entry:${place}`,
    title: Array.from({ length: 30 }, word).join(' '),
    liked: true,
    words: new Map(Array.from({ length: words }, (_, at) => [word(), words - at])),
  }));
  return aKeptTopic({ examples });
}

describe('learned topics in memory', () => learnedTopicsContract(async () => fakeLearnedTopics()));

describe('learned topics in DynamoDB', () => {
  const dynamo = embeddedForTests();
  const newTable = () => dynamo().createTable('subscribers');
  learnedTopicsContract(async () => learnedTopicRepository(dynamo().client, await newTable()));

  it('know the topic that presses feed by its name where an older row has no mark, and then by the mark', async () => {
    const table = await newTable();
    const topics = learnedTopicRepository(dynamo().client, table);
    for (const [place, name] of [pressedNames.disliked, 'Kites'].entries()) {
      await topics.keep(id, { ...aKeptTopic({ name }), n: 300 + place }, undefined);
      const Key = { pk: id, sk: `examples#${place}` };
      await dynamo().client.send(new UpdateCommand({ TableName: table, Key, UpdateExpression: 'REMOVE takesPresses' }));
    }
    const [old, other] = await topics.load(id);
    expect([old?.takesPresses, other?.takesPresses]).toEqual([true, undefined]);
    await topics.keep(id, { ...old!, topic: { ...old!.topic, name: 'Candles' } }, old);
    expect((await topics.load(id))[0]).toMatchObject({ topic: { name: 'Candles' }, takesPresses: true });
  });

  it('fit into an item, whatever somebody makes up', async () => {
    const table = await newTable();
    const topics = learnedTopicRepository(dynamo().client, table);
    expect(await topics.keep(id, { ...madeUp(2000), n: 300 }, undefined)).toBe(true);
    const { Item } = await dynamo().client.send(
      new GetCommand({ TableName: table, Key: { pk: id, sk: 'examples#0' } }),
    );
    expect(itemBytes(Item!)).toBeLessThan(400_000);
    const topic = (await topics.load(id))[0]!.topic;
    expect(topic.examples).toHaveLength(200);
    // The words that occur most often are kept.
    expect(Math.min(...(topic.examples[0]?.words?.values() ?? []))).toBeGreaterThan(1700);
  });

  it('are asked for in a message of a few kilobytes, if need be', () => {
    const bytes = packTopic(madeUp(500), 48_000);
    expect(bytes.length).toBeLessThanOrEqual(48_000);
    expect(unpackTopic(bytes).topic.examples).toHaveLength(200);
  });

  it('find everybody who is unfinished, over all pages', async () => {
    const table = await newTable();
    const topics = learnedTopicRepository(onSmallPages(dynamo().client), table);
    for (const number of [1, 2, 3]) await topics.open(subscriberId(number), 'm', at);
    expect(await topics.due(at)).toHaveLength(3);
  });

  it('come along when an address is changed', async () => {
    const table = await newTable();
    const topics = learnedTopicRepository(dynamo().client, table);
    const subscribers = subscriberRepository(dynamo().client, table);
    const [from, to] = [id, subscriberId(2)];
    await subscribers.put(from, aProfile(), at);
    await topics.keep(from, { ...aKeptTopic(), n: 300 }, undefined);
    const like = Buffer.from('learned');
    await subscribers.learn(from, async () => [{ name: 'Kites', n: 300, like }]);
    const confirmation = { ...aConfirmation({ expiresAt: at + 10 }), movesFrom: from };
    await subscribers.request(to, aProfile({ address: 'new@example.org' }), confirmation, at);
    await subscribers.beginMove(to, confirmation.tokenHash, at + 1);
    await subscribers.leave({ from, to }, at + 1, at + 2);
    expect(await subscribers.arrive({ from, to }, at + 2)).toBe('arrived');
    await subscribers.eraseMoved({ from, to }, at + 3);
    expect(await topics.load(from)).toEqual([]);
    expect(await topics.load(to)).toMatchObject([{ n: 300, topic: { name: 'Kites' } }]);
    const [moved] = await subscribers.load([to]);
    expect(moved?.profile.topics.at(-1)).toMatchObject({ name: 'Kites', n: 300 });
  });

  it('are erased with their subscriber, and never read by sending', async () => {
    const table = await newTable();
    const topics = learnedTopicRepository(dynamo().client, table);
    const subscribers = subscriberRepository(dynamo().client, table);
    await subscribers.put(id, aProfile(), at);
    for (const n of [300, 301, 302]) await topics.keep(id, { ...aKeptTopic(), n }, undefined);
    expect(await subscribers.load([id])).toHaveLength(1);
    await subscribers.erase(id, at);
    expect(await topics.load(id)).toEqual([]);
  });
});
