import { Hono } from 'hono';
import { TrieRouter } from 'hono/router/trie-router';
import { addDays, dateOf, type Instant, minuteMs } from '../../shared/domain/calendar-date.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import type { MonthRepository } from '../../shared/storage/months-repository.js';

export interface FreshPagesDeps {
  readonly editions: Pick<EditionRepository, 'before'>;
  readonly months: Pick<MonthRepository, 'headOf'>;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/**
 * Pages remember editions as if nothing ever changed them, but the newest one may be remade, and what is made of it a little later.
 * Asked once a minute, before somebody looks at a page; when it is another, the pages are opened anew and remember nothing.
 */
export function freshPages(open: () => Hono, { editions, months, warn, now }: FreshPagesDeps): Hono {
  let pages = open();
  let known: string | undefined;
  let askedAt = Number.NEGATIVE_INFINITY;

  async function nameOfNewest(): Promise<string> {
    const newest = await editions.before(addDays(dateOf(now()), 1));
    const month = newest && (await months.headOf(newest.date));
    return JSON.stringify([newest, month?.hash, month?.sources[0]?.texts]);
  }

  async function look(): Promise<void> {
    if (now() - askedAt < minuteMs) return;
    askedAt = now();
    const name = await nameOfNewest();
    if (known !== undefined && name !== known) pages = open();
    known = name;
  }

  const app = new Hono({ router: new TrieRouter() });
  app.all('*', async ({ req, env }) => {
    // Nobody waits for editions to be let go.
    if (req.method === 'GET') {
      await look().catch((error: Error) => warn('the newest edition could not be looked at', { error: error.name }));
    }
    return pages.fetch(req.raw, env);
  });
  return app;
}
