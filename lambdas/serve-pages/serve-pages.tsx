import { Hono, type MiddlewareHandler } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { TrieRouter } from 'hono/router/trie-router';
import { secureHeaders } from 'hono/secure-headers';
import { dayPath, defaultRoute, digestNowPath, searchPaths } from '../../shared/contract/page-routes.js';
import { parseCalendarDate } from '../../shared/domain/calendar-date.js';
import { addressRoutes } from './address/address-routes.js';
import { dayRoutes } from './day/day-routes.js';
import type { ServePagesDeps } from './dependencies.js';
import { digestNowRoutes } from './digest-now/digest-now-routes.js';
import { EditionPage } from './editions/pages/edition-page.js';
import { HindsightPage } from './editions/pages/hindsight-page.js';
import { HowPage } from './editions/pages/how-page.js';
import { AdvicePage, icon } from './frame/pages/layout.js';
import { PrivacyPage } from './frame/pages/privacy-page.js';
import { script, solverPath } from './frame/pages/script.js';
import { stylesheet } from './frame/pages/stylesheet.js';
import { lessRoutes } from './less/less-routes.js';
import { preferencesRoutes } from './preferences/preferences-routes.js';
import { searchRoutes } from './search/search-routes.js';
import solver from './subscribe/solver.json';
import { subscriptionRoutes } from './subscribe/subscription-routes.js';
import { unsubscribeRoutes } from './unsubscribe/unsubscribe-routes.js';

const shownHindsights = 30;

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
      frameSrc: [frames],
      formAction: ["'self'"],
      baseUri: ["'none'"],
      frameAncestors: [around],
    },
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

const throttled = new Set<string>([...Object.values(searchPaths), dayPath, digestNowPath]);

/**
 * Finds no search, and no day, at an address that the API did not take for one: `/./search` or `/%2573earch` come by the default
 * route and are read as `/search` here, past its throttle.
 */
const byItsOwnRoute: MiddlewareHandler = async (context, next) => {
  const { event }: { readonly event?: LambdaEvent } = context.env ?? {};
  const route = event && 'routeKey' in event ? event.routeKey : undefined;
  return route === defaultRoute && throttled.has(context.req.path) ? context.notFound() : next();
};

/** Every page: a GET changes nothing, ever. */
export function servePages(deps: ServePagesDeps): Hono {
  // The default router first tries one that compiles all paths into an expression: more to load, and at the first request.
  const app = new Hono({ router: new TrieRouter() });
  app.use(headers);
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
  publicRoutes(app, deps);
  searchRoutes(app, deps);
  subscriptionRoutes(app, deps);
  preferencesRoutes(app, deps);
  addressRoutes(app, deps);
  unsubscribeRoutes(app, deps);
  dayRoutes(app, deps);
  lessRoutes(app, deps);
  digestNowRoutes(app, deps);
  app.notFound((context) => {
    const advice =
      'There is no page at this address. It may be mistyped, or belong to a day on which no edition was published.';
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

/** What is the same for everybody: editions and how they held up, the privacy page, and the pages' own files. */
function publicRoutes(app: Hono, { editions, hindsights, publisher }: ServePagesDeps): void {
  for (const { path, type, text } of [stylesheet, script, { ...script, path: solverPath, text: solver.text }, icon]) {
    app.get(path, (context) =>
      context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=3600' }),
    );
  }
  app.get('/privacy', (context) => context.html(<PrivacyPage {...publisher} />));
  app.get('/how', (context) => context.html(<HowPage />));
  app.get('/hindsight', async (context) =>
    context.html(<HindsightPage hindsights={await hindsights.newest(shownHindsights)} />),
  );
  app.get('/editions/:date', async (context) => {
    const date = parseCalendarDate(context.req.param('date'));
    const edition = date && (await editions.find(date));
    if (!edition) return context.notFound();
    return context.html(<EditionPage edition={edition} withdrawn={new Set(await editions.withdrawn())} />);
  });
}
