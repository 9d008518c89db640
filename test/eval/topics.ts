import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { catalogue } from '../../shared/domain/catalogue.js';
import type { Filter } from '../../shared/domain/filter/filter.js';
import { type IndexedPaper, indexPaper } from '../../shared/domain/filter/index-paper.js';
import { isMatch } from '../../shared/domain/filter/match-filter.js';
import { parseFilter } from '../../shared/domain/filter/parse-filter.js';
import { aPaper } from '../support/builders.js';

const papersFile = z.array(z.object({ title: z.string(), abstract: z.string() }));
const labelsFile = z.array(z.object({ title: z.string(), topics: z.array(z.string()), unsure: z.array(z.string()) }));

interface Labelled {
  readonly paper: IndexedPaper;
  readonly topics: readonly string[];
  readonly unsure: readonly string[];
}

/** `f1` is null for a topic without a positive label. */
interface Judgement {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number | null;
  readonly positives: number;
}

/** A topic counts in the mean from this many positive labels on. */
const fewestPositives = 3;

function readJson<Schema extends z.core.$ZodType>(path: string | undefined, option: string, schema: Schema) {
  if (path === undefined) throw new Error(`--${option}: name a file`);
  return z.parse(schema, JSON.parse(readFileSync(path, 'utf8')));
}

function judge(topic: string, filter: Filter, papers: readonly Labelled[]): Judgement {
  const sure = papers.filter(({ unsure }) => !unsure.includes(topic));
  const positive = sure.filter(({ topics }) => topics.includes(topic));
  const found = sure.filter(({ paper }) => isMatch(filter, paper));
  const hits = found.filter(({ topics }) => topics.includes(topic)).length;
  const precision = found.length === 0 ? 0 : hits / found.length;
  const recall = positive.length === 0 ? 0 : hits / positive.length;
  const f1 = precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall);
  return { precision, recall, f1: positive.length === 0 ? null : f1, positives: positive.length };
}

function macroF1(judgements: readonly Judgement[]): number {
  const counted = judgements.filter(({ positives }) => positives >= fewestPositives);
  return counted.reduce((sum, { f1 }) => sum + (f1 ?? 0), 0) / counted.length;
}

function naiveFilter(topic: string): Filter {
  const parsed = parseFilter(
    topic
      .split('-')
      .map((word) => `"${word}"`)
      .join(' '),
  );
  if (!parsed.ok) throw new Error(parsed.error.message);
  return parsed.filter;
}

/** Compares the catalogue's filters with labels: `--papers FILE --labels FILE`, papers without labels are skipped. */
export function evaluateTopics(args: readonly string[]): object {
  const { values } = parseArgs({
    args: [...args],
    options: { papers: { type: 'string' }, labels: { type: 'string' } },
  });
  const papers = new Map(readJson(values.papers, 'papers', papersFile).map((paper) => [paper.title, paper]));
  const labelled = readJson(values.labels, 'labels', labelsFile).flatMap(({ title, topics, unsure }) => {
    const paper = papers.get(title);
    return paper ? [{ paper: indexPaper(aPaper({ ...paper, keywords: [] })), topics, unsure }] : [];
  });
  const known = new Set(labelled.flatMap(({ topics, unsure }) => [...topics, ...unsure]));
  const topics = catalogue.filter(({ id }) => known.has(id));
  const ours = topics.map(({ id, filter }) => [id, judge(id, filter, labelled)] as const);
  const naive = topics.map(({ id }) => judge(id, naiveFilter(id), labelled));
  for (const [id, { precision, recall, f1 }] of ours) {
    console.log(
      `${id.padEnd(24)} precision ${precision.toFixed(2)}  recall ${recall.toFixed(2)}  f1 ${f1?.toFixed(2)}`,
    );
  }
  return {
    macroF1: macroF1(ours.map(([, judgement]) => judgement)),
    perTopic: Object.fromEntries(ours),
    naive: { macroF1: macroF1(naive) },
  };
}
