import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  isLikenessFirst,
  isPackedProfile,
  packProfile,
  thresholdOf,
  wordsIn,
} from '../../../shared/domain/likeness/packed-profile.js';
import { aLikeness, packedWord } from '../../support/likeness.js';

const titles = ['Lamps that read along', 'Wicks of glass', 'An index of small fires'];
const words = Array.from({ length: 600 }, (_, at) => ({ word: `word${at} x`, weight: 1 / (at + 1), example: at % 7 }));

describe('a packed profile', () => {
  it('keeps each word with its weight to 3 % and the title of its example', () => {
    const packed = packProfile({
      words: [
        { word: 'lamp', weight: 0.5, example: 1 },
        { word: 'lamp wick', weight: 0.031, example: 0 },
        { word: 'survey', weight: -0.2 },
      ],
      threshold: 0.25,
      order: 'likeness',
      titles,
    });
    expect(isPackedProfile(packed)).toBe(true);
    expect(isLikenessFirst(packed)).toBe(true);
    expect(thresholdOf(packed)).toBe(0.25);
    expect(packedWord(packed, 'lamp')).toEqual({ weight: 0.5, title: titles[1] });
    const pair = packedWord(packed, 'lamp wick');
    expect(pair?.title).toBe(titles[0]);
    expect(Math.abs((pair?.weight ?? 0) / 0.031 - 1)).toBeLessThan(0.03);
    const against = packedWord(packed, 'survey');
    expect(Math.abs((against?.weight ?? 0) / -0.2 - 1)).toBeLessThan(0.03);
    expect(against).not.toHaveProperty('title');
    expect(packedWord(packed, 'wax')).toBeUndefined();
  });

  it('takes at most 3 KB with 600 words, however long the titles are', () => {
    for (const title of ['A title of some forty letters about lamps', 'ü'.repeat(400), '灯'.repeat(400)]) {
      const packed = packProfile({ words, threshold: 1, order: 'trend', titles: new Array(9).fill(title) });
      expect(packed.length).toBeLessThanOrEqual(3072);
      expect(wordsIn(packed)).toBe(600);
      expect(isPackedProfile(packed)).toBe(true);
      expect(packedWord(packed, 'word0 x')?.title).toBe(title.length > 60 ? `${title.slice(0, 59)}…` : title);
    }
  });

  it('leaves out the weakest of more than 600 words, and the examples whose titles do not fit', () => {
    const more = [...words, { word: 'one too many', weight: 0.001 }];
    const packed = packProfile({
      words: more,
      threshold: 1,
      order: 'trend',
      titles: new Array(7).fill('x'.repeat(60)),
    });
    expect(packedWord(packed, 'one too many')).toBeUndefined();
    expect(packedWord(packed, 'word3 x')?.title).toBe('x'.repeat(60));
    expect(packedWord(packed, 'word6 x')).not.toHaveProperty('title');
  });

  it('asks for something at least', () => {
    const packed = packProfile(aLikeness({ lamp: 1 }, { threshold: 0 }));
    expect(isPackedProfile(packed)).toBe(true);
    expect(thresholdOf(packed)).toBeGreaterThan(0);
  });

  it('is empty without words, and silent with an endless threshold', () => {
    const packed = packProfile(aLikeness({}, { threshold: Number.POSITIVE_INFINITY }));
    expect(isPackedProfile(packed)).toBe(true);
    expect([wordsIn(packed), thresholdOf(packed)]).toEqual([0, Number.POSITIVE_INFINITY]);
  });

  it('is told from any other bytes, cut short, longer or of another version', () => {
    const packed = packProfile({ words: words.slice(0, 20), threshold: 1, order: 'trend', titles });
    for (let length = 0; length < packed.length; length += 1) {
      expect(isPackedProfile(packed.subarray(0, length))).toBe(false);
    }
    expect(isPackedProfile(Uint8Array.of(...packed, 0))).toBe(false);
    expect(isPackedProfile(packed.with(0, 2))).toBe(false);
    // The number of words, a count of them, and a threshold that is no number.
    expect(isPackedProfile(packed.with(2, 19))).toBe(false);
    expect(isPackedProfile(packed.with(13, 0xff))).toBe(false);
    expect(isPackedProfile(packed.with(11, 0xff).with(12, 0xff))).toBe(false);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 4000 }), (bytes) => !isPackedProfile(bytes)));
  });
});
