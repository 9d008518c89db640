import { dateOf, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import { type CompiledFilter, compileFilter } from '../../../shared/domain/filter/compile-filter.js';
import { isArxivCategory } from '../../../shared/domain/filter/read/categories.js';
import { parseFilter } from '../../../shared/domain/filter/read/parse-filter.js';
import { filterProblem } from '../../../shared/domain/subscriber/own-filters.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { singleLine } from '../../../shared/domain/text/shown-text.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { ReadableArchive } from '../../../shared/storage/read-archive.js';
import type { Archives } from '../editions/remembered-editions.js';
import { type FeedFormat, feedOfEdition, feedOfSearch, feedOfTopic } from './feed-addresses.js';
import { type FeedDocument, feedEntry, writable } from './feed-entry.js';

export interface PublicFeedDeps {
  readonly editions: Pick<EditionRepository, 'find' | 'newestDate' | 'withdrawn'>;
  readonly archives: Pick<Archives, 'lastDays'>;
  readonly catalogue: readonly FilterTopic[];
  readonly pagesUrl: string;
  /** 0–23, UTC. */
  readonly publishHour: number;
  readonly now: () => Instant;
}

/** As many as the page of an edition shows at first. */
const mostOfEdition = 50;
/** Each may be an item to read. */
const mostFound = 30;

/** The top of the newest edition, best first; without entries while there is none. */
export async function editionFeed(format: FeedFormat, deps: PublicFeedDeps): Promise<FeedDocument> {
  const { editions, pagesUrl } = deps;
  const today = dateOf(deps.now());
  const newest = await editions.newestDate(today);
  const edition = newest && (await editions.find(newest));
  const description = 'The papers of the newest edition, ranked by how fast they are rising.';
  const { url, title } = feedOfEdition(pagesUrl, format);
  const about = { id: feedOfEdition(pagesUrl).url, url, title, description };
  if (!edition) return { ...about, pageUrl: `${pagesUrl}/`, updatedAt: startOf(today), entries: [] };
  const { date, publishedAt: updatedAt } = edition;
  const options = { pagesUrl, withdrawn: new Set(await editions.withdrawn()), updatedAt, on: date };
  const entries = edition.papers.slice(0, mostOfEdition).map((ranked) => feedEntry(ranked, options));
  return { ...about, pageUrl: `${pagesUrl}/editions/${date}`, updatedAt, entries };
}

/** What a topic of the catalogue matched in the last 30 days, the newest first; `undefined` when there is no such topic. */
export async function topicFeed(
  asked: { readonly topic: string; readonly format: FeedFormat },
  deps: PublicFeedDeps,
): Promise<FeedDocument | undefined> {
  const topic = deps.catalogue.find(({ id }) => id === asked.topic);
  if (!topic) return undefined;
  const { url, title } = feedOfTopic(deps.pagesUrl, topic, asked.format);
  const archive = await deps.archives.lastDays(dateOf(deps.now()), 0);
  await archive?.prepareFor(topic.filter);
  const found = await newestFound(topic.filter, archive, deps);
  return {
    id: feedOfTopic(deps.pagesUrl, topic).url,
    url,
    title: writable(title),
    description: writable(topic.description ?? `Papers about ${topic.name}.`),
    pageUrl: `${deps.pagesUrl}/topics/${encodeURIComponent(topic.id)}`,
    ...found,
  };
}

/** The feed of a search, or one sentence that says what is wrong with its filter. */
type SearchFeed = { readonly feed: FeedDocument } | { readonly problem: string };

/** What a filter matched in the last 30 days, the newest first. */
export async function searchFeed(
  asked: { readonly filter: string; readonly format: FeedFormat },
  deps: PublicFeedDeps,
): Promise<SearchFeed> {
  const filter = asked.filter.trim();
  if (filter === '') return { problem: 'Say what to look for, as in ?q=tables.' };
  const problem = filterProblem(filter);
  const parsed = parseFilter(filter, isArxivCategory);
  if (problem !== undefined || !parsed.ok) return { problem: problem ?? 'This filter cannot be read.' };
  const archive = await deps.archives.lastDays(dateOf(deps.now()));
  await archive?.prepareFor(compileFilter(parsed.filter));
  const { url, title } = feedOfSearch(deps.pagesUrl, filter, asked.format);
  const feed = {
    id: feedOfSearch(deps.pagesUrl, filter).url,
    url,
    title: writable(title),
    description: writable(`New papers that match ${singleLine(filter)}`),
    pageUrl: `${deps.pagesUrl}/search?${new URLSearchParams({ q: filter })}`,
    ...(await newestFound(compileFilter(parsed.filter), archive, deps)),
  };
  return { feed };
}

type Found = Pick<FeedDocument, 'updatedAt' | 'entries'>;

/** Papers of one day in the order of their ranks. */
async function newestFound(
  filter: CompiledFilter,
  archive: ReadableArchive | undefined,
  { editions, pagesUrl, publishHour, now }: PublicFeedDeps,
): Promise<Found> {
  if (!archive) return { updatedAt: startOf(dateOf(now())), entries: [] };
  const { index } = archive;
  const newestFirst = (one: number, other: number) => (index.dayAt(one) < index.dayAt(other) ? 1 : -1);
  const isSameDay = (one: number, other: number) => index.dayAt(one) === index.dayAt(other);
  const places = [...index.placesOf(filter)]
    .sort((one, other) => (isSameDay(one, other) ? one - other : newestFirst(one, other)))
    .slice(0, mostFound);
  const [papers, withdrawn] = await Promise.all([archive.papersAt(places), editions.withdrawn()]);
  const options = { pagesUrl, withdrawn: new Set(withdrawn) };
  const entries = papers.map((paper, rank) => {
    const [shownIn] = index.entriesAt(places[rank] ?? 0);
    const due = shownIn ? startOf(shownIn.edition) + publishHour * hourMs : index.publishedAt;
    return feedEntry(paper, { ...options, updatedAt: Math.min(due, index.publishedAt) });
  });
  return { updatedAt: index.publishedAt, entries };
}
