import { dayMs, startOf } from '../calendar-date.js';
import { dayOf } from '../edition/archive.js';
import type { Edition, RankedPaper } from '../edition/edition.js';
import { byRank } from '../edition/rank-edition.js';
import { type IndexedPaper, indexPaper } from '../filter/match/index-paper.js';
import type { Paper } from '../paper/paper.js';
import type { PaperId } from '../paper/paper-id.js';
import { heldBackPlace } from '../trend/submitter-cap.js';
import { flags, type WholeMonth } from './month-index.js';
import { numberWords } from './number-words.js';

/** A paper as the newest edition has it, and the places that all of them give it. */
interface JoinedPaper {
  readonly ranked: RankedPaper;
  readonly entries: [source: number, place: number][];
}

/** Makes the index of the papers that some editions hold. */
export function makeMonth(editions: readonly Edition[]): WholeMonth {
  const newestFirst = [...editions].sort((one, other) => (one.date < other.date ? 1 : -1));
  const papers = joined(newestFirst).sort((one, other) => byRank(one.ranked, other.ranked));
  const entries = papers.map((paper) => paper.entries);
  return {
    sources: newestFirst.map(({ date, publishedAt }) => ({ date, publishedAt })),
    ...columnsOf(papers.map(({ ranked }) => ranked)),
    firstEntry: firstsOf(entries),
    entrySource: Uint8Array.from(entries.flat(), ([source]) => source),
    entryPlace: Uint32Array.from(entries.flat(), ([, place]) => place),
    ...readPapers(papers.map(({ ranked }) => ranked.paper)),
  };
}

function joined(newestFirst: readonly Edition[]): JoinedPaper[] {
  const known = new Map<PaperId, JoinedPaper>();
  for (const [source, { papers }] of newestFirst.entries()) {
    for (const [place, ranked] of papers.entries()) {
      const paper = known.get(ranked.paper.id) ?? { ranked, entries: [] };
      paper.entries.push([source, place]);
      known.set(ranked.paper.id, paper);
    }
  }
  return [...known.values()];
}

function columnsOf(papers: readonly RankedPaper[]) {
  return {
    ids: papers.map(({ paper }) => paper.id).join('\n'),
    days: Uint16Array.from(papers, ({ paper }) => Math.round(startOf(dayOf(paper)) / dayMs)),
    scores: Float64Array.from(papers, ({ score }) => score.value),
    heldBack: Uint16Array.from(papers, heldBackPlace),
    upvotes: Float64Array.from(papers, ({ counts }) => counts.upvotes ?? 0),
    stars: Float64Array.from(papers, ({ counts }) => counts.stars ?? 0),
    publishedAt: Float64Array.from(papers, ({ paper }) => paper.publishedAt),
    flags: Uint8Array.from(papers, ({ paper }) => flagsOf(paper)),
  };
}

function flagsOf({ codeUrl, sources }: Paper): number {
  return sources.reduce((set, source) => set | flags[source], codeUrl === undefined ? 0 : flags.code);
}

/** Reads the papers' texts and names, one after the other: nothing of a paper is kept but numbers. */
function readPapers(papers: readonly Paper[]) {
  const words = numberWords();
  const [authors, categories, organisations] = [namesList(), namesList(), namesList()];
  const [firstPosition, abstractAt, keywordsAt] = [[0], [], []] as [number[], number[], number[]];
  const organisation: number[] = [];
  for (const paper of papers) {
    const indexed = indexPaper(paper);
    words.add(indexed.words);
    firstPosition.push((firstPosition.at(-1) ?? 0) + indexed.words.length);
    abstractAt.push(indexed.texts[1]?.first ?? indexed.words.length);
    keywordsAt.push(indexed.texts[2]?.first ?? indexed.words.length);
    authors.add(indexed.authors.map(([...name]) => [name.pop() ?? '', ...name].join(' ')));
    categories.add(indexed.categories);
    organisation.push(organisationIn(indexed, organisations));
  }
  const byName = authors.sorted();
  const byCategory = categories.sorted();
  return {
    ...words.numbered(),
    firstPosition: Uint32Array.from(firstPosition),
    abstractAt: Uint32Array.from(abstractAt),
    keywordsAt: Uint32Array.from(keywordsAt),
    names: { authors: byName.names, firstAuthor: byName.firsts, authorAt: byName.at },
    categories: byCategory.names,
    firstCategory: byCategory.firsts,
    categoryAt: Uint16Array.from(byCategory.at),
    organisations: organisations.asAdded(),
    organisation: Uint32Array.from(organisation),
  };
}

function organisationIn({ organisation }: IndexedPaper, list: ReturnType<typeof namesList>): number {
  return organisation.length === 0 ? 0 : list.number(organisation.join(' ')) + 1;
}

/** Numbers different names, and keeps which each paper has. */
function namesList() {
  const numbers = new Map<string, number>();
  const ofPapers: number[][] = [];
  const number = (name: string) => {
    const known = numbers.get(name) ?? numbers.size;
    numbers.set(name, known);
    return known;
  };
  return {
    number,
    add: (names: readonly string[]) => void ofPapers.push(names.map(number)),
    asAdded: () => [...numbers.keys()].join('\n'),
    /** The names in order, and each paper's by their new numbers. */
    sorted: () => {
      const names = [...numbers.keys()].sort();
      const moved = new Uint32Array(names.length);
      for (const [index, name] of names.entries()) moved[numbers.get(name) ?? 0] = index;
      return {
        names: names.join('\n'),
        firsts: firstsOf(ofPapers),
        at: Uint32Array.from(ofPapers.flat(), (each) => moved[each] ?? 0),
      };
    },
  };
}

function firstsOf(lists: readonly (readonly unknown[])[]): Uint32Array {
  const firsts = new Uint32Array(lists.length + 1);
  for (const [index, { length }] of lists.entries()) firsts[index + 1] = (firsts[index] ?? 0) + length;
  return firsts;
}
