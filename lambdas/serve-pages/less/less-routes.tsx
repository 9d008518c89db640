import type { Context, Hono } from 'hono';
import { lessPath } from '../../../shared/contract/page-routes.js';
import { mostExclusions } from '../../../shared/domain/subscriber/exclusions/exclusions.js';
import { pressesFor } from '../../../shared/domain/subscriber/exclusions/presses.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { shownTitle } from '../../../shared/domain/text/shown-text.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf } from '../frame/answers.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { tokenOf } from '../frame/signed-link.js';
import { mailLinkRoutes, type OpenedLink } from '../mail-link.js';
import { leaveOut } from './leave-out.js';
import { LessPage, type PressedPaper } from './pages/less-page.js';

/**
 * What a reader can leave out because of a mail's papers. Its link is a scope of its own: it leaves out, and takes back,
 * what those papers offer, and neither shows nor changes anything else of the reader's.
 */
export function lessRoutes(app: Hono, deps: ServePagesDeps): void {
  const show = (context: Context, opened: OpenedLink) => context.html(pageOf(context, opened));
  const press = (context: Context, opened: OpenedLink) => pressed(context, opened, deps);
  mailLinkRoutes(app, { path: lessPath, scope: 'less', show, press, notSubscribed }, deps);
}

/** What can be left out because of a paper. */
function offeredBy({ indexed, reasons }: OpenedLink['papers'][number]): PressedPaper {
  const words = reasons.flatMap((reason) => reason.words);
  const { paper } = indexed;
  return { id: paper.id, title: shownTitle(paper), presses: pressesFor(indexed, words) };
}

async function pressed(context: Context, opened: OpenedLink, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['never', 'again'], repeated: [] });
  if (fields instanceof Response) return fields;
  const isBack = fields.never === undefined;
  const asked = isBack ? fields.again : fields.never;
  const found = opened.papers.flatMap((paper) => offeredBy(paper).presses).find(({ filter }) => filter === asked);
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

function pageOf(context: Context, { subscriber, date, papers: mailed }: OpenedLink, problem?: string) {
  const never = subscriber.profile.never ?? [];
  const papers = mailed.map(offeredBy);
  return <LessPage action={addressOf(context)} date={date} papers={papers} never={never} problem={problem} />;
}

function notSubscribed(context: Context) {
  const advice = 'No digests go to you at present, so there is nothing to leave out. To come back, fill in the form.';
  return context.html(<AdvicePage title="You are not subscribed" advice={advice} />, 410);
}
