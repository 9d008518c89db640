import type { CalendarDate } from '../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../shared/domain/paper/paper-id.js';
import { type Arxiv, arxiv } from '../../../shared/sources/arxiv.js';
import { children, childText, parseFeed, type XmlElement } from '../../../shared/sources/arxiv-xml.js';
import { huggingFace } from '../../../shared/sources/hugging-face.js';
import { paced } from '../../../shared/sources/paced.js';
import type { PaperSource } from '../../../shared/sources/paper-source.js';
import { politeFetch } from '../../../shared/sources/polite-fetch.js';

/** What the two sources answer; what is left out is empty. */
export interface Played {
  readonly listOf?: (date: CalendarDate) => readonly unknown[];
  readonly feed?: string;
  readonly describe?: (ids: readonly string[]) => string | Response;
}

/** Both sources as the product reads them, over answers that are played, in a time that passes by waiting alone. */
export interface PlayedSources {
  readonly huggingFace: PaperSource;
  readonly arxiv: Arxiv;
  /** When each request was made, in milliseconds of that time. */
  readonly askedAt: readonly number[];
}

const url = 'https://played.example';

/** arXiv's empty answer, to the query API and to the feed alike. */
export const emptyFeed = '<feed xmlns="http://www.w3.org/2005/Atom"><id>played</id></feed>';

/** Opens the sources over played answers. */
export function playSources({
  listOf = () => [],
  feed = emptyFeed,
  describe = () => emptyFeed,
}: Played): PlayedSources {
  let now = 0;
  const askedAt: number[] = [];
  const sleep = async (ms: number) => {
    now += ms;
  };
  const answer = ({ pathname, searchParams }: URL): string | Response => {
    if (pathname.startsWith('/atom/')) return feed;
    if (pathname === '/api/query') return describe((searchParams.get('id_list') ?? '').split(','));
    return JSON.stringify(searchParams.get('p') === '0' ? listOf(searchParams.get('date') as CalendarDate) : []);
  };
  const polite = {
    contact: 'admin@example.org',
    fetch: async (asked: string | URL | Request) => {
      askedAt.push(now);
      const played = answer(new URL(String(asked)));
      return typeof played === 'string' ? new Response(played) : played;
    },
    sleep,
    random: () => 0,
    now: () => now,
  };
  const fetchText = politeFetch({ ...polite, gate: paced(3000, sleep, polite.now) });
  return {
    askedAt,
    huggingFace: huggingFace({ baseUrl: url, fetchText: politeFetch(polite) }),
    arxiv: arxiv({ feedUrl: url, apiUrl: url, categories: ['cs.AI'], fetchText }),
  };
}

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const tag = (name: string, text: string) => `<${name}>${escaped(text)}</${name}>`;

function queryEntry(entry: XmlElement): string {
  const id = childText(entry, 'id').replace(/^oai:arXiv\.org:/, 'http://arxiv.org/abs/');
  const summary = childText(entry, 'summary').replace(/^\s*arXiv:\S+\s+Announce Type:\s*\S+\s+(?:Abstract:\s*)?/i, '');
  const categories = children(entry, 'category').map(({ attributes }) => `<category term="${attributes.term}"/>`);
  const texts = ['title', 'updated', 'published', 'comment'].map((name) => tag(name, childText(entry, name)));
  const author = `<author>${tag('name', childText(entry, 'creator'))}</author>`;
  return `<entry>${tag('id', id)}${texts.join('')}${tag('summary', summary)}${categories.join('')}${author}</entry>`;
}

/** What arXiv's query API knows of papers once these feeds were announced: the newest entry of each. */
export function knownFrom(feeds: readonly string[]): (ids: readonly string[]) => string {
  const entries = feeds.flatMap((feed) => parseFeed(feed).entries).reverse();
  return (ids) => {
    const found = ids.flatMap((id) => {
      const newest = entries.find((entry) => childText(entry, 'id').replace(/v\d+$/, '').endsWith(id));
      return newest ? [queryEntry(newest)] : [];
    });
    return `<feed xmlns="http://www.w3.org/2005/Atom"><id>played</id>${found.join('')}</feed>`;
  };
}

/** The ids of the entries in an answer of the query API, without their versions. */
export function idsIn(answer: string): PaperId[] {
  return [...answer.matchAll(/arxiv\.org\/abs\/([^<\s]+?)(?:v\d+)?\s*</g)].map(([, id]) => id as PaperId);
}
