import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Background } from '../../../shared/domain/likeness/learn/background.js';
import { learnLikeness } from '../../../shared/domain/likeness/learn/learn-profile.js';
import {
  type CountedPaper,
  drawn,
  likedLine,
  ownBackground,
  randomOf,
  readCounts,
  readPapers,
  topicLike,
} from './example-topics.js';
import { type PlainTfidf, plainTfidf } from './plain-tfidf.js';
import { areaUnderCurve, meanOf, ndcgOfTen, type Ranked, rounded } from './ranking-figures.js';

interface JudgedTopic {
  readonly name: string;
  readonly papers: readonly (CountedPaper & { readonly liked: boolean })[];
  readonly background: Background;
  readonly plain: PlainTfidf;
}

interface Figures {
  readonly auc: number;
  readonly ndcg10: number;
}

/** What one draw gave: the figures of both methods, and what is said at the strict setting. */
interface Drawn {
  readonly learned: Figures;
  readonly plain: Figures;
  readonly said: number;
  readonly right: number;
}

interface TopicFigures {
  readonly name: string;
  readonly k: number;
  readonly draws: readonly Drawn[];
}

const draws = 50;
/** After so many likes and dislikes it is asked whether what is said is right; of topics in which at least so much is said. */
const judgedAt = 30;
const fewestSaid = 10;

function readTopics(folder: string): readonly JudgedTopic[] {
  let names: string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  } catch {
    throw new Error(`${folder} cannot be read: name a folder that is there`);
  }
  if (names.length === 0) throw new Error(`${folder} has no file NAME.jsonl: name a folder that has`);
  return names.sort().map((file) => {
    const papers = readPapers(join(folder, file), likedLine);
    const plain = plainTfidf(papers.map(({ title, abstract }) => `${title} ${abstract}`));
    return { name: file.replace(/\.jsonl$/, ''), papers, background: ownBackground(papers), plain };
  });
}

function figuresOf(ranked: Ranked): Figures {
  return { auc: areaUnderCurve(ranked), ndcg10: ndcgOfTen(ranked) };
}

/** Learns from `k` likes and `k` dislikes, and ranks the rest. */
function draw({ papers, background, plain }: JudgedTopic, k: number, seed: number): Drawn {
  const random = randomOf(seed);
  const [liked, disliked] = [true, false].map((kind) => {
    const places = papers.flatMap((paper, place) => (paper.liked === kind ? [place] : []));
    return drawn(places, k, random);
  }) as [readonly number[], readonly number[]];
  const examples = new Set([...liked, ...disliked]);
  const rest = [...papers.keys()].filter((place) => !examples.has(place));
  const isRight = rest.map((place) => papers[place]?.liked ?? false);
  const of = (places: readonly number[]) => places.flatMap((place) => papers[place] ?? []);
  const { scores, steps } = learnLikeness(topicLike(of(liked), of(disliked)), background);
  const plainScores = plain.likeMean(liked);
  const threshold = steps[0]?.threshold ?? Number.POSITIVE_INFINITY;
  const said = rest.filter((place) => (scores[place] ?? 0) >= threshold);
  return {
    learned: figuresOf({ isRight, scores: rest.map((place) => scores[place] ?? 0) }),
    plain: figuresOf({ isRight, scores: rest.map((place) => plainScores[place] ?? 0) }),
    said: said.length,
    right: said.filter((place) => papers[place]?.liked).length,
  };
}

function judgeTopic(topic: JudgedTopic, k: number): TopicFigures | undefined {
  const { name, papers } = topic;
  if (papers.filter(({ liked }) => liked).length < 2 * k + 5 || papers.filter(({ liked }) => !liked).length <= k) {
    return undefined;
  }
  const judged = Array.from({ length: draws }, (_, index) => draw(topic, k, index + 1));
  const shown = (method: 'learned' | 'plain') => {
    const { auc, ndcg10 } = meanFigures([{ name, k, draws: judged }], method);
    return `${auc?.toFixed(3)}/${ndcg10?.toFixed(3)}`;
  };
  const said = `said ${meanOf(judged, (each) => each.said).toFixed(1)} right ${saidRight(judged).toFixed(3)}`;
  console.log(`${name.padEnd(24)} k ${String(k).padStart(2)}  ${shown('learned')}  plain ${shown('plain')}  ${said}`);
  return { name, k, draws: judged };
}

function meanFigures(topics: readonly TopicFigures[], method: 'learned' | 'plain') {
  const mean = (figure: keyof Figures) =>
    rounded(meanOf(topics, ({ draws }) => meanOf(draws, (each) => each[method][figure])));
  return { auc: mean('auc'), ndcg10: mean('ndcg10') };
}

/** The share of all that was said in a topic's draws that is right. */
function saidRight(judged: readonly Drawn[]): number {
  return meanOf(judged, ({ right }) => right) / meanOf(judged, ({ said }) => said);
}

/** At the strict setting, over the topics in which enough is said: how much, which share of it is right, how many topics. */
function strictFigures(topics: readonly TopicFigures[]) {
  const telling = topics.filter(({ k, draws }) => k === judgedAt && meanOf(draws, ({ said }) => said) >= fewestSaid);
  return {
    said: rounded(meanOf(telling, ({ draws }) => meanOf(draws, ({ said }) => said))),
    right: rounded(meanOf(telling, ({ draws }) => saidRight(draws))),
    topics: telling.length,
  };
}

/**
 * Judges how well papers are ranked after some likes and dislikes, `--data DIR` with a file for each topic, beside the plain
 * TF-IDF mean of the likes. `--k 1,3,5,10,30` are the numbers of both.
 */
export function evaluateLikes(args: readonly string[]): object {
  const { values } = parseArgs({
    args: [...args],
    options: { data: { type: 'string' }, k: { type: 'string', default: '1,3,5,10,30' }, json: { type: 'boolean' } },
  });
  if (values.data === undefined) throw new Error('--data DIR: name the folder of the judged topics');
  const counts = readCounts(values.k, 'k');
  const topics = readTopics(values.data);
  const judged = counts.flatMap((k) => topics.flatMap((topic) => judgeTopic(topic, k) ?? []));
  const byCount = (method: 'learned' | 'plain') =>
    Object.fromEntries(
      counts.map((k) => [
        k,
        meanFigures(
          judged.filter((each) => each.k === k),
          method,
        ),
      ]),
    );
  return { k: byCount('learned'), tfidf: byCount('plain'), must: strictFigures(judged) };
}
