import { type CompiledFilter, readCompiled } from '../filter/compile-filter.js';
import { isArxivCategory } from '../filter/read/categories.js';
import { messageWithPosition } from '../filter/read/filter-error.js';
import data from './catalogue.json';
import { compileText, type FilterTopic } from './topic.js';

/** Topics that are chosen together, as a form offers them. */
export interface TopicGroup {
  readonly id: string;
  readonly name: string;
  /** Ids of the catalogue's topics. */
  readonly topics: readonly string[];
}

/** What is valid in a catalogue, and one line for each problem: which entry, which field, what to do. */
export interface Catalogue {
  readonly topics: readonly FilterTopic[];
  readonly groups: readonly TopicGroup[];
  readonly problems: readonly string[];
}

const idPattern = /^[a-z0-9-]{1,40}$/;
const fields = ['id', 'name', 'description', 'filter'];

/**
 * Reads a catalogue: `{ "groups", "topics" }`, or its topics alone, a list of `{ "id", "name", "description", "filter" }`;
 * groups are `{ "id", "name", "topics" }`. An entry with a problem is left out.
 */
export function parseCatalogue(data: unknown): Catalogue {
  const { topics, problems } = parseTopics(isRecord(data) ? data.topics : data);
  if (!isRecord(data) || data.groups === undefined) return { topics, groups: [], problems };
  const known = new Set(topics.map(({ id }) => id));
  const { groups, problems: wrong } = parseGroups(data.groups, known);
  return { topics, groups, problems: [...problems, ...wrong] };
}

function parseGroups(entries: unknown, known: ReadonlySet<string>): Pick<Catalogue, 'groups' | 'problems'> {
  if (!Array.isArray(entries)) {
    return { groups: [], problems: ['"groups" must be a list: [{ "id", "name", "topics" }, …]'] };
  }
  const groups: TopicGroup[] = [];
  const problems: string[] = [];
  for (const [index, entry] of entries.entries()) {
    const { id, name, topics } = isRecord(entry) ? entry : {};
    const isId = typeof id === 'string' && idPattern.test(id) && !groups.some((group) => group.id === id);
    const isKnown = (topic: unknown): topic is string => typeof topic === 'string' && known.has(topic);
    const areTopics = Array.isArray(topics) && topics.length > 0 && topics.every(isKnown);
    if (isId && isLine(name, 40) && areTopics) groups.push({ id, name, topics });
    else
      problems.push(
        `group ${index + 1}: must be { "id", "name", "topics" } with an id of its own and topics of the list`,
      );
  }
  return { groups, problems };
}

function parseTopics(entries: unknown): Pick<Catalogue, 'topics' | 'problems'> {
  if (!Array.isArray(entries)) {
    return { topics: [], problems: ['must be a list of topics: [{ "id", "name", "description", "filter" }, …]'] };
  }
  const topics: FilterTopic[] = [];
  const problems: string[] = [];
  const ids = new Set<string>();
  for (const [index, entry] of entries.entries()) {
    const topic = parseEntry(entry, ids);
    if (Array.isArray(topic)) problems.push(...topic.map((problem) => `${placeOf(entry, index)}: ${problem}`));
    else topics.push(topic);
  }
  return { topics, problems };
}

function placeOf(entry: unknown, index: number): string {
  const id = isRecord(entry) && typeof entry.id === 'string' && idPattern.test(entry.id) ? ` ("${entry.id}")` : '';
  return `topic ${index + 1}${id}`;
}

function parseEntry(entry: unknown, ids: Set<string>): FilterTopic | string[] {
  if (!isRecord(entry)) return ['must be an object { "id", "name", "description", "filter" }'];
  const { id, name, description, filter: text } = entry;
  const problems = Object.keys(entry)
    .filter((key) => !fields.includes(key))
    .map((key) => `the field ${JSON.stringify(key)} is not known; remove it`);
  if (typeof id !== 'string' || !idPattern.test(id)) problems.push('"id" must be 1 to 40 of a-z, 0-9 and "-"');
  else if (ids.has(id)) problems.push('"id" occurs twice; choose another one');
  else ids.add(id);
  if (!isLine(name, 60)) problems.push('"name" must be one line of 1 to 60 characters');
  if (!isLine(description, 140)) problems.push('"description" must be one line of 1 to 140 characters');
  const compiled = typeof text === 'string' ? compileText(text, isArxivCategory) : undefined;
  if (!compiled) problems.push('"filter" must be a text');
  else if (!compiled.ok) problems.push(`"filter": ${messageWithPosition(compiled.error)}`);
  const isGood =
    problems.length === 0 && compiled?.ok && typeof id === 'string' && isLine(name, 60) && isLine(description, 140);
  return isGood ? { id, name, description, filter: compiled.filter } : problems;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isLine(value: unknown, most: number): value is string {
  return (
    typeof value === 'string' && value.trim() !== '' && value.length <= most && !/[\p{Cc}\u2028\u2029]/u.test(value)
  );
}

/** Writes a catalogue as `readCompiledCatalogue` takes it: its filters are compiled and its problems left out. */
export function compileCatalogue({ topics, groups }: Catalogue): string {
  return JSON.stringify({ topics: topics.map(({ filter, ...topic }) => ({ ...topic, form: filter.form })), groups });
}

/** Reads what `compileCatalogue` wrote with the same version of the compiled form; a filter is read when it is used. */
export function readCompiledCatalogue(text: string): Catalogue {
  const { topics, groups }: CompiledCatalogue = JSON.parse(text);
  return { topics: topics.map(readTopic), groups, problems: [] };
}

interface CompiledCatalogue extends Pick<Catalogue, 'groups'> {
  readonly topics: readonly (Omit<FilterTopic, 'filter'> & { readonly form: string })[];
}

function readTopic({ form, ...topic }: CompiledCatalogue['topics'][number]): FilterTopic {
  let filter: CompiledFilter | undefined;
  return {
    ...topic,
    get filter() {
      filter ??= readCompiled(form);
      if (!filter) throw new Error(`the topic "${topic.id}" was compiled by another version`);
      return filter;
    },
  };
}

/** The compiled catalogue, which bundling puts in here; where the sources run, there is none. */
declare const COMPILED_CATALOGUE: string;

const shipped =
  typeof COMPILED_CATALOGUE === 'undefined' ? parseCatalogue(data) : readCompiledCatalogue(COMPILED_CATALOGUE);

/** The repository's catalogue without the entries that have a problem, which synthesis refuses to deploy. */
export const catalogue: readonly FilterTopic[] = shipped.topics;

/** Its groups, in the order of a form. */
export const topicGroups: readonly TopicGroup[] = shipped.groups;
