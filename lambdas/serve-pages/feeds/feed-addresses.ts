import { plainFeedPaths, searchFeedPaths } from '../../../shared/contract/page-routes.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import { singleLine } from '../../../shared/domain/text/shown-text.js';
import type { PublicPage } from '../frame/pages/layout.js';

export const feedFormats = ['atom', 'json'] as const;

export type FeedFormat = (typeof feedFormats)[number];

/** What a page names as the feed of what it lists. */
type FeedLink = NonNullable<PublicPage['feed']>;

/** The feed of the newest edition, whichever that is. */
export function feedOfEdition(pagesUrl: string, format: FeedFormat = 'atom'): FeedLink {
  return { url: `${pagesUrl}${plainFeedPaths.edition[format]}`, title: 'Paperboy: the newest edition' };
}

/** The feed of a topic of the catalogue. */
export function feedOfTopic(
  pagesUrl: string,
  { id, name }: Pick<FilterTopic, 'id' | 'name'>,
  format: FeedFormat = 'atom',
): FeedLink {
  return { url: `${pagesUrl}/feeds/topics/${encodeURIComponent(id)}.${format}`, title: `Paperboy: ${name}` };
}

/** The feed of whatever a filter finds in the last 30 days, the newest papers first. */
export function feedOfSearch(pagesUrl: string, filter: string, format: FeedFormat = 'atom'): FeedLink {
  const query = new URLSearchParams({ q: filter });
  return { url: `${pagesUrl}${searchFeedPaths[format]}?${query}`, title: `Paperboy: ${singleLine(filter)}` };
}
