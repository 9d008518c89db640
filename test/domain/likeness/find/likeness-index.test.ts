import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { indexPaper } from '../../../../shared/domain/filter/match/index-paper.js';
import { editionLikeness } from '../../../../shared/domain/likeness/find/edition-likeness.js';
import { likenessIndex } from '../../../../shared/domain/likeness/find/likeness-index.js';
import { scoreOf } from '../../../../shared/domain/likeness/learn/learn-profile.js';
import {
  isPackedProfile,
  layout,
  packProfile,
  thresholdOf,
  weightsAt,
} from '../../../../shared/domain/likeness/packed-profile.js';
import { wordHash } from '../../../../shared/domain/likeness/word-hash.js';
import { aPaper, paperId } from '../../../support/builders.js';
import { aLikeness, packedWord } from '../../../support/likeness.js';

const texts: readonly (readonly [title: string, abstract: string])[] = [
  ['Serving with a KV cache', 'We split prefill from decoding. The KV cache is shared between requests.'],
  ['A survey of lamps', 'Lamps are old. We survey lamps and wicks, and the cache of a lamp.'],
  ['Robots that pour tea', 'A robot arm learns to pour tea from videos.'],
];
const papers = texts.map(([title, abstract], at) =>
  indexPaper(aPaper({ id: paperId(at), title, abstract, keywords: [] })),
);

function foundBy(packed: Uint8Array, index = editionLikeness(papers).index()) {
  const { places, count, scores } = index.matchesOf(packed);
  return [...places.subarray(0, count)].map((place) => ({ place, score: scores[place] ?? 0 }));
}

describe('what a profile finds in an edition', () => {
  it('is the papers that have its words, unless words speak against them', () => {
    expect(foundBy(packProfile(aLikeness({ cach: 1 }))).map(({ place }) => place)).toEqual([0, 1]);
    expect(foundBy(packProfile(aLikeness({ cach: 1, survey: -1 }))).map(({ place }) => place)).toEqual([0]);
    expect(foundBy(packProfile(aLikeness({ nothing: 1 })))).toEqual([]);
    expect(foundBy(packProfile(aLikeness({ cach: 1 }, { threshold: Number.POSITIVE_INFINITY })))).toEqual([]);
    expect(foundBy(packProfile(aLikeness({})))).toEqual([]);
  });

  it('is told in the words of the paper, those that stand together joined, with the title they are from', () => {
    const index = editionLikeness(papers).index();
    const packed = packProfile({
      words: [
        { word: 'kv cach', weight: 0.9, example: 0 },
        { word: 'cach', weight: 0.5, example: 0 },
        { word: 'prefil', weight: 0.8, example: 1 },
        { word: 'tea', weight: 0.7, example: 1 },
      ],
      threshold: 1e-3,
      order: 'trend',
      titles: ['Paged memory', 'Splitting phases'],
    });
    expect(index.reasonAt(packed, 0)).toEqual({ words: ['KV cache', 'prefill'], like: 'Paged memory' });
    expect(index.reasonAt(packed, 2)).toEqual({ words: ['tea'], like: 'Splitting phases' });
    const unnamed = packProfile(aLikeness({ tea: 1 }));
    expect(index.reasonAt(unnamed, 2)).toEqual({ words: ['tea'] });
    expect(index.reasonAt(unnamed, 0)).toBeUndefined();
  });

  it('depends on no profile that was asked before', () => {
    const index = editionLikeness(papers).index();
    const [one, other] = [packProfile(aLikeness({ tea: 1, robot: 0.4 })), packProfile(aLikeness({ cach: 1, lamp: 1 }))];
    const first = [foundBy(one, index), index.reasonAt(one, 2)];
    expect(foundBy(other, index)).toEqual(foundBy(other));
    expect(index.reasonAt(other, 1)).toEqual(editionLikeness(papers).index().reasonAt(other, 1));
    expect([foundBy(one, index), index.reasonAt(one, 2)]).toEqual(first);
  });

  it('takes frequencies of a month where there are any, else those of the edition', () => {
    const likeness = editionLikeness(papers);
    const packed = packProfile(aLikeness({ lamp: 1 }));
    const [own] = foundBy(packed, likeness.index());
    likeness.prepare({ papers: 1000, of: (word) => (word === 'lamp' ? 900 : 1) });
    const [ofMonth] = foundBy(packed, likeness.index());
    expect(ofMonth?.score).toBeLessThan((own?.score ?? 0) / 2);
  });
});

