/** Key of the API's route that takes whatever has no route of its own. */
export const defaultRoute = '$default';

/** Path of a reader's own page of a day; it has a route and a throttle of its own. */
export const dayPath = '/day';

/** Path of what a reader can leave out because of a day's papers. */
export const lessPath = '/less';

/** Path of what a reader wants more or less of because of a day's papers. */
export const likePath = '/like';

/** Paths that search a month of editions; each has a route of its own, with a low throttle. */
export const searchPaths = { search: '/search', preview: '/filters/preview', tryTopics: '/subscribe/try' } as const;

/** Paths that do so for a feed, by its format. */
export const searchFeedPaths = { atom: '/feeds/search.atom', json: '/feeds/search.json' } as const;

/** The route of both, and of whatever else is directly below `/feeds` and has no route of its own. */
export const searchFeedsRoute = '/feeds/{feed}';

/** Paths of the feeds beside those, which search nothing. */
export const plainFeedPaths = {
  edition: { atom: '/feeds/edition.atom', json: '/feeds/edition.json' },
  own: { atom: '/feeds/own.atom', json: '/feeds/own.json' },
} as const;

/** Path that shows today's digest for what a form has chosen; it has a route and a throttle of its own. */
export const digestNowPath = '/digest-now';
