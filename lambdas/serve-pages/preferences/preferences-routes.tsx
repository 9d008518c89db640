import type { Context, Hono } from 'hono';
import { dateOf, dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import { filterProblems, ownFiltersOf } from '../../../shared/domain/subscriber/own-filters.js';
import { weekly } from '../../../shared/domain/subscriber/slot/delivery-days.js';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { changeSubscription, type SubscriptionChange } from '../change-subscription.js';
import type { ServePagesDeps } from '../dependencies.js';
import { eraseSubscriber } from '../erase-subscriber.js';
import { changeFeed } from '../feeds/feed-routes.js';
import { ownFeedUrl } from '../feeds/own-feed.js';
import { deadLink, formOf, ownForms } from '../frame/answers.js';
import type { FieldErrors } from '../frame/pages/field-parts.js';
import { holderOf, tokenFor, tokenOf } from '../frame/signed-link.js';
import { takeBack } from '../less/less-routes.js';
import { chosenValues, type FormValues, formFigures, sentValues, type TriedFilters } from '../subscribe/form-values.js';
import { endSubscription } from '../unsubscribe/end-subscription.js';
import { changePreferences, preferencesForm } from './change-preferences.js';
import { exportSubscriber } from './export-subscriber.js';
import { backToPage, flashOf } from './flash.js';
import { latestDigests } from './latest-digests.js';
import { ErasedPage, ErasePage } from './pages/erase-pages.js';
import { LeavePage } from './pages/leave-page.js';
import { PreferencesPage } from './pages/preferences-page.js';

type Answer = (context: Context, subscriber: Subscriber, deps: ServePagesDeps) => Response | Promise<Response>;

/** Steps that lead back to the page, and so do their addresses. */
const steps: Readonly<Record<string, Answer>> = {
  pause,
  resume,
  weekly: comeWeekly,
  address: askForLink,
  again: takeBack,
  feed: changeFeed,
};

/**
 * A subscriber's own pages; each opens by the token of the preferences link. What changes something answers with a redirect to
 * the page, which says how it ended.
 */
export function preferencesRoutes(app: Hono, deps: ServePagesDeps): void {
  /** Answers for the subscriber whom the token names, as a dead link when there is none. */
  const own = (answer: Answer) => async (context: Context) => {
    const id = await holderOf(context, 'preferences', deps);
    const [subscriber] = id ? await deps.subscribers.load([id]) : [];
    return subscriber ? answer(context, subscriber, deps) : deadLink(context);
  };
  app.use('/preferences/*', ownForms);
  app.get('/preferences', own(preferencesPage));
  app.post('/preferences', own(savePreferences));
  for (const [name, answer] of Object.entries(steps)) {
    app.get(`/preferences/${name}`, (context) => backToPage(context));
    app.post(`/preferences/${name}`, own(answer));
  }
  app.post('/preferences/try', own(tryFilters));
  app.post('/preferences/export', own(exportSubscriber));
  app.get('/preferences/unsubscribe', own(askBeforeLeaving));
  app.post('/preferences/unsubscribe', own(unsubscribe));
  const askFirst: Answer = (context) => context.html(<ErasePage token={tokenOf(context)} />);
  app.get('/preferences/erase', own(askFirst));
  app.post('/preferences/erase', async (context) => {
    const id = await holderOf(context, 'preferences', deps);
    const isErased = id && (await eraseSubscriber(id, deps.now(), deps)) === 'erased';
    return isErased ? context.redirect('/erased', 303) : deadLink(context);
  });
  app.get('/erased', (context) => context.html(<ErasedPage />));
}

async function isChanged(
  { id, state: { status } }: Subscriber,
  change: SubscriptionChange,
  at: Instant,
  deps: ServePagesDeps,
): Promise<boolean> {
  return (await changeSubscription({ subscriber: id, status, at }, change, deps)) === 'changed';
}

async function savePreferences(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, preferencesForm);
  if (fields instanceof Response) return fields;
  const result = await changePreferences({ subscriber, fields }, deps);
  if (result.answer === 'refused') {
    return preferencesPage(context, subscriber, deps, { values: sentValues(fields), errors: result.errors });
  }
  return backToPage(context, result.answer === 'not-subscribed' ? 'not-saved' : result.answer);
}

