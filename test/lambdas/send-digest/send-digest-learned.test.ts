import { describe, expect, it } from '@jest/globals';
import { packProfile } from '../../../shared/domain/likeness/packed-profile.js';
import type { TopicChoice } from '../../../shared/domain/subscriber/subscriber.js';
import { aProfile, subscriberId } from '../../support/builders.js';
import { aLikeness } from '../../support/likeness.js';
import { aDigestHouse, edition, reader, run } from './digest-house.js';

const profile = aLikeness({ lantern: 1, diffus: 0.5 });
const words = profile.words.map((word) => ({ ...word, example: 0 }));
const like = packProfile({ ...profile, words, titles: ['Lanterns I have known'] });
const learned = { name: 'Lights', n: 1, like };
const learner = (number: number, topics: readonly TopicChoice[] = [learned]) =>
  reader(number, { profile: aProfile({ address: `reader${number}@example.org`, topics }) });
const textOf = (raw: string) => raw.replace(/=\r\n/g, '').replace(/\r\n/g, '\n');

describe('a digest with a learned topic', () => {
  it('brings what is like the examples, and says which and by which words', async () => {
    const house = await aDigestHouse([learner(1), reader(2)]);
    expect(await house.send()).toMatchObject({ sent: 2, open: 0 });
    const [mail] = house.sent.filter(({ to }) => to.startsWith('reader1'));
    expect(textOf(mail?.raw ?? '')).toContain('Diffusion of Lanterns');
    expect(textOf(mail?.raw ?? '')).toContain('Lanterns I have known</i>: ');
    expect(textOf(mail?.raw ?? '')).not.toContain('More Tables');
    expect((await house.stateOf(1)).seen).toEqual([{ edition: run, places: [1] }]);
  });

  it('reads how frequent words are once, and only when such a topic asks', async () => {
    const asked: string[] = [];
    const counted = async (readers: Parameters<typeof aDigestHouse>[0]) => {
      const house = await aDigestHouse(readers);
      const { frequencies } = house.editions;
      house.editions.frequencies = (of) => {
        asked.push(of.date);
        return frequencies(of);
      };
      return house;
    };
    await (await counted([reader(1), reader(2)])).send();
    expect(asked).toEqual([]);
    await (await counted([learner(1), reader(2), learner(3)])).send();
    expect(asked).toEqual([run]);
  });

  it('goes by the month where that was noted', async () => {
    const house = await aDigestHouse([learner(1)]);
    // Every paper of the month is about lanterns and diffusion: they tell nothing any more.
    await house.editions.noteFrequencies(edition, {
      papers: 1000,
      counts: new Map([
        ['lantern', 1000],
        ['diffus', 1000],
      ]),
    });
    expect(await house.send()).toMatchObject({ unmatched: 1, sent: 0 });
  });

  it('skips a profile that cannot be read and counts it like a filter; one without known examples is just empty', async () => {
    const broken = { ...learned, like: like.with(0, 99) };
    const waiting = { ...learned, n: 2, like: new Uint8Array(0) };
    const house = await aDigestHouse([
      learner(1, [broken, { name: 'Tables', filter: 'tables' }]),
      learner(2, [waiting]),
    ]);
    expect(await house.send()).toMatchObject({ sent: 1, unmatched: 1, open: 0 });
    expect(house.unreadable).toEqual([1]);
    expect(house.warnings.join()).toContain('own topic 1: its profile cannot be read');
    expect(house.warnings.join()).not.toContain('Lights');
    expect((await house.stateOf(1)).seen).toEqual([{ edition: run, places: [0, 2] }]);
  });

  it('is the same when it is sent again', async () => {
    const house = await aDigestHouse([learner(1)], { answers: [{ kind: 'quota-exhausted' }] });
    expect(await house.send()).toMatchObject({ open: 1 });
    expect(await house.send()).toMatchObject({ sent: 1, open: 0 });
    expect(textOf(house.sent[0]?.raw ?? '')).toContain('Lanterns I have known');
    expect(await house.store.load([subscriberId(1)])).toMatchObject([{ profile: { topics: [learned] } }]);
  });
});
