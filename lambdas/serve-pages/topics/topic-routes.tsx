import type { Context, Hono } from 'hono';
import { type CalendarDate, dateOf, daysUpTo } from '../../../shared/domain/calendar-date.js';
import { lengthOf } from '../../../shared/domain/edition/archive.js';
import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';
import type { ReadableArchive } from '../../../shared/storage/read-archive.js';
import type { ServePagesDeps } from '../dependencies.js';
import { type DayCount, TopicPage } from './pages/topic-page.js';
import { TopicsPage } from './pages/topics-page.js';

/** A topic's page shows the newest of its papers; the search finds all of them. */
const shownPapers = 20;

/** The catalogue, and what each topic of it found in the last 30 days. */
export function topicRoutes(app: Hono, deps: ServePagesDeps): void {
  app.get('/topics', (context) => answerTopics(context, deps));
  app.get('/topics/:id', (context) => {
    const topic = deps.catalogue.find(({ id }) => id === context.req.param('id'));
    return topic ? answerTopic(context, topic, deps) : context.notFound();
  });
}

async function answerTopics(context: Context, deps: ServePagesDeps) {
  const { archives, editions, catalogue, groups, pagesUrl } = deps;
  const newest = await archives.newestDate(dateOf(deps.now()));
  const counts = newest && (await editions.topicCounts(newest));
  const counted = counts && { counts, to: newest, days: await archives.coveredDays(newest) };
  return context.html(<TopicsPage {...{ catalogue, groups, counted, pagesUrl }} />);
}

async function answerTopic(
  context: Context,
  topic: FilterTopic,
  { archives, editions, pagesUrl, now }: ServePagesDeps,
) {
  // Filters that anybody may write are counted, since the archive remembers each; the catalogue's are few.
  const archive = await archives.lastDays(dateOf(now()), 0);
  const found = archive && (await foundIn(archive, topic));
  const withdrawn = new Set(await editions.withdrawn());
  return context.html(<TopicPage {...{ topic, found, withdrawn, pagesUrl }} />);
}

/** How many papers a topic found on each of an archive's days, and the newest of them, the best of a day first. */
async function foundIn({ index, papersAt, prepareFor }: ReadableArchive, { filter }: FilterTopic) {
  await prepareFor(filter);
  const dated = index.placesOf(filter).map((place) => ({ place, day: index.dayAt(place) }));
  const counts = new Map<CalendarDate, number>();
  for (const { day } of dated) counts.set(day, (counts.get(day) ?? 0) + 1);
  const days = daysUpTo(index.span.to, lengthOf(index.span)).map((date): DayCount => [date, counts.get(date) ?? 0]);
  const newest = [...dated].sort((one, other) => (one.day < other.day ? 1 : one.day > other.day ? -1 : 0));
  const papers = await papersAt(newest.slice(0, shownPapers).map(({ place }) => place));
  return { days, coveredDays: index.coveredDays, total: dated.length, papers };
}