async function tryFilters(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, preferencesForm);
  if (fields instanceof Response) return fields;
  const own = ownFiltersOf(fields);
  const shown = { values: sentValues(fields), errors: filterProblems(own), tried: { own, followed: [] } };
  return preferencesPage(context, subscriber, deps, shown);
}

/** What the pause buttons send: seven days, or until the subscriber resumes. */
const pauses = new Map<unknown, number | undefined>([
  ['week', 7 * dayMs],
  ['open-end', undefined],
]);

async function pause(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['for'], repeated: [] });
  if (fields instanceof Response) return fields;
  if (!pauses.has(fields.for)) {
    const pause = 'Not paused: choose “Pause for a week” or “Pause until I resume”.';
    return preferencesPage(context, subscriber, deps, { errors: { pause } });
  }
  const at = deps.now();
  const length = pauses.get(fields.for);
  const until = length === undefined ? undefined : at + length;
  const isDone = await isChanged(subscriber, { event: 'paused', until }, at, deps);
  return backToPage(context, isDone ? 'paused' : 'not-paused');
}

async function resume(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const isDone = await isChanged(subscriber, { event: 'resumed' }, deps.now(), deps);
  return backToPage(context, isDone ? 'resumed' : 'not-resumed');
}

/** For whoever would rather leave: the week's best, with everything else as it was. */
async function comeWeekly(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const profile = { ...subscriber.profile, days: weekly };
  const isDone = await isChanged(subscriber, { event: 'changed', profile }, deps.now(), deps);
  return backToPage(context, isDone ? 'rescheduled' : 'not-saved');
}

const isSubscribed = ({ state: { status } }: Subscriber) => status === 'active' || status === 'paused';

/**
 * Whoever has a forwarded digest can open this page; the link that takes the subscription to another address goes to the
 * present one alone.
 */
async function askForLink(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  if (!isSubscribed(subscriber)) return backToPage(context, 'no-link');
  await deps.enqueue([{ kind: 'address-link', subscriber: subscriber.id }]);
  return backToPage(context, 'link-sent');
}

function askBeforeLeaving(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  if (!isSubscribed(subscriber)) return backToPage(context);
  const time = { now: deps.now(), publishHour: deps.publishHour };
  return context.html(<LeavePage subscriber={subscriber} time={time} token={tokenOf(context)} />);
}

async function unsubscribe(context: Context, { id }: Subscriber, deps: ServePagesDeps) {
  await endSubscription(id, 'unsubscribe page', deps);
  return backToPage(context, 'unsubscribed');
}

interface Shown {
  readonly values?: FormValues;
  readonly errors?: FieldErrors;
  readonly tried?: TriedFilters;
}

async function preferencesPage(context: Context, subscriber: Subscriber, deps: ServePagesDeps, shown: Shown = {}) {
  const { values = chosenValues(subscriber.profile), errors = {}, tried } = shown;
  const now = deps.now();
  const newest = await deps.editions.newestDate(dateOf(now));
  const page = (
    <PreferencesPage
      subscriber={subscriber}
      values={values}
      errors={errors}
      catalogue={deps.catalogue}
      figures={await formFigures({ newest, tried }, deps)}
      flash={flashOf(context, subscriber.state.status)}
      latest={await latestDigests(subscriber, deps)}
      feedUrl={await ownFeedUrl(subscriber, deps)}
      time={{ now, publishHour: deps.publishHour }}
      token={tokenOf(context)}
      undoToken={await tokenFor(subscriber.id, 'resubscribe', deps)}
    />
  );
  return context.html(page, Object.keys(errors).length > 0 ? 422 : 200);
}
