import { dayMs, type Instant } from '../calendar-date.js';
import type { Paper } from '../paper/paper.js';
import { type PaperId, parsePaperId } from '../paper/paper-id.js';
import { paperHash } from '../subscriber/seen-papers.js';
import type { LikenessChoice } from '../subscriber/subscriber.js';
import { shownText } from '../text/shown-text.js';
import type { Example, LearnedTopic } from './learned-topic.js';
import { nameAfter } from './topic-name.js';
import { wordCounts } from './word-counts.js';

/** A learned topic with what is not known yet of its examples, and what could not be found. */
export interface KeptTopic {
  readonly topic: LearnedTopic;
  /** Ids and titles of papers that nobody knows, as the reader named them. */
  readonly notFound: readonly string[];
  /** What it was first made of, hashed: so the same form is known when it is sent again. */
  readonly origin?: string;
  /** Its examples include the papers that are pressed and that no learned topic found, whatever its reader calls it. */
  readonly takesPresses?: true;
  /** When arXiv was last asked for the examples that wait, and how often; absent before. */
  readonly asked?: { readonly at: Instant; readonly times: number };
}

/** How long an answer of arXiv may take before it is asked again, and how often that happens. */
const answerLastsMs = dayMs;
const mostTimes = 3;

/** The arXiv ids of the examples whose words are not known yet. */
export function waitingIds({ topic }: KeptTopic): readonly PaperId[] {
  return topic.examples.flatMap((example) => (example.words ? [] : (arxivIdOf(example) ?? [])));
}

/** An edition holds no paper for longer than some weeks: forty of the newest are enough. */
const mostKnown = 40;

/** What the profile has of a topic whose examples gave `like`. */
export function choiceOf(n: number, topic: LearnedTopic, like: Uint8Array): LikenessChoice {
  const ids = topic.examples.flatMap((example) => arxivIdOf(example) ?? []);
  const newest = ids.toSorted().reverse().slice(0, mostKnown);
  return { name: topic.name, n, like, ...(newest.length > 0 && { known: newest.map(paperHash) }) };
}

/** The arXiv id of an example; `undefined` for one that only the reader's own file describes. */
export function arxivIdOf({ id }: Pick<Example, 'id'>): PaperId | undefined {
  return parsePaperId(id)?.id;
}

/** The topic with the words of those of its examples that are known by now, and without those that are missing. */
export function completed(
  kept: KeptTopic,
  known: ReadonlyMap<PaperId, Pick<Paper, 'title' | 'abstract'>>,
  missing: ReadonlySet<string>,
): KeptTopic {
  const examples = kept.topic.examples.flatMap((example): Example[] => {
    if (example.words) return [example];
    const paper = known.get(example.id as PaperId);
    if (paper) return [{ ...example, title: shownText(paper.title), words: wordCounts(paper.title, paper.abstract) }];
    return missing.has(example.id) ? [] : [example];
  });
  const isKept = new Set(examples.map(({ id }) => id));
  const lost = kept.topic.examples.filter(({ id }) => !isKept.has(id)).map(({ id, title }) => title || id);
  if (lost.length === 0 && examples.every((example, place) => example === kept.topic.examples[place])) return kept;
  const notFound = [...new Set([...kept.notFound, ...lost])];
  const after = renamed(kept, { ...kept, topic: { ...kept.topic, examples }, notFound });
  if (waitingIds(after).length > 0) return after;
  const { asked: _, ...whole } = after;
  return whole;
}

/** A changed topic under the name that suits it, unless its reader has named it. */
export function renamed(before: KeptTopic, after: KeptTopic): KeptTopic {
  return { ...after, topic: { ...after.topic, name: nameAfter(before, after) } };
}

/** What is to be done for the examples that wait: arXiv is asked again after a day, and three times in all. */
export function nextStep(kept: KeptTopic, now: Instant): 'none' | 'wait' | 'ask' | 'give-up' {
  if (waitingIds(kept).length === 0) return 'none';
  if (kept.asked && now - kept.asked.at < answerLastsMs) return 'wait';
  return (kept.asked?.times ?? 0) < mostTimes ? 'ask' : 'give-up';
}
