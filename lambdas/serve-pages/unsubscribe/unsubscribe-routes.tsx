import type { Context, Hono } from 'hono';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { changeSubscription, type WayOut } from '../change-subscription.js';
import type { ServePagesDeps } from '../dependencies.js';
import { deadLink, unkept } from '../frame/answers.js';
import { formBytes, readForm } from '../frame/read-form.js';
import { holderOf, tokenOf } from '../frame/signed-link.js';
import { UnsubscribedPage, UnsubscribePage } from './pages/unsubscribe-pages.js';

/** The way out, for people and for mail programs. */
export function unsubscribeRoutes(app: Hono, deps: ServePagesDeps): void {
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
    await endSubscription(subscriber, await wayOf(context), deps);
    return context.html(<UnsubscribedPage />);
  });
}

/** Our own page's form says where it comes from; everything else is a mail program. */
async function wayOf(context: Context): Promise<WayOut> {
  const body = new Uint8Array(await context.req.arrayBuffer());
  if (body.length > formBytes) return 'one-click';
  const form = readForm(context.req.header('Content-Type'), body, { single: ['from'], repeated: [] });
  return form.ok && form.fields.from === 'page' ? 'unsubscribe page' : 'one-click';
}

/** Asking twice is no error. Only people who leave by the page get a goodbye: no mail follows a one-click. */
async function endSubscription(subscriber: SubscriberId, way: WayOut, deps: ServePagesDeps): Promise<void> {
  const at = deps.now();
  const status = await deps.subscribers.statusOf(subscriber, at);
  const result = await changeSubscription({ subscriber, status, at }, { event: 'unsubscribed', way }, deps);
  if (result === 'changed' && way === 'unsubscribe page') await deps.enqueue([{ kind: 'goodbye', subscriber }]);
}
