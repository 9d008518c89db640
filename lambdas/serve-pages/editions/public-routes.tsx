import type { Hono } from 'hono';
import { parseCalendarDate } from '../../../shared/domain/calendar-date.js';
import type { EditionRepository } from '../../../shared/storage/editions-repository.js';
import type { HindsightRepository } from '../../../shared/storage/hindsights-repository.js';
import { icon } from '../frame/pages/icon.js';
import { PrivacyPage, type Publisher } from '../frame/pages/privacy-page.js';
import { script } from '../frame/pages/script.js';
import { stylesheet } from '../frame/pages/stylesheet.js';
import { EditionPage } from './pages/edition-page.js';
import { HindsightPage } from './pages/hindsight-page.js';

/** The page of hindsights shows the newest. */
const shownHindsights = 30;

export interface PublicRoutesDeps {
  readonly editions: Pick<EditionRepository, 'find' | 'withdrawn'>;
  readonly hindsights: Pick<HindsightRepository, 'newest'>;
  readonly publisher: Publisher;
}

/** What everybody may see alike: editions and their hindsight, the privacy page, and what the pages are dressed with. */
export function publicRoutes(app: Hono, { editions, hindsights, publisher }: PublicRoutesDeps): void {
  for (const { path, type, text } of [stylesheet, script, icon]) {
    app.get(path, (context) =>
      context.body(text, 200, { 'Content-Type': type, 'Cache-Control': 'public, max-age=3600' }),
    );
  }
  app.get('/privacy', (context) => context.html(<PrivacyPage {...publisher} />));
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
