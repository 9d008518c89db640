import type { LikenessProfile } from '../../shared/domain/likeness/likeness-profile.js';
import {
  exampleOf,
  layout,
  packProfile,
  scaleOf,
  titleIn,
  weightShares,
  weightsAt,
  wordsIn,
} from '../../shared/domain/likeness/packed-profile.js';
import { wordHash } from '../../shared/domain/likeness/word-hash.js';
import type { LikenessTopic } from '../../shared/domain/subscriber/topic.js';

/** A profile of words with their weights: a paper is alike that has enough of them. */
export function aLikeness(
  weights: Readonly<Record<string, number>>,
  over: Partial<LikenessProfile> = {},
): LikenessProfile {
  const words = Object.entries(weights).map(([word, weight]) => ({ word, weight }));
  return { words, threshold: 1e-6, order: 'trend', titles: [], ...over };
}

/** A learned topic named after its id in capitals. */
export function aLikenessTopic(id: string, profile: LikenessProfile, n = 1): LikenessTopic {
  return { id, name: id.toUpperCase(), n, like: packProfile(profile) };
}

/** What a packed profile says of a word: its weight, as it was kept, and the title of its example. */
export function packedWord(packed: Uint8Array, word: string): { weight: number; title?: string } | undefined {
  let [index, bucket, left] = [-1, -1, 0];
  for (let at = 0; at < wordsIn(packed); at += 1) {
    while (left === 0) {
      bucket += 1;
      left = ((packed[layout.counts + (bucket >>> 1)] ?? 0) >>> (4 * (bucket & 1))) & 15;
    }
    left -= 1;
    const [a = 0, b = 0, c = 0] = packed.subarray(layout.hashes + 3 * at);
    if (((bucket << 24) | (a << 16) | (b << 8) | c) === wordHash(word)) index = at;
  }
  if (index < 0) return undefined;
  const weight = scaleOf(packed) * (weightShares[packed[weightsAt(wordsIn(packed)) + index] ?? 0] ?? 0);
  const example = exampleOf(packed, index);
  return { weight, ...(example >= 0 && { title: titleIn(packed, example) }) };
}
