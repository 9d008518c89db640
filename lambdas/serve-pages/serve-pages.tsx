import { Hono, type MiddlewareHandler } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { compress } from 'hono/compress';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { TrieRouter } from 'hono/router/trie-router';
import { secureHeaders } from 'hono/secure-headers';
import {
  dayPath,
  defaultRoute,
  digestNowPath,
  searchFeedPaths,
  searchPaths,
} from '../../shared/contract/page-routes.js';
import { addressRoutes } from './address/address-routes.js';
import { dayRoutes } from './day/day-routes.js';
import type { ServePagesDeps } from './dependencies.js';
import { digestNowRoutes } from './digest-now/digest-now-routes.js';
import { editionRoutes } from './editions/edition-routes.js';
import { feedRoutes } from './feeds/feed-routes.js';
import { publicPage, unkept } from './frame/caching.js';
import { ownFiles } from './frame/own-files.js';
import { AdvicePage } from './frame/pages/layout.js';
import { PrivacyPage } from './frame/pages/privacy-page.js';
import { learnedRoutes } from './learned/learned-routes.js';
import { lessRoutes } from './less/less-routes.js';
import { likeRoutes } from './like/like-routes.js';
import { paperRoutes } from './papers/paper-routes.js';
import { preferencesRoutes } from './preferences/preferences-routes.js';
import { searchRoutes } from './search/search-routes.js';
import { statusRoutes } from './status/status-routes.js';
import { subscriptionRoutes } from './subscribe/subscription-routes.js';
import { topicRoutes } from './topics/topic-routes.js';
import { unsubscribeRoutes } from './unsubscribe/unsubscribe-routes.js';

interface Openness {
  /** What may style the page. */
  readonly styles: string[];
  /** What it may hold in a frame, and what may hold it so. */
  readonly frames: "'none'" | "'self'";
  readonly around: "'none'" | "'self'";
}

const headersWith = ({ styles, frames, around }: Openness) =>
  secureHeaders({
    contentSecurityPolicy: {
      defaultSrc: ["'none'"],
      scriptSrc: ["'self'"],
      connectSrc: ["'self'"],
      styleSrc: styles,
      imgSrc: ["'self'"],
      manifestSrc: ["'self'"],
      frameSrc: [frames],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: [around],
    },
    permissionsPolicy: { camera: [], geolocation: [], microphone: [], payment: [], usb: [], browsingTopics: [] },
    referrerPolicy: 'no-referrer',
    strictTransportSecurity: 'max-age=31536000',
    xFrameOptions: around === "'self'" ? 'SAMEORIGIN' : 'DENY',
  });

const ownHeaders = headersWith({ styles: ["'self'"], frames: "'self'", around: "'none'" });
// A mail has its styles in itself, and the page of a day is a mail; so is the digest that a form shows in a frame.
const mail: Pick<Openness, 'styles' | 'frames'> = { styles: ["'self'", "'unsafe-inline'"], frames: "'none'" };
const mailHeaders = new Map([
  [dayPath, headersWith({ ...mail, around: "'none'" })],
  [digestNowPath, headersWith({ ...mail, around: "'self'" })],
]);
const headers: MiddlewareHandler = (context, next) => (mailHeaders.get(context.req.path) ?? ownHeaders)(context, next);

const throttled = new Set<string>([
  ...Object.values(searchPaths),
  ...Object.values(searchFeedPaths),
  dayPath,
  digestNowPath,
]);

/**
 * Finds no search, and no day, at an address that the API did not take for one: `/./search` or `/%2573earch` come by the default
 * route and are read as `/search` here, past its throttle.
 */
const byItsOwnRoute: MiddlewareHandler = async (context, next) => {
  const { event }: { readonly event?: LambdaEvent } = context.env ?? {};
  const route = event && 'routeKey' in event ? event.routeKey : undefined;
  return route === defaultRoute && throttled.has(context.req.path) ? context.notFound() : next();
};

/** Pages that are the same for everybody. The front page is not: the stamp of its form serves once. */
const publicPaths = ['/privacy', '/how', '/hindsight', '/status', '/search', '/editions/*', '/topics/*', '/papers/*'];

/** Every page: a GET changes nothing, ever. */
export function servePages(deps: ServePagesDeps): Hono {
  // The default router first tries one that compiles all paths into an expression: more to load, and at the first request.
  const app = new Hono({ router: new TrieRouter() });
  app.use(headers);
  app.use(compress());
  app.use(unkept);
  app.use(byItsOwnRoute);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const advice = 'This page does not accept that kind of request. Start from the front page.';
        const page = <AdvicePage title="Request not allowed" advice={advice} />;
        return context.html(page, 405, { Allow: methods.join(', ') });
      },
    }),
  );
  for (const path of publicPaths) app.use(path, publicPage);
  ownFiles(app, deps);
  app.get('/privacy', (context) => context.html(<PrivacyPage {...deps.publisher} pagesUrl={deps.pagesUrl} />));
  editionRoutes(app, deps);
  topicRoutes(app, deps);
  statusRoutes(app, deps);
  paperRoutes(app, deps);
  searchRoutes(app, deps);
  feedRoutes(app, deps);
  subscriptionRoutes(app, deps);
  preferencesRoutes(app, deps);
  addressRoutes(app, deps);
  unsubscribeRoutes(app, deps);
  dayRoutes(app, deps);
  lessRoutes(app, deps);
  likeRoutes(app, deps);
  learnedRoutes(app, deps);
  digestNowRoutes(app, deps);
  app.notFound((context) => {
    const advice =
      'There is no page at this address. It may be mistyped. Every edition is in the calendar at “Editions”.';
    return context.html(<AdvicePage title="Page not found" advice={advice} />, 404);
  });
  app.onError((error, context) => {
    // Neither the address that was asked for nor the error's text: either may hold a token or an email address.
    deps.warn('a page failed', { page: routePath(context, -1), error: error.name });
    const advice = 'The fault is on our side. Please try again in a minute.';
    return context.html(<AdvicePage title="Something went wrong" advice={advice} />, 500);
  });
  return app;
}
