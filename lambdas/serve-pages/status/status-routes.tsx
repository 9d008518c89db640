import type { Hono } from 'hono';
import { dateOf, daysUpTo, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import type { ServePagesDeps } from '../dependencies.js';
import { whyNotToday } from '../editions/pages/edition-page.js';
import { type DayStatus, StatusPage, type StatusPageProps, sourceNames } from './pages/status-page.js';

const shownDays = 7;

/** Whether everything works: the sources, and the editions and digests of the last week. */
export function statusRoutes(app: Hono, deps: ServePagesDeps): void {
  const { papers, calendar, runs, traffic, publishHour, pagesUrl, now } = deps;
  app.get('/status', async (context) => {
    const days = daysUpTo(dateOf(now()), shownDays).reverse();
    const [sources, editions, { haltedAt, haltedBy }] = await Promise.all([
      papers.health(),
      calendar.editionsOf(days),
      traffic.sending('digests'),
    ]);
    const week = await Promise.all(
      days.map(async (date): Promise<DayStatus> => {
        const edition = editions.get(date);
        return edition ? { date, edition, run: await runs.progress(date) } : { date };
      }),
    );
    const time = { now: now(), publishHour };
    const halt = haltedAt === undefined ? undefined : haltedBy === 'admin' ? 'paused' : 'halted';
    const known = { sources, week, time, halt } as const;
    return context.html(<StatusPage {...known} faults={faultsIn(known)} pagesUrl={pagesUrl} />);
  });
}

const haltInWords: Readonly<Record<NonNullable<StatusPageProps['halt']>, string>> = {
  halted:
    'Sending is halted, because too many emails came back or were reported as spam. We have to look into it first.',
  paused: 'We have paused sending for now.',
};

/** What is not as it should be, in sentences. */
function faultsIn({ sources, week, halt, time }: Omit<StatusPageProps, 'faults' | 'pagesUrl'>): readonly string[] {
  const bad = sources.filter(({ status }) => status === 'down' || status === 'stale');
  const newest = week.find(({ edition }) => edition);
  const today = dateOf(time.now);
  // An edition is published by the first reading of the sources after its hour, which come every hour.
  const isLate = time.now >= startOf(today) + (time.publishHour + 1) * hourMs;
  return [
    ...(halt === undefined ? [] : [haltInWords[halt]]),
    ...bad.map(({ source, status }) =>
      status === 'down'
        ? `${sourceNames[source]} does not answer.`
        : `${sourceNames[source]} has listed nothing new for days.`,
    ),
    ...(newest
      ? isLate && newest.date < today
        ? [whyNotToday(newest.date, time)]
        : []
      : ['No edition has come out in the last seven days.']),
  ];
}
