/** Key of the API's route that takes whatever has no route of its own. */
export const defaultRoute = '$default';

/** Paths that search a month of editions; each has a route of its own, with a low throttle. */
export const searchPaths = { search: '/search', preview: '/filters/preview', tryTopics: '/subscribe/try' } as const;
