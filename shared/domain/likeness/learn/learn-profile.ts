import type { Example, LearnedTopic, Strictness } from '../learned-topic.js';
import type { LikenessProfile, LikenessWord } from '../likeness-profile.js';
import { inverseFrequency, type PaperVector } from '../paper-vector.js';
import { type Background, mostWords, scoresIn } from './background.js';
import { type LearnedExamples, learnedExamples } from './example-weights.js';
import { surePapers } from './sure-papers.js';

/** How many titles a profile has at most. */
const mostTitles = 7;

/** The share of all papers that belongs to a topic at each strictness after the first, up to more and wider. */
const shares = [0.005, 0.01, 0.02, 0.04];

/** A pinned word counts as much as the mean of so many words that count most. */
const pinnedLike = 5;

/** A word that counts for a topic, or against a paper where its weight is below 0, with the example that gives it most of that. */
interface TopicWord {
  readonly word: string;
  readonly weight: number;
  readonly example?: Example;
}

/** A topic as it was learned, before it is made small for sending. */
export interface LearnedLikeness {
  /** The strongest first, at most 600, without those struck and with those pinned. */
  readonly words: readonly TopicWord[];
  /** By strictness, from few and sure to more and wider: the least score, and how many papers of the background reach it that are no examples. */
  readonly steps: readonly { readonly strictness: Strictness; readonly threshold: number; readonly papers: number }[];
  /** The scores of the background's papers. */
  readonly scores: Float64Array;
}

/** What some words' weights give a paper: what every faster way of scoring has to come to. */
export function scoreOf(weights: ReadonlyMap<string, number>, paper: PaperVector): number {
  let score = 0;
  for (const [word, value] of paper) score += (weights.get(word) ?? 0) * value;
  return score;
}

/** Learns a topic from its examples whose words are known, against a background; without a liked one it finds nothing. */
export function learnLikeness(topic: LearnedTopic, background: Background): LearnedLikeness {
  const learned = learnedExamples(topic.examples, background);
  const words = topicWords(topic, learned, background);
  const scores = scoresIn(background, words);
  const examples = new Set(topic.examples.map(({ id }) => id));
  const ofOthers = (all: Float64Array) => all.filter((_, place) => !examples.has(background.papers[place]?.id ?? ''));
  const others = ofOthers(scores);
  // Examples are scored by every word, so what they are compared with has to be as well.
  const sure = surePapers(learned, () => ofOthers(scoresIn(background, wordsOf(learned))));
  const steps = thresholdsOf(others, sure).map((threshold, index) => ({
    strictness: (index + 1) as Strictness,
    threshold,
    papers: others.filter((score) => score >= threshold).length,
  }));
  return { words, steps, scores };
}

/** What sending needs to know of a topic. */
export function learnProfile(topic: LearnedTopic, background: Background): LikenessProfile {
  return profileOf(topic, learnLikeness(topic, background));
}

/** The same, of a topic that has been learned. */
export function profileOf({ strictness, order }: LearnedTopic, { words, steps }: LearnedLikeness): LikenessProfile {
  const threshold = steps[strictness - 1]?.threshold ?? Number.POSITIVE_INFINITY;
  return { ...withTitles(words), threshold, order };
}

function wordsOf({ weights }: LearnedExamples): readonly { readonly word: string; readonly weight: number }[] {
  return [...weights].map(([word, weight]) => ({ word, weight }));
}

function topicWords(topic: LearnedTopic, learned: LearnedExamples, { frequencies }: Background): readonly TopicWord[] {
  const strongest = (words: readonly TopicWord[]) =>
    words
      .map((each) => ({ each, strength: Math.abs(each.weight) * Math.sqrt(inverseFrequency(each.word, frequencies)) }))
      .sort((one, other) => other.strength - one.strength)
      .slice(0, mostWords)
      .map(({ each }) => each);
  const struck = new Set(topic.struck);
  const isStruck = (word: string) => struck.has(word) || word.split(' ').some((part) => struck.has(part));
  const open = wordsOf(learned).filter(({ word }) => !isStruck(word));
  const most = strongest(open.filter(({ weight }) => weight > 0)).slice(0, pinnedLike);
  const usual = most.reduce((sum, { weight }) => sum + weight / most.length, 0) || 1;
  const pinned = new Map(topic.pinned.map((word) => [word, Math.max(usual, learned.weights.get(word) ?? 0)]));
  const all = [
    ...open.filter(({ word }) => !pinned.has(word)),
    ...[...pinned].map(([word, weight]) => ({ word, weight })),
  ];
  return strongest(all).map((each) => {
    const example = each.weight > 0 ? learned.nearest(each.word) : undefined;
    return { ...each, ...(example && { example }) };
  });
}

/**
 * The least scores of a topic's papers at each strictness, given those of the background's papers that are no examples, and
 * how many of them are sure: half way to the next lower score, so that weights may be packed less exactly.
 */
function thresholdsOf(scores: Float64Array, sure: number): readonly number[] {
  const ranked = scores.toSorted().reverse();
  const at = (place: number) => {
    const least = ranked[place] ?? Number.POSITIVE_INFINITY;
    const next = ranked.find((score) => score < least) ?? least;
    return (least + next) / 2;
  };
  const strictest = sure > 0 ? at(sure - 1) : Number.POSITIVE_INFINITY;
  return [strictest, ...shares.map((share) => Math.min(at(Math.floor(share * ranked.length)), strictest))];
}

function withTitles(named: readonly TopicWord[]): Pick<LikenessProfile, 'words' | 'titles'> {
  const weights = new Map<Example, number>();
  for (const { weight, example } of named) if (example) weights.set(example, (weights.get(example) ?? 0) + weight);
  const told = [...weights]
    .sort(([, one], [, other]) => other - one)
    .slice(0, mostTitles)
    .map(([example]) => example);
  const words = named.map(({ word, weight, example }): LikenessWord => {
    const at = example ? told.indexOf(example) : -1;
    return { word, weight, ...(at >= 0 && { example: at }) };
  });
  return { words, titles: told.map(({ title }) => title) };
}
