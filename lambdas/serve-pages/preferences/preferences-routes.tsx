import type { Context, Hono } from 'hono';
import { pageVersion } from '../../../shared/contract/page-version.js';
import { dateOf, dayMs, type Instant } from '../../../shared/domain/calendar-date.js';
import type { OwnTopic, Subscriber, SubscriberId } from '../../../shared/domain/subscriber/subscriber.js';
import { filterProblems, ownFiltersOf } from '../../../shared/domain/subscriber/subscription-form.js';
import { changeSubscription, type SubscriptionChange } from '../change-subscription.js';
import type { ServePagesDeps } from '../dependencies.js';
import { deadLink, formOf, ownForms, unkept } from '../frame/answers.js';
import type { FieldErrors } from '../frame/pages/field-parts.js';
import { holderOf, tokenFor, tokenOf } from '../frame/signed-link.js';
import { takeBack } from '../less/less-routes.js';
import { chosenValues, type FormValues, formFigures, sentValues } from '../subscribe/form-values.js';
import { changePreferences, preferencesForm } from './change-preferences.js';
import { ErasedPage, ErasePage } from './pages/erase-pages.js';
import { PreferencesPage, type StepTaken } from './pages/preferences-page.js';

type Answer = (context: Context, subscriber: Subscriber, deps: ServePagesDeps) => Response | Promise<Response>;

/** A subscriber's own pages; each opens by the token of the preferences link. */
export function preferencesRoutes(app: Hono, deps: ServePagesDeps): void {
  /** Answers for the subscriber whom the token names, as a dead link when there is none. */
  const own = (answer: Answer) => async (context: Context) => {
    const id = await holderOf(context, 'preferences', deps);
    const [subscriber] = id ? await deps.subscribers.load([id]) : [];
    return subscriber ? answer(context, subscriber, deps) : deadLink(context);
  };
  app.use('/preferences/*', unkept, ownForms);
  app.get('/preferences', own(preferencesPage));
  app.post('/preferences', own(savePreferences));
  app.post('/preferences/try', own(tryFilters));
  app.post('/preferences/pause', own(pause));
  app.post('/preferences/resume', own(resume));
  app.post('/preferences/again', own(takeBack));
  const askFirst: Answer = (context) => context.html(<ErasePage token={tokenOf(context)} />);
  app.get('/preferences/erase', own(askFirst));
  app.post('/preferences/erase', async (context) => {
    const id = await holderOf(context, 'preferences', deps);
    const [subscriber] = id ? await deps.subscribers.load([id]) : [];
    if (!id || !(await isErased(id, subscriber, deps))) return deadLink(context);
    return context.html(<ErasedPage />);
  });
  app.post('/preferences/export', own(exportSubscriber));
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
  if (result.answer === 'not-subscribed') {
    return afterStep(context, subscriber, { refused: 'Not saved: you are not subscribed.' }, deps);
  }
  return afterStep(context, subscriber, { done: 'Saved.', nextAt: result.nextAt }, deps);
}

async function tryFilters(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, preferencesForm);
  if (fields instanceof Response) return fields;
  const tried = ownFiltersOf(fields);
  const shown = { values: sentValues(fields), errors: filterProblems(tried), tried };
  return preferencesPage(context, subscriber, deps, shown);
}

/** Pauses for seven days, or until the subscriber resumes. */
async function pause(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const fields = await formOf(context, { single: ['for'], repeated: [] });
  if (fields instanceof Response) return fields;
  const at = deps.now();
  const until = fields.for === 'week' ? at + 7 * dayMs : undefined;
  const isDone = await isChanged(subscriber, { event: 'paused', until }, at, deps);
  const step = isDone ? { done: 'Paused.' } : { refused: 'Not paused: you are getting no digests at the moment.' };
  return afterStep(context, subscriber, step, deps);
}

async function resume(context: Context, subscriber: Subscriber, deps: ServePagesDeps) {
  const isDone = await isChanged(subscriber, { event: 'resumed' }, deps.now(), deps);
  const step = isDone ? { done: 'Resumed.' } : { refused: 'Your digests were not paused.' };
  return afterStep(context, subscriber, step, deps);
}

const timeOf = (at: Instant) => new Date(at).toISOString();

/** Erases what is there; `false` when there is nothing. */
async function isErased(id: SubscriberId, subscriber: Subscriber | undefined, deps: ServePagesDeps): Promise<boolean> {
  const at = deps.now();
  if (subscriber) await isChanged(subscriber, { event: 'erased' }, at, deps);
  // An erasure that died half-way is journalled and has left no profile to load: it is done to its end.
  else if ((await deps.subscribers.statusOf(id, at)) === 'none') return false;
  else await deps.subscribers.erase(id, at);
  return true;
}

/** All that is stored about a subscriber as a file, to be read by people and programs: times in ISO 8601, UTC. */
async function exportSubscriber(context: Context, { id, state, profile }: Subscriber, deps: ServePagesDeps) {
  const journal = await deps.consents.of(id);
  const stored = {
    exportedAt: timeOf(deps.now()),
    pageVersion,
    subscriber: id,
    status: state.status,
    ...(state.suppressedBy && { suppressedBy: state.suppressedBy }),
    ...(state.softBounces && { softBounces: state.softBounces }),
    ...(state.pausedUntil !== undefined && { pausedUntil: timeOf(state.pausedUntil) }),
    profile,
    ...(state.claim && { digestOnItsWay: { ...state.claim, at: timeOf(state.claim.at) } }),
    outcomes: state.outcomes,
    seenPapers: state.seen,
    consents: journal.map(({ subscriber: _, at, ...entry }) => ({ at: timeOf(at), ...entry })),
  };
  context.header('Content-Disposition', 'attachment; filename="paperboy.json"');
  context.header('Content-Type', 'application/json; charset=utf-8');
  return context.body(`${JSON.stringify(stored, undefined, 2)}\n`);
}

/** The page with what is stored now. */
async function afterStep(context: Context, before: Subscriber, step: StepTaken, deps: ServePagesDeps) {
  const [subscriber] = await deps.subscribers.load([before.id]);
  return subscriber ? preferencesPage(context, subscriber, deps, { step }) : deadLink(context);
}

interface Shown {
  readonly values?: FormValues;
  readonly errors?: FieldErrors;
  readonly step?: StepTaken;
  readonly tried?: readonly OwnTopic[];
}

async function preferencesPage(context: Context, subscriber: Subscriber, deps: ServePagesDeps, shown: Shown = {}) {
  const { values = chosenValues(subscriber.profile), errors = {}, step, tried } = shown;
  const newest = await deps.editions.newestDate(dateOf(deps.now()));
  const page = (
    <PreferencesPage
      subscriber={subscriber}
      values={values}
      errors={errors}
      catalogue={deps.catalogue}
      figures={await formFigures({ newest, tried }, deps)}
      step={step}
      token={tokenOf(context)}
      unsubscribeToken={await tokenFor(subscriber.id, 'unsubscribe', deps)}
    />
  );
  return context.html(page, Object.keys(errors).length > 0 ? 422 : 200);
}
