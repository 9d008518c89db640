import type { Edition } from '../../../shared/domain/edition/edition.js';
import { backgroundOf } from '../../../shared/domain/likeness/learn/background.js';
import { learnProfile } from '../../../shared/domain/likeness/learn/learn-profile.js';
import type { Example, Strictness } from '../../../shared/domain/likeness/learned-topic.js';
import type { Frequencies, LikenessProfile } from '../../../shared/domain/likeness/likeness-profile.js';
import { layout, packProfile, weightsAt, wordsIn } from '../../../shared/domain/likeness/packed-profile.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { seeded } from '../measure.js';

/** How the profiles are made, for the output. */
export const profilesMade =
  'each learned from 12 papers of the month, drawn at random, at the middle strictness, then a tenth of its words taken from ' +
  'another one and every weight changed a little, so that no two are the same';

const examplesEach = 12;
const strictness: Strictness = 3;
const replacedShare = 0.1;

type Draw = () => number;

/** The papers of a month, and in how many of them each word is. */
export function countMonth(editions: readonly Edition[]): { examples: readonly Example[]; frequencies: Frequencies } {
  const examples = new Map<PaperId, Example>();
  const counts = new Map<string, number>();
  for (const { paper } of editions.flatMap(({ papers }) => papers)) {
    if (examples.has(paper.id)) continue;
    const words = wordCounts(paper.title, paper.abstract);
    examples.set(paper.id, { id: paper.id, title: paper.title, liked: true, words });
    for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return {
    examples: [...examples.values()],
    frequencies: { papers: examples.size, of: (word) => counts.get(word) ?? 0 },
  };
}

/** Learns so many topics, each of some papers of the month, against those of the edition. */
export function learnedProfiles(
  edition: Edition,
  { examples, frequencies }: ReturnType<typeof countMonth>,
  count: number,
): readonly LikenessProfile[] {
  const random = seeded(19);
  const week = edition.papers.map(({ paper: { id, title, abstract } }) => ({ id, words: wordCounts(title, abstract) }));
  const background = backgroundOf(week, frequencies);
  const some = () => examples[Math.floor(random() * examples.length)];
  return Array.from({ length: count }, () =>
    learnProfile(
      {
        name: 'Like these',
        examples: Array.from({ length: examplesEach }, some).filter((example) => example !== undefined),
        struck: [],
        pinned: [],
        strictness,
        order: 'trend',
      },
      background,
    ),
  );
}

/** Makes packed profiles without end, every one different from the others in some words and in all weights. */
export function differentProfiles(learned: readonly LikenessProfile[]): () => Uint8Array {
  const random = seeded(20);
  const packed = learned.map(packProfile);
  let number = 0;
  return () => {
    const [own, other] = [packed[number % packed.length], packed[Math.floor(random() * packed.length)]];
    number += 1;
    if (!own || !other) throw new Error('there are no profiles');
    const made = own.slice();
    exchangeWords(made, other, random);
    for (let at = weightsAt(wordsIn(made)), left = wordsIn(made); left > 0; left -= 1, at += 1) {
      const code = made[at] ?? 0;
      if ((code & 127) > 0) made[at] = code - Math.floor(2 * random());
    }
    return made;
  };
}

/** Puts words of another profile in the place of some whose hashes begin alike. */
function exchangeWords(made: Uint8Array, other: Uint8Array, random: Draw): void {
  let [own, its] = [layout.hashes as number, layout.hashes as number];
  for (let bucket = 0; bucket < 256; bucket += 1) {
    const count = (packed: Uint8Array) => ((packed[layout.counts + (bucket >>> 1)] ?? 0) >>> (4 * (bucket & 1))) & 15;
    if (count(made) > 0 && count(other) > 0 && random() < replacedShare * count(made)) {
      made.set(other.subarray(its, its + 3), own);
    }
    own += 3 * count(made);
    its += 3 * count(other);
  }
}
