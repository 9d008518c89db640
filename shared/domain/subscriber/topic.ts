import { compileFilter, filterBehind, readCompiled } from '../filter/bitmaps/compile-filter.js';
import type { Filter } from '../filter/filter.js';
import { parseFilter } from '../filter/read/parse-filter.js';
import type { OwnTopic, TopicChoice } from './subscriber.js';

/**
 * A named filter: from the catalogue, or a subscriber's own, whose id (`own:1`) no catalogue topic can have. A topic's least
 * score is part of its filter: `score>=`.
 */
export interface Topic {
  readonly id: string;
  readonly name: string;
  readonly description?: string;
  readonly filter: Filter;
}

/** A subscriber's topics in their order; `unknown` has one line for each that is left out, free of the subscriber's words. */
export interface ResolvedTopics {
  readonly topics: readonly Topic[];
  readonly unknown: readonly string[];
}

/** Finds the topics that a subscriber chose. What the catalogue no longer has, or no longer parses, is reported. */
export function resolveTopics(choices: readonly TopicChoice[], catalogue: readonly Topic[]): ResolvedTopics {
  const topics: Topic[] = [];
  const unknown: string[] = [];
  for (const [index, choice] of choices.entries()) {
    const topic = 'catalogueId' in choice ? find(choice.catalogueId, catalogue) : parse(choice, index + 1);
    if (typeof topic === 'string') unknown.push(topic);
    else if (!topics.some(({ id }) => id === topic.id)) topics.push(topic);
  }
  return { topics, unknown };
}

function find(id: string, catalogue: readonly Topic[]): Topic | string {
  return catalogue.find((topic) => topic.id === id) ?? `the catalogue has no topic "${id}"`;
}

function parse(own: OwnTopic, place: number): Topic | string {
  const compiled = own.compiled === undefined ? undefined : readCompiled(own.compiled);
  const parsed = compiled ? ({ ok: true, filter: filterBehind(compiled) } as const) : parseFilter(own.filter);
  if (parsed.ok) return { id: `own:${place}`, name: own.name, filter: parsed.filter };
  return `own topic ${place}: its filter does not parse at ${parsed.error.position}`;
}

/** Puts its compiled form beside each own filter, as profiles are stored: so sending need not parse. */
export function withCompiled(choices: readonly TopicChoice[]): readonly TopicChoice[] {
  return choices.map((choice) => {
    const parsed = 'filter' in choice ? parseFilter(choice.filter) : undefined;
    return parsed?.ok ? { ...choice, compiled: compileFilter(parsed.filter).form } : choice;
  });
}
