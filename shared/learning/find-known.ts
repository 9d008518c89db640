import { createHash } from 'node:crypto';
import { compileFilter } from '../domain/filter/compile-filter.js';
import type { TextFilter } from '../domain/filter/filter.js';
import { tokenise } from '../domain/filter/words/normalise.js';
import { allOf } from '../domain/filter/write-filter.js';
import type { Example } from '../domain/likeness/learned-topic.js';
import { type NamedPaper, titleKey } from '../domain/likeness/named-paper.js';
import { wordCounts } from '../domain/likeness/word-counts.js';
import type { Paper } from '../domain/paper/paper.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { shownText } from '../domain/text/shown-text.js';
import type { PaperRepository } from '../storage/papers/papers-repository.js';
import type { ReadableArchive } from '../storage/read-archive.js';

export interface FindKnownDeps {
  readonly papers: Pick<PaperRepository, 'descriptions'>;
  /** The papers of the last weeks, to be asked about so many filters; `undefined` before the first edition. */
  readonly archive: (filters: number) => Promise<ReadableArchive | undefined>;
}

/** What becomes of named papers: examples, of which those without words wait for arXiv, and the titles that nobody knows. */
interface FoundExamples {
  readonly examples: readonly Example[];
  readonly notFound: readonly string[];
}

type Described = Pick<Paper, 'id' | 'title' | 'abstract'>;

/**
 * Makes examples of papers that somebody named. One with an abstract of its own needs no asking; ids are looked for among all papers
 * that are known here, titles without an id among those of the last weeks.
 */
export async function findKnown(named: readonly NamedPaper[], deps: FindKnownDeps): Promise<FoundExamples> {
  const unsaid = named.filter(({ abstract }) => abstract === undefined);
  const ids = unsaid.flatMap(({ id }) => id ?? []);
  const titles = unsaid.flatMap(({ id, title }) => (id === undefined && title !== undefined ? [title] : []));
  const known = ids.length === 0 ? [] : await deps.papers.descriptions(ids);
  const byId = new Map(known.map((paper) => [paper.id, paper]));
  const byTitle = titles.length === 0 ? new Map<string, Described>() : await findTitles(titles, deps);
  const examples = new Map<string, Example>();
  const notFound: string[] = [];
  for (const paper of named) {
    const { id, title = '', abstract } = paper;
    const found = id === undefined ? byTitle.get(titleKey(title)) : byId.get(id);
    const example = abstract === undefined ? exampleOf(id, title, found) : ownExample(id, title, abstract);
    if (!example) notFound.push(title);
    else if (!examples.has(example.id)) examples.set(example.id, example);
  }
  return { examples: [...examples.values()], notFound };
}

function exampleOf(id: PaperId | undefined, title: string, found: Described | undefined): Example | undefined {
  if (!found) return id && { id, title, liked: true };
  return { id: found.id, title: shownText(found.title), liked: true, words: wordCounts(found.title, found.abstract) };
}

function ownExample(id: PaperId | undefined, title: string, abstract: string): Example {
  const hash = createHash('sha256').update(titleKey(title)).digest('base64url').slice(0, 16);
  return { id: id ?? `entry:${hash}`, title, liked: true, words: wordCounts(title, abstract) };
}

/** Longer titles are told apart by this many words. */
const mostWords = 12;
const fewestWords = 2;
/** Papers with the same words in their titles: more are not the one that is meant. */
const mostAlike = 3;

/** The papers of the last weeks with exactly these titles, by `titleKey`. */
async function findTitles(titles: readonly string[], deps: FindKnownDeps): Promise<ReadonlyMap<string, Described>> {
  const archive = await deps.archive(titles.length);
  const found = new Map<string, Described>();
  if (!archive) return found;
  const places = new Set<number>();
  for (const title of titles) {
    const [first, ...others] = wordsIn(title);
    if (!first || others.length + 1 < fewestWords) continue;
    const filter = compileFilter(allOf([first, ...others]));
    await archive.prepareFor(filter);
    for (const place of archive.index.placesOf(filter, mostAlike)) places.add(place);
  }
  const wanted = new Set(titles.map(titleKey));
  for (const { paper } of await archive.papersAt([...places])) {
    const key = titleKey(shownText(paper.title));
    if (wanted.has(key) && !found.has(key)) found.set(key, paper);
  }
  return found;
}

/** The first words of a title, each once, as what a title must have. */
function wordsIn(title: string): readonly TextFilter[] {
  const words = new Map(tokenise(title).map(({ term, word }) => [term, word]));
  return [...words].slice(0, mostWords).map(([term, word]) => ({ kind: 'word', field: 'title', word, term }));
}
