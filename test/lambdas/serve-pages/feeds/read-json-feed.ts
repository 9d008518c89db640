const time = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

type Rule = (value: unknown) => boolean;

const isText: Rule = (value) => typeof value === 'string' && value !== '' && !/\p{Cs}/u.test(value);
const isTime: Rule = (value) => typeof value === 'string' && time.test(value);
const isUrl: Rule = (value) => typeof value === 'string' && /^https?:/.test(value) && URL.canParse(value);
const isAuthors: Rule = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((author) => isText((author as { name?: unknown }).name));
const isTags: Rule = (value) => Array.isArray(value) && value.every(isText);

/** The fields that the format has and we may write; those with `true` must be there. */
const feedRules: Readonly<Record<string, readonly [Rule, boolean]>> = {
  version: [(value) => value === 'https://jsonfeed.org/version/1.1', true],
  title: [isText, true],
  description: [isText, false],
  home_page_url: [isUrl, false],
  feed_url: [isUrl, false],
  language: [(value) => value === 'en', false],
  authors: [isAuthors, false],
  items: [Array.isArray, true],
};

const itemRules: Readonly<Record<string, readonly [Rule, boolean]>> = {
  id: [isText, true],
  url: [isUrl, false],
  external_url: [isUrl, false],
  title: [isText, false],
  content_html: [isText, true],
  summary: [isText, false],
  date_published: [isTime, false],
  date_modified: [isTime, false],
  authors: [isAuthors, false],
  tags: [isTags, false],
};

function faultsOf(value: Readonly<Record<string, unknown>>, rules: typeof feedRules, where: string): string[] {
  const unknown = Object.keys(value).filter((name) => !Object.hasOwn(rules, name));
  const broken = Object.entries(rules).flatMap(([name, [holds, isNeeded]]) =>
    name in value ? (holds(value[name]) ? [] : [name]) : isNeeded ? [name] : [],
  );
  return [...unknown, ...broken].map((name) => `${where}.${name}`);
}

/** What breaks the rules of JSON Feed, by field: https://www.jsonfeed.org/version/1.1/ */
export function jsonFeedFaults(feed: { readonly items: readonly Record<string, unknown>[] }): string[] {
  const ids = feed.items.map(({ id }) => id);
  return [
    ...faultsOf({ ...feed }, feedRules, 'feed'),
    ...feed.items.flatMap((item, index) => faultsOf(item, itemRules, `items[${index}]`)),
    ...(new Set(ids).size === ids.length ? [] : ['two items have one id']),
  ];
}
