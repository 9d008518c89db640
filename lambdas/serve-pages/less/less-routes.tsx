import type { Context, Hono } from 'hono';
import { lessPath } from '../../../shared/contract/page-routes.js';
import { type CalendarDate, dateOf, dayMs } from '../../../shared/domain/calendar-date.js';
import { mostExclusions } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { pressDays } from '../../../shared/mail/send/installation.js';
import type { ServePagesDeps } from '../dependencies.js';
import { deadLink, formOf, ownForms } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { claimsOf, tokenOf } from '../frame/signed-link.js';
import { leaveOut } from './leave-out.js';
import { openLess, type PressedPaper } from './open-less.js';
import { LessPage } from './pages/less-page.js';

/** What a link of a mail opens: whose page, of which day. */
interface OpenPage {
  readonly subscriber: Subscriber;
  readonly date: CalendarDate;
  readonly papers: readonly PressedPaper[];
}

/**
 * What a reader can leave out because of a mail's papers. Its link is a scope of its own: it leaves out, and takes back,
 * what those papers offer, and neither shows nor changes anything else of the reader's.
 */
export function lessRoutes(app: Hono, deps: ServePagesDeps): void {
  app.use(lessPath, ownForms);
  app.get(lessPath, async (context) => {
    const opened = await open(context, deps);
    return opened instanceof Response ? opened : context.html(pageOf(context, opened));
  });
  app.post(lessPath, async (context) => {
    const opened = await open(context, deps);
    return opened instanceof Response ? opened : press(context, opened, deps);
  });
}

async function open(context: Context, deps: ServePagesDeps): Promise<OpenPage | Response> {
  const claims = await claimsOf(context, 'less', deps, pressDays);
  if (!claims) return deadLink(context);
  const date = dateOf(claims.issuedOn * dayMs);
  const result = await openLess({ subscriber: claims.subscriber, date }, deps);
  if (result.answer === 'open') return { ...result, date };
  return result.answer === 'unknown' ? deadLink(context) : notSubscribed(context);
}

async function press(context: Context, opened: OpenPage, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['never', 'again'], repeated: [] });
  if (fields instanceof Response) return fields;
  const isBack = fields.never === undefined;
  const asked = isBack ? fields.again : fields.never;
  const found = opened.papers.flatMap(({ presses }) => presses).find(({ filter }) => filter === asked);
  // Whoever has the link may leave out what this mail showed, and nothing else.
  if (!found) return context.html(pageOf(context, opened, 'Choose one of the buttons below.'), 422);
  const wish = { do: isBack ? 'take-back' : 'leave-out', filter: found.filter, by: 'less link' } as const;
  const result = await leaveOut(opened.subscriber, wish, deps);
  if (result === 'refused') return notSubscribed(context);
  if (result === 'full') {
    const problem = `You leave out ${mostExclusions} things already, which is the most. Take one back in your preferences first.`;
    return context.html(pageOf(context, opened, problem), 422);
  }
  return context.redirect(`${addressOf(context)}#left-out`, 303);
}

/** Takes back one of the things that a reader leaves out, on their preferences page. */
export async function takeBack(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['again'], repeated: [] });
  if (fields instanceof Response) return fields;
  const filter = typeof fields.again === 'string' ? fields.again : '';
  const result = await leaveOut(subscriber, { do: 'take-back', filter }, deps);
  if (result === 'refused') return notSubscribed(context);
  return context.redirect(`/preferences?token=${encodeURIComponent(tokenOf(context))}#left-out`, 303);
}

const addressOf = (context: Context) => `${lessPath}?token=${encodeURIComponent(tokenOf(context))}`;

function pageOf(context: Context, { subscriber, date, papers }: OpenPage, problem?: string) {
  const never = subscriber.profile.never ?? [];
  return <LessPage action={addressOf(context)} date={date} papers={papers} never={never} problem={problem} />;
}

function notSubscribed(context: Context) {
  const advice = 'No digests go to you at present, so there is nothing to leave out. To come back, fill in the form.';
  return context.html(<AdvicePage title="You are not subscribed" advice={advice} />, 410);
}