const vocabulary = Array.from({ length: 60 }, (_, at) => `word${at}`);
const vectors = fc.array(
  fc.dictionary(fc.constantFrom(...vocabulary.slice(0, 40)), fc.double({ min: 0.01, max: 1, noNaN: true })),
  { minLength: 1, maxLength: 40 },
);
const weights = fc.dictionary(fc.constantFrom(...vocabulary), fc.double({ min: -1, max: 1, noNaN: true }));

/** Their hashes begin with the same twenty bits as that of "seed", and come before it. */
const likeSeed = (
  '2gpy3 2kfri 4756r 6ygx3 90l1t jm3qr lj3ra lyca8 meqnq moxv7 ' +
  'ovihf uay5a wxqom zlfu8 1dss9b 1e1ov3 1hobne 1nb16j 1ov5dk 1ovuqd'
).split(' ');

describe('the index beside plain sums', () => {
  it('finds the same papers with the same scores, whatever is frequent', () => {
    fc.assert(
      fc.property(vectors, weights, fc.double({ min: 0.01, max: 3, noNaN: true }), (given, profile, threshold) => {
        const maps = given.map((vector) => new Map(Object.entries(vector)));
        const index = likenessIndex(
          given.map((_, at) => indexPaper(aPaper({ id: paperId(at) }))),
          maps,
        );
        const packed = packProfile(aLikeness(profile, { threshold }));
        const kept = new Map(vocabulary.map((word) => [word, packedWord(packed, word)?.weight ?? 0]));
        const plain = maps.map((vector) => scoreOf(kept, vector));
        const least = thresholdOf(packed);
        const found = new Map(foundBy(packed, index).map(({ place, score }) => [place, score * least]));
        for (const [place, score] of plain.entries()) {
          if (Math.abs(score / least - 1) < 1e-5) continue;
          expect(found.has(place)).toBe(score >= least);
          if (score >= least) expect(found.get(place)).toBeCloseTo(score, 5);
        }
      }),
    );
  });

  it('finds what most papers have, however many words of one paper have hashes that begin alike', () => {
    expect(new Set([...likeSeed, 'seed'].map((word) => wordHash(word) >>> 12)).size).toBe(1);
    const given = [[...likeSeed, 'seed'], ['seed'], ['other']].map((words) => new Map(words.map((word) => [word, 1])));
    const index = likenessIndex(
      given.map((_, at) => indexPaper(aPaper({ id: paperId(at), title: [...(given[at]?.keys() ?? [])].join(' ') }))),
      given,
    );
    const packed = packProfile(aLikeness({ seed: 1 }));
    expect(foundBy(packed, index).map(({ place }) => place)).toEqual([0, 1]);
    expect(index.reasonAt(packed, 0)).toEqual({ words: ['seed'] });
    const found = likeSeed.filter((word) => foundBy(packProfile(aLikeness({ [word]: 1 })), index).length === 1);
    expect(found).toHaveLength(15);
  });

  it('finds nothing by a hash that no word has, nor where a damaged threshold comes to nothing', () => {
    const noHash = packProfile(aLikeness({ tea: 1 }));
    noHash.fill(0, layout.counts, weightsAt(1));
    noHash[layout.counts] = 1;
    const noThreshold = packProfile(aLikeness({ tea: 1 }));
    const view = new DataView(noThreshold.buffer);
    view.setFloat32(layout.scale, 3e38, true);
    view.setFloat32(layout.threshold, 1e-40, true);
    expect([isPackedProfile(noHash), isPackedProfile(noThreshold)]).toEqual([true, true]);
    for (const size of [0, 1, 40]) {
      const index = likenessIndex(
        Array.from({ length: size }, (_, at) => indexPaper(aPaper({ id: paperId(at) }))),
        Array.from({ length: size }, () => new Map([['lamp', 1.5]])),
      );
      expect([foundBy(noHash, index), foundBy(noThreshold, index)]).toEqual([[], []]);
    }
  });

  it('reads damaged profiles that pass for whole ones without fault', () => {
    const index = editionLikeness(papers).index();
    const whole = packProfile({
      words: vocabulary
        .map((word, at) => ({ word, weight: 1 / (at + 1), example: at % 3 }))
        .concat({ word: 'cach', weight: 1, example: 2 }),
      threshold: 1e-3,
      order: 'likeness',
      titles: ['One', 'Two', 'Three'],
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 20 }), (changes) => {
        const damaged = whole.slice();
        for (const [at, byte] of changes) damaged[at] = byte;
        if (!isPackedProfile(damaged)) return;
        for (const { place } of foundBy(damaged, index)) index.reasonAt(damaged, place);
      }),
    );
  });
});
