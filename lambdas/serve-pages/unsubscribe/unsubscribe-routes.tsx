import type { Context, Hono } from 'hono';
import { deadLink, unkept } from '../frame/answers.js';
import { formBytes, readForm } from '../frame/read-form.js';
import { holderOf, type SignedLinkDeps, tokenOf } from '../frame/signed-link.js';
import { type EndSubscriptionDeps, endSubscription, type WayOut } from './end-subscription.js';
import { UnsubscribedPage, UnsubscribePage } from './pages/unsubscribe-pages.js';

/** Our own page's form says where it comes from; everything else is a mail program. */
async function wayOf(context: Context): Promise<WayOut> {
  const body = new Uint8Array(await context.req.arrayBuffer());
  if (body.length > formBytes) return 'one-click';
  const form = readForm(context.req.header('Content-Type'), body, { single: ['from'], repeated: [] });
  return form.ok && form.fields.from === 'page' ? 'unsubscribe page' : 'one-click';
}

/** The way out, for people and for mail programs. */
export function unsubscribeRoutes(app: Hono, deps: EndSubscriptionDeps & SignedLinkDeps): void {
  app.use('/unsubscribe', unkept);
  app.get('/unsubscribe', async (context) =>
    (await holderOf(context, 'unsubscribe', deps))
      ? context.html(<UnsubscribePage token={tokenOf(context)} />)
      : deadLink(context),
  );
  // RFC 8058: answered without redirect, cookie or Origin check, whatever the body; asking twice is no error.
  app.post('/unsubscribe', async (context) => {
    const subscriber = await holderOf(context, 'unsubscribe', deps);
    if (!subscriber) return deadLink(context);
    await endSubscription({ subscriber, way: await wayOf(context) }, deps);
    return context.html(<UnsubscribedPage />);
  });
}
