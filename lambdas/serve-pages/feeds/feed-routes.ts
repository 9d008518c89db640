import type { Context, Hono } from 'hono';
import { plainFeedPaths, searchFeedPaths } from '../../../shared/contract/page-routes.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { changeSubscription } from '../change-subscription.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf } from '../frame/answers.js';
import { publicPage } from '../frame/caching.js';
import { tokenOf } from '../frame/signed-link.js';
import { backToPage } from '../preferences/flash.js';
import { type FeedFormat, feedFormats } from './feed-addresses.js';
import type { FeedDocument } from './feed-entry.js';
import { nextFeed, type OwnFeedDeps, openOwnFeed } from './own-feed.js';
import { editionFeed, type PublicFeedDeps, searchFeed, topicFeed } from './public-feeds.js';
import { feedWriters } from './write-feed.js';

/** Feeds for programs that read them: each in two formats, at an address that ends with the format's name. */
export function feedRoutes(app: Hono, deps: PublicFeedDeps & OwnFeedDeps): void {
  for (const format of feedFormats) {
    app.get(plainFeedPaths.edition[format], publicPage, async (context) =>
      written(context, format, await editionFeed(format, deps)),
    );
    app.get(searchFeedPaths[format], publicPage, async (context) => {
      const found = await searchFeed({ filter: context.req.query('q') ?? '', format }, deps);
      return 'feed' in found ? written(context, format, found.feed) : context.text(`${found.problem}\n`, 422);
    });
    app.get(plainFeedPaths.own[format], async (context) => {
      context.header('X-Robots-Tag', 'noindex');
      const feed = await openOwnFeed(tokenOf(context), deps);
      if (feed !== 'void') return written(context, format, feed);
      const advice =
        'This address is no longer valid. Open the preferences link in your latest digest for the present one.';
      return context.text(`${advice}\n`, 403);
    });
  }
  app.get('/feeds/topics/:topic{[^/]+\\.(?:atom|json)}', publicPage, async (context) => {
    const asked = context.req.param('topic');
    const format = asked.endsWith('.atom') ? 'atom' : 'json';
    const feed = await topicFeed({ topic: asked.slice(0, -'.atom'.length), format }, deps);
    return feed ? written(context, format, feed) : context.notFound();
  });
}

function written(context: Context, format: FeedFormat, feed: FeedDocument) {
  const { type, write } = feedWriters[format];
  return context.body(write(feed), 200, { 'Content-Type': type });
}

/** Gives the private feed of a subscriber a new address, or none; either makes the one before void. */
export async function changeFeed(context: Context, { id, state, profile }: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['feed'], repeated: [] });
  if (fields instanceof Response) return fields;
  const isOff = fields.feed === 'off';
  if (!isOff && fields.feed !== 'new') return backToPage(context, 'feed-as-before');
  const at = deps.now();
  const { feed, ...others } = profile;
  const changed = isOff ? others : { ...others, feed: nextFeed(at, feed) };
  const standing = { subscriber: id, status: state.status, at };
  const result = await changeSubscription(standing, { event: 'changed', profile: changed }, deps);
  if (result === 'refused') return backToPage(context, 'not-saved');
  return backToPage(context, isOff ? 'feed-off' : 'feed-new');
}
