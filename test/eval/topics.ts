import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { type CompiledFilter, compileFilter } from '../../shared/domain/filter/compile-filter.js';
import { type IndexedPaper, indexPaper } from '../../shared/domain/filter/match/index-paper.js';
import { matchFilter } from '../../shared/domain/filter/match/match-filter.js';
import { parseFilter } from '../../shared/domain/filter/read/parse-filter.js';
import { catalogue as all } from '../../shared/domain/subscriber/catalogue.js';
import { everything } from '../../shared/domain/subscriber/topic.js';
import { aPaper } from '../support/builders.js';
import { readJsonInput } from '../support/read-input.js';

/** No label says of a paper that it is one. */
const catalogue = all.filter(({ id }) => id !== everything);

const papersFile = z.array(z.object({ title: z.string(), abstract: z.string() }));
const labelsFile = z.array(
  z.object({ title: z.string(), topics: z.array(z.string()), unsure: z._default(z.array(z.string()), []) }),
);

interface Labelled {
  readonly paper: IndexedPaper;
  readonly topics: readonly string[];
  readonly unsure: readonly string[];
}

/** How a filter's papers compare with the labels. */
interface Tally {
  readonly found: number;
  readonly positives: number;
  readonly hits: number;
}

/** `f1` is null for a topic without a positive label, and all are for one that the labels do not know. */
interface Judgement {
  readonly precision: number | null;
  readonly recall: number | null;
  readonly f1: number | null;
}

const unknown: Judgement = { precision: null, recall: null, f1: null };

/** A topic counts in the mean from this many positive labels on. */
const fewestPositives = 3;

function readJson<Schema extends z.core.$ZodType>(path: string | undefined, option: string, schema: Schema) {
  if (path === undefined) throw new Error(`--${option}: name a file`);
  return readJsonInput(path, schema);
}

function indexed(paper: { title: string; abstract: string }): IndexedPaper {
  return indexPaper(aPaper({ ...paper, keywords: [], authors: [], categories: [] }));
}

/** Counts the pairs of a topic and a paper, those that are unsure left out. */
function tally(topic: string, filter: CompiledFilter, papers: readonly Labelled[]): Tally {
  const sure = papers.filter(({ unsure }) => !unsure.includes(topic));
  const positive = sure.filter(({ topics }) => topics.includes(topic));
  const found = sure.filter(({ paper }) => matchFilter(filter, paper) !== undefined);
  const hits = found.filter(({ topics }) => topics.includes(topic)).length;
  return { found: found.length, positives: positive.length, hits };
}

function f1Of({ found, positives, hits }: Tally): number | null {
  return positives === 0 ? null : (2 * hits) / (found + positives);
}

function judgementOf(counted: Tally): Judgement {
  const { found, positives, hits } = counted;
  return {
    precision: found === 0 ? 0 : hits / found,
    recall: positives === 0 ? 0 : hits / positives,
    f1: f1Of(counted),
  };
}

/** The mean over the topics with enough positive labels; null without any. */
function macroF1(tallies: readonly Tally[]): number | null {
  const counted = tallies.filter(({ positives }) => positives >= fewestPositives).map((each) => f1Of(each) ?? 0);
  return counted.length === 0 ? null : counted.reduce((sum, f1) => sum + f1, 0) / counted.length;
}

/** All pairs in one pot. */
function microF1(tallies: readonly Tally[]): number | null {
  const sum = (count: keyof Tally) => tallies.reduce((total, each) => total + each[count], 0);
  return f1Of({ found: sum('found'), positives: sum('positives'), hits: sum('hits') });
}

/** The words of a topic's id, all of them, as a subscriber would type them into a search box. */
function naiveFilter(topic: string): CompiledFilter {
  const words = topic.split('-').map((word) => `"${word}"`);
  const parsed = parseFilter(words.join(' '));
  if (!parsed.ok) throw new Error(parsed.error.message);
  return compileFilter(parsed.filter);
}

function predict(path: string | undefined): object {
  return readJson(path, 'papers', papersFile).map((given) => {
    const paper = indexed(given);
    const topics = catalogue.filter(({ filter }) => matchFilter(filter, paper) !== undefined).map(({ id }) => id);
    return { title: given.title, topics };
  });
}

function showRow(id: string, { precision, recall, f1 }: Judgement): void {
  const cells = [precision, recall, f1].map((value) => value?.toFixed(2).padStart(6) ?? '     -');
  console.log(`${id.padEnd(24)} precision ${cells[0]}  recall ${cells[1]}  f1 ${cells[2]}`);
}

/**
 * Compares the catalogue's filters with labels: `--papers FILE --labels FILE`, papers without labels are skipped. With
 * `--predict` it gives the topics of every paper instead, and needs no labels.
 */
export function evaluateTopics(args: readonly string[]): object {
  const { values } = parseArgs({
    args: [...args],
    options: { papers: { type: 'string' }, labels: { type: 'string' }, predict: { type: 'boolean' } },
  });
  if (values.predict) return predict(values.papers);
  const papers = new Map(readJson(values.papers, 'papers', papersFile).map((paper) => [paper.title, paper]));
  const labelled = readJson(values.labels, 'labels', labelsFile).flatMap(({ title, topics, unsure }) => {
    const paper = papers.get(title);
    return paper ? [{ paper: indexed(paper), topics, unsure }] : [];
  });
  const known = new Set(labelled.flatMap(({ topics, unsure }) => [...topics, ...unsure]));
  const topics = catalogue.filter(({ id }) => known.has(id));
  const ours = topics.map(({ id, filter }) => [id, tally(id, filter, labelled)] as const);
  const judgements = new Map(ours.map(([id, counted]) => [id, judgementOf(counted)]));
  for (const [id, judgement] of judgements) showRow(id, judgement);
  return {
    macroF1: macroF1(ours.map(([, counted]) => counted)),
    microF1: microF1(ours.map(([, counted]) => counted)),
    perTopic: Object.fromEntries(catalogue.map(({ id }) => [id, judgements.get(id) ?? unknown])),
    naive: { macroF1: macroF1(topics.map(({ id }) => tally(id, naiveFilter(id), labelled))) },
  };
}
