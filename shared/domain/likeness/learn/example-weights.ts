import type { Example } from '../learned-topic.js';
import { inverseFrequency, type PaperVector, wordShares } from '../paper-vector.js';
import type { Background } from './background.js';

/** What the examples of a topic say of words, before any edits. */
export interface LearnedExamples {
  /** By word, as `LikenessWord.weight`. */
  readonly weights: ReadonlyMap<string, number>;
  /** For each liked, and each disliked example its score by what is learned of all the others. */
  readonly liked: readonly number[];
  readonly disliked: readonly number[];
  /** The liked example that gives a word most of its weight. */
  readonly nearest: (word: string) => Example | undefined;
}

/** What means are worth that are taken off: this at many papers, half of it at so many. */
const mostOff = 0.85;
const halfOff = 5;
const mostOffDisliked = 0.5;
const halfOffDisliked = 10;

/** The shares of one kind of example, added up. */
interface Group {
  readonly papers: number;
  readonly words: ReadonlyMap<string, { sum: number; papers: number }>;
}

/** Learns words from the examples whose words are known, against a background. */
export function learnedExamples(examples: readonly Example[], background: Background): LearnedExamples {
  const { frequencies } = background;
  const known = examples.flatMap((example) =>
    example.words ? [{ example, shares: wordShares(example.words, frequencies) }] : [],
  );
  const [liked, disliked] = [true, false].map((kind) => known.filter(({ example }) => example.liked === kind));
  const likes = groupOf((liked ?? []).map(({ shares }) => shares));
  const dislikes = groupOf((disliked ?? []).map(({ shares }) => shares));
  const words = new Set([
    ...likes.words.keys(),
    ...dislikes.words.keys(),
    ...(likes.papers > 0 ? background.mean.keys() : []),
  ]);
  const weigh = weigher(likes, dislikes, background.mean);
  const scoreWithout = (shares: PaperVector, isLiked: boolean) => {
    const weighOthers = weigher(
      isLiked ? without(likes, shares) : likes,
      isLiked ? dislikes : without(dislikes, shares),
      background.mean,
    );
    let score = 0;
    for (const [word, share] of shares) score += weighOthers(word) * share * inverseFrequency(word, frequencies);
    return score;
  };
  return {
    weights: new Map([...words].map((word) => [word, weigh(word)])),
    liked: (liked ?? []).map(({ shares }) => scoreWithout(shares, true)),
    disliked: (disliked ?? []).map(({ shares }) => scoreWithout(shares, false)),
    nearest: (word) => nearestOf(word, liked ?? []),
  };
}

function groupOf(all: readonly PaperVector[]): Group {
  const words = new Map<string, { sum: number; papers: number }>();
  for (const shares of all) {
    for (const [word, share] of shares) {
      const found = words.get(word);
      if (found) {
        found.sum += share;
        found.papers += 1;
      } else words.set(word, { sum: share, papers: 1 });
    }
  }
  return { papers: all.length, words };
}

/** The group without one of its papers, as far as that paper's words are asked for. */
function without({ papers, words }: Group, shares: PaperVector): Group {
  const others = new Map<string, { sum: number; papers: number }>();
  for (const [word, share] of shares) {
    const found = words.get(word);
    if (found) others.set(word, { sum: found.sum - share, papers: found.papers - 1 });
  }
  return { papers: papers - 1, words: others };
}

/**
 * A word weighs its mean in the liked papers, by how many of them share it, as long as they are few; less a part of its mean in the
 * disliked papers and in the background, which grows with their number.
 */
function weigher(likes: Group, dislikes: Group, mean: ReadonlyMap<string, number>): (word: string) => number {
  const off = (mostOff * likes.papers) / (likes.papers + halfOff);
  const offDisliked = Math.min(off, (mostOffDisliked * dislikes.papers) / (dislikes.papers + halfOffDisliked));
  const sharedPower = 1 / (1 + likes.papers);
  return (word) => {
    const inLiked = likes.words.get(word);
    const inDisliked = dislikes.words.get(word);
    const shared =
      inLiked && inLiked.papers > 0 ? (inLiked.sum / likes.papers) * (inLiked.papers / likes.papers) ** sharedPower : 0;
    const against = inDisliked && dislikes.papers > 0 ? (inDisliked.sum / dislikes.papers) * offDisliked : 0;
    return shared - against - (mean.get(word) ?? 0) * (off - offDisliked);
  };
}

function nearestOf(word: string, liked: readonly { example: Example; shares: PaperVector }[]): Example | undefined {
  let nearest: Example | undefined;
  let most = 0;
  for (const { example, shares } of liked) {
    const share = shares.get(word) ?? 0;
    if (share > most) {
      most = share;
      nearest = example;
    }
  }
  return nearest;
}
