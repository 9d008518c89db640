import type { Context } from 'hono';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { changeSubscription } from '../change-subscription.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf } from '../frame/answers.js';
import { backToPage } from '../preferences/flash.js';
import { nextFeed } from './own-feed.js';

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
