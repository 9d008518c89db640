import { parseArgs } from 'node:util';
import { type CompiledFilter, compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import { type IndexedPaper, indexPaper } from '../../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../../shared/domain/filter/match/match-filter.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import type { Background } from '../../../shared/domain/likeness/learn/background.js';
import { learnLikeness } from '../../../shared/domain/likeness/learn/learn-profile.js';
import { offeredFilter } from '../../../shared/domain/likeness/learn/offered-filter.js';
import { type SpellWord, spellingOf } from '../../../shared/domain/likeness/learn/words-that-count.js';
import { aPaper } from '../../support/builders.js';
import {
  type CountedPaper,
  drawn,
  ownBackground,
  randomOf,
  readPapers,
  topicLike,
  topicsLine,
} from './example-topics.js';
import { type PlainTfidf, plainTfidf } from './plain-tfidf.js';
import { averagePrecision, meanOf, rounded } from './ranking-figures.js';

interface Collection {
  readonly papers: readonly CountedPaper[];
  readonly indexed: readonly IndexedPaper[];
  readonly background: Background;
  readonly plain: PlainTfidf;
  readonly spell: SpellWord;
  readonly topics: ReadonlyMap<string, readonly number[]>;
}

interface Precision {
  readonly ap: number;
  readonly p10: number;
}

interface Drawn {
  readonly learned: Precision;
  readonly plain: Precision;
  /** Of the offered filter, where it is made. */
  readonly f1?: number;
}

const counts = [1, 3, 5, 10];
const draws = 10;
const filterAt = 10;
/** A topic takes part with so many papers more than examples. */
const fewestRest = 5;

function readCollection(path: string): Collection {
  const papers = readPapers(path, topicsLine);
  const topics = new Map<string, number[]>();
  for (const [place, paper] of papers.entries()) {
    for (const topic of paper.topics) topics.set(topic, [...(topics.get(topic) ?? []), place]);
  }
  return {
    papers,
    indexed: papers.map(({ title, abstract }) =>
      indexPaper(aPaper({ title, abstract, keywords: [], authors: [], categories: [] })),
    ),
    background: ownBackground(papers),
    plain: plainTfidf(papers.map(({ title, abstract }) => `${title} ${abstract}`)),
    spell: spellingOf(papers.flatMap(({ title, abstract }) => [title, abstract])),
    topics,
  };
}

function compiled(text: string): CompiledFilter {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`an offered filter does not parse: ${parsed.error.message}`);
  return compileFilter(parsed.filter);
}

/** Learns a topic from `k` of its papers, and ranks the rest of the collection. */
function draw(collection: Collection, members: readonly number[], k: number, seed: number): Drawn {
  const { papers, indexed, background, plain, spell } = collection;
  const examples = drawn(members, k, randomOf(seed));
  const rest = [...papers.keys()].filter((place) => !examples.includes(place));
  const isMember = new Set(members);
  const isRight = rest.map((place) => isMember.has(place));
  const topic = topicLike(examples.flatMap((place) => papers[place] ?? []));
  const learned = learnLikeness(topic, background);
  const plainScores = plain.likeMean(examples);
  const precisions = {
    learned: averagePrecision({ isRight, scores: rest.map((place) => learned.scores[place] ?? 0) }),
    plain: averagePrecision({ isRight, scores: rest.map((place) => plainScores[place] ?? 0) }),
  };
  if (k !== filterAt) return precisions;
  const offered = offeredFilter(topic, background, learned, spell);
  if (!offered) return { ...precisions, f1: 0 };
  const filter = compiled(offered.text);
  const found = rest.filter((place) => {
    const paper = indexed[place];
    return paper && matchFilter(filter, paper) !== undefined;
  });
  const hits = found.filter((place) => isMember.has(place)).length;
  return { ...precisions, f1: (2 * hits) / (found.length + members.length - examples.length) };
}

function judgeTopics(collection: Collection, k: number): readonly (readonly Drawn[])[] {
  const taking = [...collection.topics.values()].filter((members) => members.length >= k + fewestRest);
  const judged = taking.map((members) =>
    Array.from({ length: draws }, (_, index) => draw(collection, members, k, index + 1)),
  );
  const { k: learned, plain } = figuresOf(judged);
  console.log(`k ${String(k).padStart(2)}  ap ${learned.ap} p10 ${learned.p10}  plain ap ${plain.ap} p10 ${plain.p10}`);
  return judged;
}

function figuresOf(judged: readonly (readonly Drawn[])[]) {
  const mean = (of: (drawn: Drawn) => number) => rounded(meanOf(judged, (each) => meanOf(each, of)));
  return {
    k: { ap: mean(({ learned }) => learned.ap), p10: mean(({ learned }) => learned.p10) },
    plain: { ap: mean(({ plain }) => plain.ap), p10: mean(({ plain }) => plain.p10) },
    f1: mean(({ f1 }) => f1 ?? Number.NaN),
  };
}

/**
 * Judges how well the papers of a topic are found by some of them, `--data FILE` with the topics of each paper, beside the
 * plain TF-IDF mean; and how well the filter does that is offered for ten of them.
 */
export function evaluateTopicsByExample(args: readonly string[]): object {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, json: { type: 'boolean' } },
  });
  if (values.data === undefined) throw new Error('--data FILE: name the papers with their topics');
  const collection = readCollection(values.data);
  const judged = counts.map((k) => [k, figuresOf(judgeTopics(collection, k))] as const);
  return {
    k: Object.fromEntries(judged.map(([k, figures]) => [k, figures.k])),
    tfidf: Object.fromEntries(judged.map(([k, figures]) => [k, figures.plain])),
    filter: { f1: judged.find(([k]) => k === filterAt)?.[1].f1 ?? null },
  };
}
