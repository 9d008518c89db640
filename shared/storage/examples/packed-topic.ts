import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { KeptTopic } from '../../domain/likeness/kept-topic.js';
import type { Example, WordCounts } from '../../domain/likeness/learned-topic.js';
import { once } from '../../domain/once.js';
import { cutTo } from '../../domain/text/shorten.js';

/** DynamoDB takes items of 400 KB. */
const mostBytes = 350_000;
/** Of a text that somebody made up for its length, the most frequent words are kept, and the beginning of the title. */
const cuts = [
  { words: 500, title: 500 },
  { words: 250, title: 500 },
  { words: 120, title: 300 },
  { words: 50, title: 150 },
  { words: 20, title: 80 },
  { words: 5, title: 40 },
] as const;

const packed = once(() =>
  z.object({
    name: z.string(),
    struck: z.array(z.string()),
    pinned: z.array(z.string()),
    strictness: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)]),
    order: z.enum(['trend', 'likeness']),
    notFound: z.array(z.string()),
    /** Every word of the examples once. */
    words: z.array(z.string()),
    examples: z.array(
      z.object({
        id: z.string(),
        title: z.string(),
        liked: z.boolean(),
        /** Places among the words, and how often each occurs. */
        counts: z.exactOptional(z.array(z.tuple([z.number(), z.number()]))),
      }),
    ),
  }),
);

/** Packs a topic, compressed; one that would be larger than `most` bytes loses the words that its examples have least often. */
export function packTopic(kept: KeptTopic, most = mostBytes): Uint8Array {
  for (const cut of cuts) {
    const bytes = deflateRawSync(JSON.stringify(flat(kept, cut)));
    if (bytes.length <= most) return bytes;
  }
  throw new Error(`a topic of ${kept.topic.examples.length} examples is larger than ${most} bytes`);
}

function flat({ topic, notFound }: KeptTopic, cut: (typeof cuts)[number]): z.infer<ReturnType<typeof packed>> {
  const { name, struck, pinned, strictness, order } = topic;
  const places = new Map<string, number>();
  const placeOf = (word: string) => {
    const place = places.get(word) ?? places.size;
    places.set(word, place);
    return place;
  };
  const countsOf = (words: WordCounts) =>
    [...words]
      .sort(([, one], [, other]) => other - one)
      .slice(0, cut.words)
      .map(([word, count]): [number, number] => [placeOf(word), count]);
  const examples = topic.examples.map(({ id, title, liked, words }) => ({
    ...{ id, title: cutTo(title, cut.title), liked },
    ...(words && { counts: countsOf(words) }),
  }));
  const lists = {
    struck: [...struck],
    pinned: [...pinned],
    notFound: notFound.map((title) => cutTo(title, cut.title)),
  };
  return { name, ...lists, strictness, order, words: [...places.keys()], examples };
}

/** Unpacks what `packTopic` made. */
export function unpackTopic(bytes: Uint8Array): Pick<KeptTopic, 'topic' | 'notFound'> {
  const { examples, words, notFound, ...topic } = z.parse(packed(), JSON.parse(inflateRawSync(bytes).toString('utf8')));
  const wordsOf = (counts: readonly (readonly [number, number])[]): WordCounts =>
    new Map(counts.map(([place, count]) => [words[place] ?? '', count]));
  const whole = examples.map(
    ({ counts, ...example }): Example => ({ ...example, ...(counts && { words: wordsOf(counts) }) }),
  );
  return { topic: { ...topic, examples: whole }, notFound };
}
