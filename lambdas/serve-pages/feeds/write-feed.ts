import { Feed } from 'feed';
import type { FeedFormat } from './feed-addresses.js';
import { escaped, type FeedDocument, type FeedEntry } from './feed-entry.js';

/** How a feed is written in each format, and its media type. */
export const feedWriters: Readonly<Record<FeedFormat, { type: string; write: (feed: FeedDocument) => string }>> = {
  atom: { type: 'application/atom+xml; charset=utf-8', write: writeAtom },
  json: { type: 'application/feed+json; charset=utf-8', write: writeJsonFeed },
};

/** The library takes `&amp;` in a plain text for an ampersand that was escaped before. */
const plain = (text: string) => text.replaceAll('&', '&amp;');

const ours = { name: 'Paperboy' };

/** Format: https://www.rfc-editor.org/rfc/rfc4287 */
function writeAtom({ id, title, description, pageUrl, url, updatedAt, entries }: FeedDocument): string {
  const feed = new Feed({
    id,
    title: plain(title),
    description: plain(description),
    link: pageUrl,
    ...(url !== undefined && { feedLinks: { atom: url } }),
    updated: new Date(updatedAt),
    generator: ours.name,
    // Whoever wrote the entries that name nobody.
    author: ours,
  });
  for (const entry of entries) {
    feed.addItem({
      id: entry.url,
      link: entry.url,
      // Both are HTML in CDATA, which ends at `]]>` and not at the escaped `]]&gt;`.
      title: escaped(entry.title),
      content: entry.html,
      ...(entry.summary !== '' && { description: escaped(entry.summary) }),
      author: entry.authors.map((name) => ({ name: plain(name) })),
      category: entry.categories.map((term) => ({ term })),
      published: new Date(entry.publishedAt),
      date: new Date(entry.updatedAt),
    });
  }
  return withRelated(feed.atom1(), entries);
}

/**
 * The library writes one link an entry, and has no way to write another. Texts hold no markup that is not escaped, so that
 * these are the links.
 */
function withRelated(atom: string, entries: readonly FeedEntry[]): string {
  let place = 0;
  return atom.replace(/<link href="[^"]*"\/>/g, (link) => {
    const { externalUrl = '' } = entries[place] ?? {};
    place += 1;
    return `${link}\n        <link rel="related" href="${externalUrl}"/>`;
  });
}

/** The library writes version 1, with one author a paper and no address elsewhere. Format: https://www.jsonfeed.org/version/1.1/ */
function writeJsonFeed({ title, description, pageUrl, url, entries }: FeedDocument): string {
  const isoTime = (at: number) => new Date(at).toISOString();
  const feed = {
    version: 'https://jsonfeed.org/version/1.1',
    title,
    description,
    home_page_url: pageUrl,
    ...(url !== undefined && { feed_url: url }),
    language: 'en',
    authors: [ours],
    items: entries.map((entry) => ({
      id: entry.url,
      url: entry.url,
      external_url: entry.externalUrl,
      title: entry.title,
      content_html: entry.html,
      ...(entry.summary !== '' && { summary: entry.summary }),
      date_published: isoTime(entry.publishedAt),
      date_modified: isoTime(entry.updatedAt),
      ...(entry.authors.length > 0 && { authors: entry.authors.map((name) => ({ name })) }),
      ...(entry.categories.length > 0 && { tags: entry.categories }),
    })),
  };
  return `${JSON.stringify(feed)}\n`;
}
