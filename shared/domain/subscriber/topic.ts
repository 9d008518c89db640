import { type CompiledFilter, compileFilter, readCompiled } from '../filter/compile-filter.js';
import type { FilterError } from '../filter/read/filter-error.js';
import { parseFilter } from '../filter/read/parse-filter.js';
import type { CategoryCheck } from '../filter/read/read-fact.js';
import { isPackedProfile } from '../likeness/packed-profile.js';
import type { LikenessChoice, OwnTopic, TopicChoice } from './subscriber.js';

/**
 * A named filter: from the catalogue, or a subscriber's own, whose id (`own:1`) no catalogue topic can have. A topic's
 * least score is part of its filter: `score>=`.
 */
export interface FilterTopic {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly filter: CompiledFilter;
}

/** A topic "like these papers", by what was learned from them; its id is like that of an own filter. */
export interface LikenessTopic {
  readonly id: string;
  readonly name: string;
  readonly filter?: undefined;
  /** Of the choice. */
  readonly n: number;
  /** The packed profile. */
  readonly like: Uint8Array;
}

/** What a subscriber gets papers of. */
export type Topic = FilterTopic | LikenessTopic;

/**
 * A subscriber's topics in their order; `unknown` has a line for each left out, without the subscriber's words, and
 * `unreadable` of them are own filters and profiles that we took once and cannot read any more.
 */
interface ResolvedTopics {
  readonly topics: readonly Topic[];
  readonly unknown: readonly string[];
  readonly unreadable: number;
}

/** Finds the topics that a subscriber chose; those not in the catalogue, or that no longer parse, are reported. */
export function resolveTopics(choices: readonly TopicChoice[], catalogue: readonly FilterTopic[]): ResolvedTopics {
  const topics: Topic[] = [];
  const unknown: string[] = [];
  let unreadable = 0;
  for (let index = 0; index < choices.length; index += 1) {
    const choice = choices[index];
    // As long as nothing is known of its examples, a learned topic has no papers.
    if (!choice || ('like' in choice && choice.like.length === 0)) continue;
    const topic = 'catalogueId' in choice ? find(choice.catalogueId, catalogue) : topicOf(choice, index + 1);
    if (typeof topic === 'string') {
      unknown.push(topic);
      if (!('catalogueId' in choice)) unreadable += 1;
    } else if (!isAmong(topics, topic)) topics.push(topic);
  }
  return { topics, unknown, unreadable };
}

function isAmong(topics: readonly Topic[], topic: Topic): boolean {
  for (let index = 0; index < topics.length; index += 1) if (topics[index]?.id === topic.id) return true;
  return false;
}

/** The ids of own topics by their place among a subscriber's. */
const ownIds: string[] = [];

function ownId(place: number): string {
  while (ownIds.length <= place) ownIds.push(`own:${ownIds.length}`);
  return ownIds[place] ?? '';
}

const byId = new WeakMap<readonly FilterTopic[], ReadonlyMap<string, FilterTopic>>();

function find(id: string, catalogue: readonly FilterTopic[]): Topic | string {
  const topics = byId.get(catalogue) ?? new Map(catalogue.toReversed().map((topic) => [topic.id, topic]));
  byId.set(catalogue, topics);
  return topics.get(id) ?? `the catalogue has no topic "${id}"`;
}

function topicOf(own: OwnTopic | LikenessChoice, place: number): Topic | string {
  if ('like' in own) {
    const { name, n, like } = own;
    return isPackedProfile(like)
      ? { id: ownId(place), name, n, like }
      : `own topic ${place}: its profile cannot be read`;
  }
  const compiled = own.compiled === undefined ? undefined : readCompiled(own.compiled);
  if (compiled) return { id: ownId(place), name: own.name, filter: compiled };
  const read = readText(own.filter);
  if (read.ok) return { id: ownId(place), name: own.name, filter: read.filter };
  return `own topic ${place}: its filter does not parse at ${read.error.position}`;
}

/** Some choices with those learned topics that are in force: where the choices have them, the others at the end. */
export function withLearned(
  choices: readonly TopicChoice[],
  inForce: readonly LikenessChoice[],
): readonly TopicChoice[] {
  const byNumber = new Map(inForce.map((choice) => [choice.n, choice]));
  const placed = choices.flatMap((choice): TopicChoice | readonly TopicChoice[] => {
    if (!('like' in choice)) return choice;
    const learned = byNumber.get(choice.n);
    byNumber.delete(choice.n);
    return learned ?? [];
  });
  return [...placed, ...byNumber.values()];
}

/** The learned topics among some choices. */
export function learnedAmong(choices: readonly TopicChoice[]): readonly LikenessChoice[] {
  return choices.filter((choice) => 'like' in choice);
}

/** Id of the topic that matches every paper: what somebody gets who chooses nothing. */
export const everything = 'everything';

/** The compiled filter of a text, or why it is none. */
type CompiledText =
  | { readonly ok: true; readonly filter: CompiledFilter }
  | { readonly ok: false; readonly error: FilterError };

/** Parses and compiles the text of a topic's filter; without `isCategory`, every category will do. */
export function compileText(text: string, isCategory?: CategoryCheck): CompiledText {
  const parsed = parseFilter(text, isCategory);
  return parsed.ok ? { ok: true, filter: compileFilter(parsed.filter) } : parsed;
}

/** What was read lately: many subscribers write the same few texts. */
const byText = new Map<string, CompiledText>();
const mostRemembered = 50_000;

/** The same of a text that we took once, read once for all subscribers; forgotten are all, when they are 50,000. */
export function readText(text: string): CompiledText {
  const known = byText.get(text);
  if (known) return known;
  const read = compileText(text);
  if (byText.size >= mostRemembered) byText.clear();
  byText.set(text, read);
  return read;
}
