import type { Context, Hono } from 'hono';
import { type CalendarDate, dateOf, dayMs } from '../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import { pressDays } from '../../shared/mail/send/installation.js';
import type { ServePagesDeps } from './dependencies.js';
import { deadLink, ownForms } from './frame/answers.js';
import { claimsOf } from './frame/signed-link.js';
import { type MailedPaper, openMail } from './open-mail.js';

/** What a link of a mail opens: whose mail, of which day, with which papers. */
export interface OpenedLink {
  readonly subscriber: Subscriber;
  readonly date: CalendarDate;
  /** None where it is forgotten which they were. */
  readonly papers: readonly MailedPaper[];
}

/** A page that a mail leads to, by a scope of its own. */
interface MailPage {
  readonly path: string;
  readonly scope: 'less' | 'like';
  readonly show: (context: Context, opened: OpenedLink) => Response | Promise<Response>;
  readonly press: (context: Context, opened: OpenedLink) => Response | Promise<Response>;
  /** For a reader to whom no digests go at present. */
  readonly notSubscribed: (context: Context) => Response | Promise<Response>;
}

/** Serves a page on which a reader presses something because of a mail's papers: GET shows it, POST presses. */
export function mailLinkRoutes(app: Hono, page: MailPage, deps: ServePagesDeps): void {
  const opening = (answer: MailPage['show']) => async (context: Context) => {
    const claims = await claimsOf(context, page.scope, deps, pressDays);
    if (!claims) return deadLink(context);
    const date = dateOf(claims.issuedOn * dayMs);
    const opened = await openMail({ subscriber: claims.subscriber, date }, deps);
    if (opened.answer === 'open') return answer(context, { ...opened, date });
    return opened.answer === 'unknown' ? deadLink(context) : page.notSubscribed(context);
  };
  app.use(page.path, ownForms);
  app.get(page.path, opening(page.show));
  app.post(page.path, opening(page.press));
}
