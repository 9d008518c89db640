import type { CalendarDate } from '../domain/calendar-date.js';
import type { PaperRecord } from '../domain/paper/paper.js';
import type { PaperId } from '../domain/paper/paper-id.js';
import { announcementOf, type ReadEntry, readFeedEntry, readQueryEntry } from './arxiv-entry.js';
import { childText, parseFeed, type XmlElement } from './arxiv-xml.js';
import { whatWentWrong } from './fetch-once.js';
import { type PaperSource, type RejectedRecord, type SourceAnswer, SourceDown } from './paper-source.js';
import type { FetchText, Question, TimeBudget } from './polite-fetch.js';
import { oneLine } from './source-text.js';

interface ArxivOptions {
  /** Without a slash at its end: `https://rss.arxiv.org`. */
  readonly feedUrl: string;
  /** Without a slash at its end: `https://export.arxiv.org`. */
  readonly apiUrl: string;
  readonly categories: readonly string[];
  /** Must let one request through at a time, 3 s apart: arXiv's terms count feed and API together. */
  readonly fetchText: FetchText;
}

/** arXiv lists new papers and, asked for them by id, describes papers that other sources know. */
export interface Arxiv extends PaperSource {
  /** Asks the API for papers by id. Requests without answer are named in `unanswered`, ids without entry nowhere. */
  describe(ids: readonly PaperId[]): Promise<SourceAnswer>;
  /**
   * One page of the papers of the categories that were submitted on a day, in the order of their submission; throws `SourceDown` when
   * that is not answered.
   */
  submittedOn(date: CalendarDate, start: number): Promise<SubmittedPage>;
}

/** Papers from `start` on; `next` is where the following page starts, if there is one. */
export interface SubmittedPage extends SourceAnswer {
  readonly next?: number;
}

const batchSize = 100;
const feedMs = 60_000;
const describeMs = 90_000;
const pageMs = 90_000;

/** The arXiv feed of the categories (https://info.arxiv.org/help/rss.html), and the query API by `id_list`. */
export function arxiv({ feedUrl, apiUrl, categories, fetchText }: ArxivOptions): Arxiv {
  return {
    name: 'arxiv',
    async latest() {
      if (categories.length === 0) return empty;
      const question = { ...feedQuestion, budget: { leftMs: feedMs } };
      try {
        const { entries } = parseFeed(await fetchText(`${feedUrl}/atom/${categories.join('+')}`, question));
        const announced = (kind: 'paper' | 'version') => entries.filter((entry) => announcementOf(entry) === kind);
        const versions = sort(announced('version'), readFeedEntry, 'feed version');
        const papers = sort(announced('paper'), readFeedEntry, 'feed');
        return { ...papers, versions: versions.records, rejected: [...papers.rejected, ...versions.rejected] };
      } catch (error) {
        throw new SourceDown(`arXiv did not answer: ${whatWentWrong(error)}`);
      }
    },
    async describe(ids) {
      const budget = { leftMs: describeMs };
      const answers: SourceAnswer[] = [];
      for (let from = 0; from < ids.length; from += batchSize) {
        const batch = ids.slice(from, from + batchSize);
        const answer = await askFor(batch, apiUrl, fetchText, budget);
        answers.push(answer);
        if (answer.unanswered.length === 0) continue;
        // Further batches would only knock at the same closed door.
        const left = ids.length - from - batch.length;
        if (left > 0) answers.push({ ...empty, unanswered: [`queries for ${left} ids more: not asked after that`] });
        break;
      }
      return join(answers);
    },
    async submittedOn(date, start) {
      if (categories.length === 0) return empty;
      const day = date.replaceAll('-', '');
      const query = new URLSearchParams({
        search_query: `(${categories.map((category) => `cat:${category}`).join(' OR ')}) AND submittedDate:[${day}0000 TO ${day}2359]`,
        start: String(start),
        max_results: String(batchSize),
        sortBy: 'submittedDate',
        sortOrder: 'ascending',
      });
      try {
        const text = await fetchText(`${apiUrl}/api/query?${query}`, { ...feedQuestion, budget: { leftMs: pageMs } });
        const { entries } = parseFeed(text);
        const end = start + entries.length;
        const isMore = entries.length > 0 && end < totalIn(text);
        return { ...sort(entries, readQueryEntry, 'submitted'), ...(isMore && { next: end }) };
      } catch (error) {
        throw new SourceDown(`arXiv did not answer: ${whatWentWrong(error)}`);
      }
    },
  };
}

/** How many papers a query found, of which a page is only a part. */
const totalIn = (text: string) => Number(/totalResults[^>]{0,200}>\s{0,20}(\d{1,9})/.exec(text)?.[1] ?? 0);

const empty: SourceAnswer = { records: [], days: [], rejected: [], unanswered: [] };

function join(answers: readonly SourceAnswer[]): SourceAnswer {
  return {
    records: answers.flatMap(({ records }) => records),
    days: [],
    rejected: answers.flatMap(({ rejected }) => rejected),
    unanswered: answers.flatMap(({ unanswered }) => unanswered),
  };
}

async function askFor(
  ids: readonly PaperId[],
  apiUrl: string,
  fetchText: FetchText,
  budget: TimeBudget,
): Promise<SourceAnswer> {
  const url = `${apiUrl}/api/query?id_list=${ids.join(',')}&max_results=${ids.length}`;
  let entries: readonly XmlElement[];
  try {
    entries = parseFeed(await fetchText(url, { ...feedQuestion, alsoAnswers: [400], budget })).entries;
  } catch (error) {
    return { ...empty, unanswered: [`query for ${ids.length} ids from ${ids[0]}: ${whatWentWrong(error)}`] };
  }
  const answer = sort(entries, readQueryEntry, 'query');
  const refused = ids.filter((id) => answer.rejected.some(({ reason }) => reason.split(' ').includes(id)));
  if (answer.records.length > 0 || refused.length === 0 || refused.length === ids.length) return answer;
  // One id that arXiv refuses costs a whole batch its answer.
  const rest = await askFor(
    ids.filter((id) => !refused.includes(id)),
    apiUrl,
    fetchText,
    budget,
  );
  return join([answer, rest]);
}

function sort(entries: readonly XmlElement[], read: (entry: XmlElement) => ReadEntry, place: string): SourceAnswer {
  const records: PaperRecord[] = [];
  const rejected: RejectedRecord[] = [];
  for (const [index, entry] of entries.entries()) {
    const result = isErrorEntry(entry) ? { reason: oneLine(childText(entry, 'summary'), 200) } : read(entry);
    const where = `arxiv ${place} entry ${index + 1} (${oneLine(childText(entry, 'id'), 100) || 'no id'})`;
    if ('reason' in result) rejected.push({ where, reason: result.reason });
    else records.push(result);
  }
  return { ...empty, records, rejected };
}

/** arXiv reports an error as an entry `Error` of an ordinary feed, with status 200 or 400. */
function isErrorEntry(entry: XmlElement): boolean {
  return childText(entry, 'title').trim() === 'Error' && childText(entry, 'id').includes('/api/errors');
}

const feedQuestion: Question = {
  objection: (text) => {
    if (!/<\/(?:\w+:)?feed>\s*$/.test(text)) return 'the answer is no whole Atom feed';
    // Feeds come back empty when arXiv is busy, though they count results.
    const isEmpty = !/<(?:\w+:)?entry[\s>]/.test(text) && /totalResults[^>]{0,200}>\s{0,20}0{0,20}[1-9]/.test(text);
    return isEmpty ? 'the answer is empty though it counts results' : undefined;
  },
};
