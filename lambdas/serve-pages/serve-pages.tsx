import { Hono } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import { routePath } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import { type PublicRoutesDeps, publicRoutes } from './editions/public-routes.js';
import { AdvicePage } from './frame/pages/message-page.js';
import { type PreferencesRoutesDeps, preferencesRoutes } from './preferences/preferences-routes.js';
import { type SearchRoutesDeps, searchRoutes } from './search/search-routes.js';
import { type SubscriptionRoutesDeps, subscriptionRoutes } from './subscribe/subscription-routes.js';
import type { EndSubscriptionDeps } from './unsubscribe/end-subscription.js';
import { unsubscribeRoutes } from './unsubscribe/unsubscribe-routes.js';

export type ServePagesDeps = PublicRoutesDeps &
  SearchRoutesDeps &
  SubscriptionRoutesDeps &
  PreferencesRoutesDeps &
  EndSubscriptionDeps & { readonly warn: (message: string, what: object) => void };

const headers = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    connectSrc: ["'self'"],
    styleSrc: ["'self'"],
    imgSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: 'no-referrer',
  strictTransportSecurity: 'max-age=31536000',
  xFrameOptions: 'DENY',
});

/** Every page: a GET changes nothing, ever. */
export function servePages(deps: ServePagesDeps): Hono {
  const app = new Hono();
  app.use(headers);
  app.use(
    methodNotAllowed({
      app,
      onMethodNotAllowed: (context, methods) => {
        const advice = 'This page cannot be used in that way. Begin at the front page.';
        const page = <AdvicePage title="Not like this" advice={advice} />;
        return context.html(page, 405, { Allow: methods.join(', ') });
      },
    }),
  );
  publicRoutes(app, deps);
  searchRoutes(app, deps);
  subscriptionRoutes(app, deps);
  preferencesRoutes(app, deps);
  unsubscribeRoutes(app, deps);
  app.notFound((context) => {
    const advice = 'There is no page at this address. It may have been mistyped, or be of a day without an edition.';
    return context.html(<AdvicePage title="Not found" advice={advice} />, 404);
  });
  app.onError((error, context) => {
    // Neither the address that was asked for nor the error's text: either may hold a token or a mail address.
    deps.warn('a page failed', { page: routePath(context, -1), error: error.name });
    const advice = 'Something broke on our side. Please try again in a minute.';
    return context.html(<AdvicePage title="That did not work" advice={advice} />, 500);
  });
  return app;
}
