import type { Context, Hono } from 'hono';
import type { KnownStatus } from '../../../shared/domain/subscriber/lifecycle.js';
import type { SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { undoDays } from '../../../shared/mail/send/installation.js';
import { changeSubscription, type WayOut } from '../change-subscription.js';
import type { ServePagesDeps } from '../dependencies.js';
import { deadLink, ownForms } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { formBytes, readForm } from '../frame/read-form.js';
import { holderOf, tokenFor, tokenOf } from '../frame/signed-link.js';
import { nextDigestInWords } from '../next-digest.js';
import { endSubscription } from './end-subscription.js';
import {
  NothingSentPage,
  ResubscribedPage,
  StillSubscribedPage,
  UndoPage,
  UnsubscribedPage,
  UnsubscribePage,
} from './pages/unsubscribe-pages.js';

/** The way out, for people and for mail programs. */
export function unsubscribeRoutes(app: Hono, deps: ServePagesDeps): void {
  app.get('/unsubscribe', async (context) => {
    const subscriber = await holderOf(context, 'unsubscribe', deps);
    if (!subscriber) return deadLink(context);
    const isUnknown = (await deps.subscribers.statusOf(subscriber, deps.now())) === 'none';
    return context.html(isUnknown ? <NothingSentPage /> : <UnsubscribePage token={tokenOf(context)} />);
  });
  // RFC 8058: answered without redirect, cookie or Origin check, whatever the body; asking twice is no error.
  app.post('/unsubscribe', async (context) => {
    const subscriber = await holderOf(context, 'unsubscribe', deps);
    if (!subscriber) return deadLink(context);
    const result = await endSubscription(subscriber, await wayOf(context), deps);
    if (result === 'unknown') return context.html(<NothingSentPage />);
    const undoToken = await tokenFor(subscriber, 'resubscribe', deps);
    return context.html(<UnsubscribedPage undoToken={undoToken} />);
  });
  undoing(app, deps);
}

/** The way back from it, by the link in the goodbye. */
function undoing(app: Hono, deps: ServePagesDeps): void {
  app.use('/unsubscribe/undo', ownForms);
  app.get('/unsubscribe/undo', async (context) => {
    const { subscriber, status } = await leaverOf(context, deps);
    if (status === 'active' || status === 'paused') return context.html(<StillSubscribedPage />);
    return subscriber && status === 'unsubscribed'
      ? context.html(<UndoPage token={tokenOf(context)} />)
      : deadUndo(context);
  });
  app.post('/unsubscribe/undo', async (context) => {
    const { subscriber, status } = await leaverOf(context, deps);
    if (!subscriber) return deadUndo(context);
    if (status === 'active' || status === 'paused') return context.html(<StillSubscribedPage />);
    const change = { event: 'resubscribed' } as const;
    const result = await changeSubscription({ subscriber, status, at: deps.now() }, change, deps);
    if (result === 'refused') return deadUndo(context);
    return context.html(<ResubscribedPage next={await nextDigestInWords(subscriber, deps)} />);
  });
}

/** Whom the link of a goodbye names, and where they stand now; without a name it opens nothing. */
async function leaverOf(
  context: Context,
  deps: ServePagesDeps,
): Promise<{ subscriber: SubscriberId | undefined; status: KnownStatus }> {
  const subscriber = await holderOf(context, 'resubscribe', deps, undoDays);
  return { subscriber, status: subscriber ? await deps.subscribers.statusOf(subscriber, deps.now()) : 'none' };
}

/** The same for a link that is too old, was damaged, or belongs to somebody who is not merely unsubscribed. */
function deadUndo(context: Context) {
  const advice = `This link works for ${undoDays} days after you unsubscribe. To come back, fill in the form.`;
  return context.html(<AdvicePage title="This link does not work" advice={advice} />, 403);
}

/** Our own page's form says where it comes from; everything else is a mail program. */
async function wayOf(context: Context): Promise<WayOut> {
  const body = new Uint8Array(await context.req.arrayBuffer());
  if (body.length > formBytes) return 'one-click';
  const form = readForm(context.req.header('Content-Type'), body, { single: ['from'], repeated: [] });
  return form.ok && form.fields.from === 'page' ? 'unsubscribe page' : 'one-click';
}
