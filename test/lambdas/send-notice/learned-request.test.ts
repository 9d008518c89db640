import { describe, expect, it } from '@jest/globals';
import { hourMs } from '../../../shared/domain/calendar-date.js';
import { choiceOf } from '../../../shared/domain/likeness/kept-topic.js';
import { learnedAmong } from '../../../shared/domain/subscriber/topic.js';
import { adoptAsked, packAsked } from '../../../shared/learning/asked-topics.js';
import type { LookUp } from '../../../shared/learning/learn-anew.js';
import { aKeptTopic, anExample, aWaitingExample, paperId } from '../../support/builders.js';
import { fakeLearnedTopics } from '../../support/fake-learned-topics.js';
import { aNoticeHouse, aRequest, canaryId, noon } from './notice-house.js';

const examples = [anExample(1), anExample(2, { id: 'entry:abc', title: 'Of my own' }), aWaitingExample(3)];
const topic = aKeptTopic({ examples });
const like = Buffer.from('what was learned');
const asked = packAsked({ place: 0, at: noon }, topic, like);

describe('a request with papers that somebody likes', () => {
  it('keeps what was learned in the profile, and the examples until the link expires', async () => {
    const { deliver, store, topics } = aNoticeHouse();
    await deliver(aRequest({ learned: [asked] }));
    const [subscriber] = await store.load([canaryId]);
    expect(learnedAmong(subscriber!.profile.topics)).toEqual([choiceOf(asked.n, topic.topic, like)]);
    const [kept] = await topics.load(canaryId, noon);
    expect(kept).toMatchObject({ ...topic, n: asked.n, until: noon + 72 * hourMs });
    expect(await topics.load(canaryId, noon + 73 * hourMs)).toEqual([]);
  });

  it('may have nothing but these papers, and is made once however often it is delivered', async () => {
    const { deliver, sent, topics } = aNoticeHouse();
    const request = aRequest({ topics: [], learned: [asked] });
    await deliver(request);
    await deliver(request);
    expect([sent.length, (await topics.load(canaryId)).length]).toEqual([1, 1]);
  });

  it('is refused when it asks for nothing at all', async () => {
    const { deliver } = aNoticeHouse();
    await expect(deliver(aRequest({ topics: [], learned: [] }))).rejects.toThrow('topic');
  });

  it('leaves an active subscriber and their examples alone', async () => {
    const { deliver, store, topics, time } = aNoticeHouse();
    await deliver(aRequest());
    const [{ state, profile }] = (await store.load([canaryId])) as unknown as [
      { state: { confirmation: { tokenHash: string } }; profile: object },
    ];
    await store.confirm(canaryId, state.confirmation.tokenHash, noon);
    time.now += 25 * hourMs;
    await deliver(aRequest({ learned: [asked], requestedAt: time.now }));
    expect(await topics.load(canaryId)).toEqual([]);
    expect((await store.load([canaryId]))[0]?.profile).toEqual(profile);
  });

  it('carries two hundred long abstracts in 64 KB, where need be without words that can be read again', () => {
    const many = Array.from({ length: 200 }, (_, number) => {
      const words = new Map(Array.from({ length: 400 }, (_, word) => [`word ${number} of ${word * 7919}`, 1]));
      return anExample(number, { words, ...(number < 5 && { id: `entry:${number}` }) });
    });
    const { examples: packed } = packAsked({ place: 2, at: noon }, aKeptTopic({ examples: many }), like);
    expect(packed.length).toBeLessThanOrEqual(64_000);
  });
});

describe('following the link', () => {
  async function adopted(choices: Parameters<typeof adoptAsked>[1]) {
    const topics = fakeLearnedTopics();
    const lookedUp: LookUp[] = [];
    await topics.keep(canaryId, { ...topic, n: asked.n, until: noon + hourMs }, undefined);
    await topics.keep(canaryId, { ...aKeptTopic({ name: 'earlier' }), n: 4 }, undefined);
    const lookUp = async (message: LookUp) => void lookedUp.push(message);
    await adoptAsked(canaryId, choices, { topics, lookUp, mark: () => 'mark', now: () => noon });
    return { topics, lookedUp };
  }

  it('makes the examples lasting, asks for those that wait, and lets go of an earlier subscription', async () => {
    const { topics, lookedUp } = await adopted([{ name: 'Kites', n: asked.n, like }]);
    expect(await topics.load(canaryId, noon + 99 * hourMs)).toMatchObject([{ n: asked.n, topic: { name: 'Kites' } }]);
    expect(lookedUp).toEqual([{ kind: 'look-up', subscriber: canaryId, ids: [paperId(3)] }]);
    expect(await topics.due(noon + hourMs)).toEqual([{ subscriber: canaryId, mark: 'mark' }]);
  });

  it('asks for nothing when no paper was named', async () => {
    const { topics, lookedUp } = await adopted([{ name: 'Own', filter: 'tables' }]);
    expect([await topics.load(canaryId), lookedUp]).toEqual([[], []]);
  });
});
