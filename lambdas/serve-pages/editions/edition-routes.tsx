import type { Context, Hono } from 'hono';
import {
  addDays,
  type CalendarDate,
  dateOf,
  daysUpTo,
  parseCalendarDate,
  startOf,
} from '../../../shared/domain/calendar-date.js';
import type { RankedPaper } from '../../../shared/domain/edition/edition.js';
import type { ServePagesDeps } from '../dependencies.js';
import { neighboursOf } from './edition-calendar.js';
import { CalendarPage } from './pages/calendar-page.js';
import { EditionPage } from './pages/edition-page.js';
import { HindsightPage } from './pages/hindsight-page.js';
import { HowPage } from './pages/how-page.js';
import { NoEditionPage } from './pages/no-edition-page.js';
import { type EditionView, readView } from './read-view.js';

const shownHindsights = 30;

/** Older editions are found by the calendar. */
const listedEditions = 60;
const lasting = ['/', '/editions', '/topics', '/hindsight', '/how', '/status', '/privacy'];

/** What came out, day by day, how it was ranked, and how it held up. */
export function editionRoutes(app: Hono, deps: ServePagesDeps): void {
  const { hindsights, pagesUrl } = deps;
  app.get('/how', (context) => context.html(<HowPage pagesUrl={pagesUrl} />));
  app.get('/hindsight', async (context) =>
    context.html(<HindsightPage hindsights={await hindsights.newest(shownHindsights)} pagesUrl={pagesUrl} />),
  );
  app.get('/editions', (context) => answerCalendar(context, deps));
  app.get('/editions/:date', (context) => {
    const date = parseCalendarDate(context.req.param('date'));
    return date ? answerEdition(context, date, deps) : context.notFound();
  });
  sitemapRoute(app, deps);
}

type CalendarDeps = Pick<ServePagesDeps, 'calendar' | 'pagesUrl' | 'now'>;

async function answerCalendar(context: Context, { calendar, pagesUrl, now }: CalendarDeps) {
  const today = dateOf(now());
  const first = askedMonth(context.req.query('month'), today);
  const days = daysOfMonth(first);
  // A new month has little to show yet.
  const months = days.includes(today) ? [days, daysOfMonth(firstOfMonth(addDays(first, -1)))] : [days];
  const past = months.flat().filter((date) => date <= today);
  const editions = await calendar.editionsOf(past);
  // Before the first edition there is nothing to show of the month before.
  const shown = months.filter((each, at) => at === 0 || each.some((date) => editions.has(date)));
  // What Hugging Face lists today is not known before the day is over.
  const listed = await calendar.listedOn([...editions.keys()].filter((date) => date < today));
  return context.html(
    <CalendarPage months={shown} today={today} editions={editions} listed={listed} pagesUrl={pagesUrl} />,
  );
}

/** The first day of the month that was asked for, `YYYY-MM`; of this month where that is to come, or is no month. */
function askedMonth(text: string | undefined, today: CalendarDate): CalendarDate {
  const asked = parseCalendarDate(`${text}-01`);
  return asked && asked < today ? asked : firstOfMonth(today);
}

const firstOfMonth = (date: CalendarDate) => addDays(date, 1 - new Date(startOf(date)).getUTCDate());

function daysOfMonth(first: CalendarDate): readonly CalendarDate[] {
  const longest = 31;
  return daysUpTo(addDays(first, longest - 1), longest).filter((date) => date.slice(0, 7) === first.slice(0, 7));
}

async function answerEdition(context: Context, date: CalendarDate, deps: ServePagesDeps) {
  const { calendar, catalogue, groups, editions, pagesUrl, now } = deps;
  const view = readView(context.req.query(), catalogue);
  const shown = await papersOf(date, view, deps);
  const neighbours = await neighboursOf(date, calendar);
  if (!shown) {
    const { previous, next } = neighbours;
    const newest = previous || next ? undefined : await editions.newestDate(dateOf(now()));
    const nearest = [previous, next, newest].flatMap((each) => each ?? []);
    return context.html(<NoEditionPage date={date} nearest={nearest} />, 404);
  }
  const withdrawn = new Set(await editions.withdrawn());
  return context.html(<EditionPage {...shown} {...{ view, neighbours, withdrawn, catalogue, groups, pagesUrl }} />);
}

/** The papers of an edition that are to be shown, with their places, from 1; `undefined` when there is no edition. */
async function papersOf(
  date: CalendarDate,
  { topic }: EditionView,
  { editions, loadDay }: Pick<ServePagesDeps, 'editions' | 'loadDay'>,
) {
  if (!topic) {
    const edition = await editions.find(date);
    return edition && { edition, papers: edition.papers.map((paper, index) => ({ paper, place: index + 1 })) };
  }
  const indexed = (await loadDay(date))?.indexed;
  if (!indexed) return undefined;
  const { edition } = indexed;
  const at = (place: number): readonly PlacedPaper[] => {
    const paper = edition.papers[place];
    return paper ? [{ paper, place: place + 1 }] : [];
  };
  return { edition, papers: indexed.placesOf(topic.filter).flatMap(at) };
}

interface PlacedPaper {
  readonly paper: RankedPaper;
  readonly place: number;
}

/** Tells search engines which pages there are. Source: https://www.sitemaps.org/protocol.html */
function sitemapRoute(
  app: Hono,
  { calendar, catalogue, pagesUrl, now }: CalendarDeps & Pick<ServePagesDeps, 'catalogue'>,
): void {
  app.get('/sitemap.xml', async (context) => {
    const editions = await calendar.editionsOf(daysUpTo(dateOf(now()), listedEditions));
    const dates = [...editions.keys()].sort().reverse();
    const paths = [
      ...lasting,
      ...catalogue.map(({ id }) => `/topics/${id}`),
      ...dates.map((date) => `/editions/${date}`),
    ];
    // Neither ids nor dates have characters that XML would take for its own.
    const urls = paths.map((path) => `<url><loc>${pagesUrl}${path}</loc></url>`);
    const xml = `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.join('\n')}
</urlset>
`;
    return context.body(xml, 200, { 'Content-Type': 'application/xml', 'Cache-Control': 'public, max-age=3600' });
  });
}
