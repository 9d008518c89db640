/** Key of the API's route that takes whatever has no route of its own. */
export const defaultRoute = '$default';

/** Path of a reader's own page of a day; it has a route and a throttle of its own. */
export const dayPath = '/day';

/** Path of what a reader can leave out because of a day's papers. */
export const lessPath = '/less';

/** Paths that search a month of editions; each has a route of its own, with a low throttle. */
export const searchPaths = { search: '/search', preview: '/filters/preview', tryTopics: '/subscribe/try' } as const;

/** Path that shows today's digest for what a form has chosen; it has a route and a throttle of its own. */
export const digestNowPath = '/digest-now';
