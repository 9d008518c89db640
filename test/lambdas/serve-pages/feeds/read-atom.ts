import { parseXml, XmlCdata, XmlElement, XmlText } from '@rgrove/parse-xml';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import RssParser from 'rss-parser';

/** What a reader of feeds makes of an entry. */
export interface ReadEntry {
  readonly id: string;
  /** HTML, as `content` is. */
  readonly title: string;
  readonly summary: string;
  readonly content: string;
  readonly authors: readonly string[];
  readonly categories: readonly string[];
  readonly links: readonly string[];
  readonly updated: string;
  readonly published: string;
}

export interface ReadFeed {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly entries: readonly ReadEntry[];
}

/** Independent readers of Atom, none of which shares a tokenizer with another. */
export const atomReaders: readonly (readonly [string, (atom: string) => Promise<ReadFeed>])[] = [
  ['@rgrove/parse-xml', async (atom) => readByParseXml(atom)],
  ['fast-xml-parser', async (atom) => readByFastXml(atom)],
  ['rss-parser', readByRssParser],
];

function readByParseXml(atom: string): ReadFeed {
  const { root } = parseXml(atom, { preserveCdata: true });
  if (!root) throw new Error('no root');
  const all = (parent: XmlElement, name: string) =>
    parent.children.filter((child): child is XmlElement => child instanceof XmlElement && child.name === name);
  const textOf = (element: XmlElement | undefined) =>
    (element?.children ?? [])
      .map((child) => (child instanceof XmlText || child instanceof XmlCdata ? child.text : ''))
      .join('');
  const one = (parent: XmlElement, name: string) => textOf(all(parent, name)[0]);
  const entries = all(root, 'entry').map((entry) => ({
    id: one(entry, 'id'),
    title: one(entry, 'title'),
    summary: one(entry, 'summary'),
    content: one(entry, 'content'),
    authors: all(entry, 'author').map((author) => one(author, 'name')),
    categories: all(entry, 'category').map(({ attributes }) => attributes.term ?? ''),
    links: all(entry, 'link').map(({ attributes }) => `${attributes.rel ?? 'alternate'} ${attributes.href}`),
    updated: one(entry, 'updated'),
    published: one(entry, 'published'),
  }));
  return { id: one(root, 'id'), title: one(root, 'title'), updated: one(root, 'updated'), entries };
}

type Node = Readonly<Record<string, unknown>>;

const listed = ['entry', 'author', 'category', 'link'];

function readByFastXml(atom: string): ReadFeed {
  const validity = XMLValidator.validate(atom);
  if (validity !== true) throw new Error(validity.err.msg);
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '@',
    parseTagValue: false,
    trimValues: false,
    processEntities: { enabled: true, maxTotalExpansions: 1e6, maxExpandedLength: 1e8 },
    isArray: (name) => listed.includes(name),
  });
  const { feed } = parser.parse(atom) as { readonly feed: Node };
  const textOf = (value: unknown): string => {
    if (typeof value === 'object' && value !== null && '#text' in value) return String(value['#text']);
    return typeof value === 'string' ? value : '';
  };
  const all = (parent: Node, name: string) => (parent[name] ?? []) as readonly Node[];
  const entries = all(feed, 'entry').map((entry) => ({
    id: textOf(entry.id),
    title: textOf(entry.title),
    summary: textOf(entry.summary),
    content: textOf(entry.content),
    authors: all(entry, 'author').map(({ name }) => textOf(name)),
    categories: all(entry, 'category').map((category) => String(category['@term'])),
    links: all(entry, 'link').map((link) => `${link['@rel'] ?? 'alternate'} ${link['@href']}`),
    updated: textOf(entry.updated),
    published: textOf(entry.published),
  }));
  return { id: textOf(feed.id), title: textOf(feed.title), updated: textOf(feed.updated), entries };
}

interface RssItem {
  readonly authors?: readonly { readonly name: readonly string[] }[];
  readonly categories?: readonly { readonly $: { readonly term: string } }[];
  readonly links?: readonly { readonly $: { readonly rel?: string; readonly href: string } }[];
  readonly updated?: string;
  readonly published?: string;
}

async function readByRssParser(atom: string): Promise<ReadFeed> {
  const parser = new RssParser<{ readonly id: string; readonly updated: string }, RssItem>({
    customFields: {
      feed: ['id', 'updated'],
      item: [
        ['author', 'authors', { keepArray: true }],
        ['category', 'categories', { keepArray: true }],
        ['link', 'links', { keepArray: true }],
        'updated',
        'published',
      ] as never[],
    },
  });
  const { id, title = '', updated, items } = await parser.parseString(atom);
  const entries = items.map((item) => ({
    id: (item as { readonly id?: string }).id ?? '',
    title: item.title ?? '',
    summary: item.summary ?? '',
    content: item.content ?? '',
    authors: (item.authors ?? []).flatMap(({ name }) => name),
    categories: ((item.categories ?? []) as RssItem['categories'] & object).map(({ $ }) => $.term),
    links: (item.links ?? []).map(({ $ }) => `${$.rel ?? 'alternate'} ${$.href}`),
    updated: item.updated ?? '',
    published: item.published ?? '',
  }));
  return { id, title, updated, entries };
}
