import { type CalendarDate, parseCalendarDate } from '../../../shared/domain/calendar-date.js';
import { listenOnLoopback, readUrl } from '../servers.js';

/** A loopback server that plays Hugging Face and arXiv, for all three base addresses. */
export interface PlayedApis {
  /** Without a trailing slash. */
  readonly url: string;
  close(): Promise<void>;
}

export interface PlayedAnswer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The recorded answers. */
export interface Recordings {
  /** The daily list of a day; empty when there is none. */
  listOf(date: CalendarDate): readonly unknown[];
  /** A recorded arXiv answer; `undefined` plays an empty feed. */
  arxivAnswer(asked: URL): Promise<PlayedAnswer | undefined>;
  /** Lists of later days are refused; without it no day is in the future. */
  today?(): CalendarDate;
}

/** Serves recordings as the two APIs would: paged lists, future days refused, feeds in arXiv's shape. */
export async function playApis(recordings: Recordings): Promise<PlayedApis> {
  const server = await listenOnLoopback();
  server.serve((request, response) => {
    const asked = readUrl(request);
    (asked ? answer(asked, recordings) : Promise.resolve(plain(400, 'Bad Request')))
      .catch((error: unknown) => plain(500, String(error)))
      .then(({ status, type, body }) => response.writeHead(status, { 'content-type': type }).end(body));
  });
  return server;
}

async function answer(asked: URL, recordings: Recordings): Promise<PlayedAnswer> {
  if (asked.pathname === '/api/daily_papers') return dailyPapers(asked.searchParams, recordings);
  const isFeed = asked.pathname.startsWith('/atom/');
  if (!isFeed && asked.pathname !== '/api/query') return plain(404, 'nothing is played here');
  return (await recordings.arxivAnswer(asked)) ?? atom(isFeed ? emptyDailyFeed : emptyQueryFeed);
}

function dailyPapers(query: URLSearchParams, { listOf, today }: Recordings): PlayedAnswer {
  const date = parseCalendarDate(query.get('date') ?? '');
  const limit = Number(query.get('limit') ?? 50);
  const page = Number(query.get('p') ?? 0);
  const isPage = Number.isInteger(page) && page >= 0 && Number.isInteger(limit) && limit >= 1 && limit <= 100;
  if (!date || !isPage || (today && date > today())) return json(400, { error: 'Invalid query' });
  return json(200, listOf(date).slice(page * limit, (page + 1) * limit));
}

function json(status: number, value: unknown): PlayedAnswer {
  return { status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) };
}

function plain(status: number, body: string): PlayedAnswer {
  return { status, type: 'text/plain; charset=utf-8', body };
}

/** An Atom answer. */
export function atom(body: string, status = 200): PlayedAnswer {
  return { status, type: 'application/atom+xml; charset=utf-8', body };
}

const head = `<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns="http://www.w3.org/2005/Atom">`;

const emptyQueryFeed = `${head}
  <id>https://arxiv.org/api/played</id>
  <title>arXiv Query: nothing recorded</title>
  <opensearch:itemsPerPage>0</opensearch:itemsPerPage>
  <opensearch:totalResults>0</opensearch:totalResults>
  <opensearch:startIndex>0</opensearch:startIndex>
</feed>
`;

const emptyDailyFeed = `${head}
  <id>http://rss.arxiv.org/atom/played</id>
  <title>updates on arXiv.org: nothing recorded</title>
</feed>
`;
