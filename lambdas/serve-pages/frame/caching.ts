import type { MiddlewareHandler } from 'hono';
import { etag } from 'hono/etag';

const withTag = etag({ weak: true });

/** Lets any cache keep a page that is the same for everybody for five minutes, and ask afterwards whether it changed. */
export const publicPage: MiddlewareHandler = (context, next) =>
  withTag(context, async () => {
    await next();
    const isPlain = context.res.status === 200 && !context.res.headers.has('Cache-Control');
    if (isPlain) context.header('Cache-Control', 'public, max-age=300');
  });

/** Keeps out of every cache what does not say that it may be kept: pages of one reader, and those that work only once. */
export const unkept: MiddlewareHandler = async (context, next) => {
  await next();
  if (!context.res.headers.has('Cache-Control')) context.header('Cache-Control', 'no-store');
};
