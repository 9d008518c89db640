import type { Context, Hono } from 'hono';
import { dayPath } from '../../../shared/contract/page-routes.js';
import { type CalendarDate, dateOf, dayMs } from '../../../shared/domain/calendar-date.js';
import { dayInWords } from '../../../shared/domain/text/day-in-words.js';
import { dayPageHtml } from '../../../shared/mail/digest/day-page.js';
import type { ServePagesDeps } from '../dependencies.js';
import { AdvicePage, MessagePage } from '../frame/pages/layout.js';
import { claimsOf } from '../frame/signed-link.js';
import { type OpenDayDeps, openDay, openDays } from './open-day.js';

/** A reader's own page of a day; its link opens nothing else, and changes nothing. */
export function dayRoutes(app: Hono, deps: ServePagesDeps): void {
  app.get(dayPath, async (context) => {
    context.header('X-Robots-Tag', 'noindex');
    const claims = await claimsOf(context, 'day', deps);
    if (!claims) return deadDay(context);
    return answerDay(context, { subscriber: claims.subscriber, date: dateOf(claims.issuedOn * dayMs) }, deps);
  });
}

async function answerDay(context: Context, asked: Parameters<typeof openDay>[0], deps: OpenDayDeps) {
  const result = await openDay(asked, deps);
  switch (result.answer) {
    case 'open':
      return context.html(dayPageHtml(result.page, result.edition.parts));
    case 'unknown':
      return deadDay(context);
    case 'no-edition':
      return context.notFound();
    default:
      return context.html(<ClosedDayPage date={asked.date} isOld={result.answer === 'too-old'} />, 410);
  }
}

/** The same for a damaged link and for one whose reader was erased. */
function deadDay(context: Context) {
  const advice =
    'The link is incomplete, or belongs to someone whose data was erased. Use the one in your latest digest.';
  return context.html(<AdvicePage title="This link does not work" advice={advice} />, 403);
}

function ClosedDayPage({ date, isOld }: { date: CalendarDate; isOld: boolean }) {
  return (
    <MessagePage title="This page is closed">
      <p>
        {isOld
          ? `Your own page of a day is open for ${openDays} days. The whole edition stays here for everybody.`
          : 'It belongs to a subscription that has ended. The whole edition is here for everybody.'}
      </p>
      <p>
        <a class="button" href={`/editions/${date}`}>
          See the edition of {dayInWords(date)}
        </a>
      </p>
    </MessagePage>
  );
}
