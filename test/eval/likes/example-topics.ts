import * as z from 'zod/mini';
import { type Background, backgroundOf } from '../../../shared/domain/likeness/learn/background.js';
import type { Example, LearnedTopic, WordCounts } from '../../../shared/domain/likeness/learned-topic.js';
import type { Frequencies } from '../../../shared/domain/likeness/likeness-profile.js';
import { wordCounts } from '../../../shared/domain/likeness/word-counts.js';
import { seeded } from '../../bench/measure.js';
import { parseInput, readInput } from '../../support/read-input.js';

/** A paper of labelled data, with its words. */
export interface CountedPaper {
  readonly id: string;
  readonly title: string;
  readonly abstract: string;
  readonly words: WordCounts;
}

const paperFields = { id: z.string(), title: z.string(), abstract: z._default(z.nullable(z.string()), '') };
export const likedLine = z.object({ ...paperFields, liked: z.boolean() });
export const topicsLine = z.object({ ...paperFields, topics: z.array(z.string()) });

/** Reads one paper a line and counts its words. */
export function readPapers<Line extends { id: string; title: string; abstract: string | null }>(
  path: string,
  line: z.core.$ZodType<Line>,
): readonly (Line & CountedPaper)[] {
  return readInput(path)
    .split('\n')
    .flatMap((text, index) => {
      if (text.trim() === '') return [];
      const read = parseInput(text, line, `${path}:${index + 1}`);
      const abstract = read.abstract ?? '';
      return [{ ...read, abstract, words: wordCounts(read.title, abstract) }];
    });
}

/** Papers as the background of a topic among them, by their own frequencies. */
export function ownBackground(papers: readonly CountedPaper[]): Background {
  const counts = new Map<string, number>();
  for (const { words } of papers) for (const word of words.keys()) counts.set(word, (counts.get(word) ?? 0) + 1);
  const frequencies: Frequencies = { papers: papers.length, of: (word) => counts.get(word) ?? 0 };
  return backgroundOf(papers, frequencies);
}

/** `count` of some places, each as likely as any other. */
export function drawn(places: readonly number[], count: number, random: () => number): readonly number[] {
  const left = [...places];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0] ?? 0);
}

/** The random numbers of one draw; draws with neighbouring seeds have nothing in common. */
export function randomOf(seed: number): () => number {
  const first = seeded(seed);
  return seeded(Math.floor(first() * 2 ** 32));
}

/** A topic like some papers, at the strictest. */
export function topicLike(liked: readonly CountedPaper[], disliked: readonly CountedPaper[] = []): LearnedTopic {
  const examples = (papers: readonly CountedPaper[], isLiked: boolean) =>
    papers.map(({ id, title, words }): Example => ({ id, title, words, liked: isLiked }));
  return {
    name: 'papers like these',
    examples: [...examples(liked, true), ...examples(disliked, false)],
    struck: [],
    pinned: [],
    strictness: 1,
    order: 'likeness',
  };
}

/** Reads `1,3,10`; throws one line that says what else there is. */
export function readCounts(text: string, option: string): readonly number[] {
  const counts = text.split(',').map(Number);
  if (counts.some((count) => !Number.isSafeInteger(count) || count < 1)) {
    throw new Error(`--${option} ${text}: give whole numbers from 1, like 1,3,10`);
  }
  return counts;
}
