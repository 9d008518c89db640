import { type Context, Hono } from 'hono';
import { secureHeaders } from 'hono/secure-headers';
import { dateOf, dayMs, type Instant, parseCalendarDate } from '../../shared/domain/calendar-date.js';
import type { SubscriberId } from '../../shared/domain/subscriber.js';
import { resolveTopics, type Topic } from '../../shared/domain/topic.js';
import type { Keys } from '../../shared/runtime/keys.js';
import { signToken, type TokenScope, verifyToken } from '../../shared/runtime/tokens.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { SubscriberRepository } from '../../shared/storage/subscribers-repository.js';
import { EditionPage, NoEditionPage } from './pages/edition-page.js';
import { stylesheet } from './pages/stylesheet.js';
import { NoticePage, PreferencesPage, UnsubscribedPage, UnsubscribePage } from './pages/subscription-pages.js';

/** Links in mails open for a year. */
const tokenLifeDays = 365;

export interface ServePagesDeps {
  readonly editions: Pick<EditionRepository, 'find' | 'newest'>;
  readonly subscribers: Pick<SubscriberRepository, 'load' | 'stop'>;
  readonly keys: () => Promise<Keys>;
  readonly catalogue: readonly Topic[];
  readonly contact: string;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** Whom a token in the address names; `undefined` when it opens nothing. */
async function holderOf(context: Context, scope: TokenScope, deps: ServePagesDeps): Promise<SubscriberId | undefined> {
  const today = Math.floor(deps.now() / dayMs);
  const { signing } = await deps.keys();
  const claims = verifyToken(signing, scope, context.req.query('token') ?? '', today, tokenLifeDays);
  return claims?.subscriber as SubscriberId | undefined;
}

function deadLink(context: Context) {
  const text = 'This link is not complete or too old. Take the one from your newest digest.';
  return context.html(<NoticePage title="This link does not open" text={text} />, 403);
}

/** Every page: a GET changes nothing, ever. */
export function servePages(deps: ServePagesDeps): Hono {
  const app = new Hono();
  app.use(
    secureHeaders({
      contentSecurityPolicy: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
      referrerPolicy: 'no-referrer',
    }),
  );
  publicPages(app, deps);
  subscriberPages(app, deps);
  app.notFound((context) =>
    context.html(<NoticePage title="Not found" text="There is no page at this address." />, 404),
  );
  app.onError((error, context) => {
    deps.warn('a page failed', { page: context.req.path, error: error.name });
    return context.html(<NoticePage title="Something broke" text="Please try again in a minute." />, 500);
  });
  return app;
}

function publicPages(app: Hono, deps: ServePagesDeps): void {
  app.get(stylesheet.path, (context) =>
    context.body(stylesheet.text, 200, {
      'Content-Type': 'text/css; charset=utf-8',
      'Cache-Control': 'public, max-age=3600',
    }),
  );
  app.get('/', async (context) => {
    const edition = await deps.editions.newest(dateOf(deps.now()));
    return context.html(edition ? <EditionPage edition={edition} /> : <NoEditionPage />);
  });
  app.get('/editions/:date', async (context) => {
    const date = parseCalendarDate(context.req.param('date'));
    const edition = date && (await deps.editions.find(date));
    return edition ? context.html(<EditionPage edition={edition} />) : context.notFound();
  });
}

function subscriberPages(app: Hono, deps: ServePagesDeps): void {
  app.use('/unsubscribe', personal);
  app.use('/preferences', personal);
  app.get('/unsubscribe', async (context) =>
    (await holderOf(context, 'unsubscribe', deps))
      ? context.html(<UnsubscribePage token={context.req.query('token') ?? ''} />)
      : deadLink(context),
  );
  // RFC 8058: answered without redirect, cookie or Origin check, whatever the body; asking twice is no error.
  app.post('/unsubscribe', async (context) => {
    const subscriber = await holderOf(context, 'unsubscribe', deps);
    if (!subscriber) return deadLink(context);
    await deps.subscribers.stop(subscriber, 'unsubscribed', deps.now());
    return context.html(<UnsubscribedPage />);
  });
  app.get('/preferences', async (context) => {
    const id = await holderOf(context, 'preferences', deps);
    const [subscriber] = id ? await deps.subscribers.load([id]) : [];
    if (!subscriber) return deadLink(context);
    const { signing } = await deps.keys();
    const claims = { subscriber: subscriber.id, issuedOn: Math.floor(deps.now() / dayMs) };
    return context.html(
      <PreferencesPage
        profile={subscriber.profile}
        topics={resolveTopics(subscriber.profile.topics, deps.catalogue).topics}
        isActive={subscriber.state.status === 'active'}
        contact={deps.contact}
        unsubscribeToken={signToken(signing[0], 'unsubscribe', claims)}
      />,
    );
  });
}

/** Personal pages are kept by no cache. */
async function personal(context: Context, next: () => Promise<void>): Promise<void> {
  await next();
  context.header('Cache-Control', 'no-store');
}
