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

/** What means are worth that are taken off: this of many papers, half of it of so many. */
const mostOffDisliked = 0.5;
const halfOffDisliked = 10;
/** The background, which takes the place of dislikes while they are few: by how many papers are liked. */
const mostOff = 0.85;
const halfOff = 5;

/** Of many papers that are liked, single words say what pairs of words say of a few: these count half with so many. */
const halfPairs = 20;

interface KnownExample {
  readonly example: Example;
  readonly shares: PaperVector;
  /** Whether it is one of the background's papers. */
  readonly isInside: boolean;
}

/** A word in some examples: its shares added up, also of those in the background alone, and how many have it. */
interface WordSums {
  readonly sum: number;
  readonly inside: number;
  readonly papers: number;
}

/** The shares of one kind of example, added up. */
interface Group {
  readonly papers: number;
  readonly inside: number;
  readonly words: ReadonlyMap<string, WordSums>;
}

const noWord: WordSums = { sum: 0, inside: 0, papers: 0 };

/** Learns words from the examples whose words are known, against a background. */
export function learnedExamples(examples: readonly Example[], background: Background): LearnedExamples {
  const ids = new Set(background.papers.map(({ id }) => id));
  const known = examples.flatMap((example) =>
    example.words
      ? [{ example, shares: wordShares(example.words, background.frequencies), isInside: ids.has(example.id) }]
      : [],
  );
  const liked = known.filter(({ example }) => example.liked);
  const disliked = known.filter(({ example }) => !example.liked);
  const likes = groupOf(liked);
  const dislikes = groupOf(disliked);
  const frequent = likes.papers > 0 ? background.frequent : [];
  const words = new Set([...likes.words.keys(), ...dislikes.words.keys(), ...frequent]);
  const weigh = weigher(likes, dislikes, background);
  const scoreBy = (weighOthers: (word: string) => number, shares: PaperVector) => {
    let score = 0;
    for (const [word, share] of shares) {
      score += weighOthers(word) * share * inverseFrequency(word, background.frequencies);
    }
    return score;
  };
  return {
    weights: new Map([...words].map((word) => [word, weigh(word)])),
    liked: liked.map((one) => scoreBy(weigher(without(likes, one), dislikes, background), one.shares)),
    disliked: disliked.map((one) => scoreBy(weigher(likes, without(dislikes, one), background), one.shares)),
    nearest: (word) => nearestOf(word, liked),
  };
}

function groupOf(known: readonly KnownExample[]): Group {
  const words = new Map<string, WordSums>();
  for (const { shares, isInside } of known) {
    for (const [word, share] of shares) {
      const { sum, inside, papers } = words.get(word) ?? noWord;
      words.set(word, { sum: sum + share, inside: isInside ? inside + share : inside, papers: papers + 1 });
    }
  }
  return { papers: known.length, inside: known.filter(({ isInside }) => isInside).length, words };
}

/** The group without one of its papers, as far as that paper's words are asked for. */
function without(group: Group, { shares, isInside }: KnownExample): Group {
  const words = new Map<string, WordSums>();
  for (const [word, share] of shares) {
    const { sum, inside, papers } = group.words.get(word) ?? noWord;
    words.set(word, { sum: sum - share, inside: isInside ? inside - share : inside, papers: papers - 1 });
  }
  return { papers: group.papers - 1, inside: group.inside - (isInside ? 1 : 0), words };
}

/**
 * A word weighs its mean in the liked papers, by how many of them share it while they are few; less a part of its mean in the disliked
 * papers and in the background without the liked ones, which grows with their number. Pairs of words count less, the more are liked.
 */
function weigher(likes: Group, dislikes: Group, { mean, papers }: Background): (word: string) => number {
  const offDisliked = (mostOffDisliked * dislikes.papers) / (dislikes.papers + halfOffDisliked);
  const isFew = halfOffDisliked / (dislikes.papers + halfOffDisliked);
  const off = ((mostOff * likes.papers) / (likes.papers + halfOff)) * isFew;
  const sharedPower = 1 / (1 + likes.papers);
  const others = Math.max(1, papers.length - likes.inside);
  const pairs = halfPairs / (likes.papers + halfPairs);
  return (word) => {
    const inLiked = likes.words.get(word) ?? noWord;
    const inDisliked = dislikes.words.get(word) ?? noWord;
    const shared =
      inLiked.papers > 0 ? (inLiked.sum / likes.papers) * (inLiked.papers / likes.papers) ** sharedPower : 0;
    const against = inDisliked.papers > 0 ? (inDisliked.sum / dislikes.papers) * offDisliked : 0;
    const usual = ((mean.get(word) ?? 0) * papers.length - inLiked.inside) / others;
    return (shared - against - usual * off) * (word.includes(' ') ? pairs : 1);
  };
}

function nearestOf(word: string, liked: readonly KnownExample[]): Example | undefined {
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
