import type { Context, Hono } from 'hono';
import type { Subscriber } from '../../../shared/domain/subscriber/subscriber.js';
import { filterProblems, type OwnFilter, ownFiltersOf } from '../../../shared/domain/subscriber/subscription-form.js';
import type { SubscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { deadLink, formOf, ownForms, unkept } from '../frame/answers.js';
import type { FieldErrors } from '../frame/pages/field-parts.js';
import { holderOf, type SignedLinkDeps, tokenFor, tokenOf } from '../frame/signed-link.js';
import { type FormFiguresDeps, formFigures } from '../subscribe/form-figures.js';
import { chosenValues, type FormValues, sentValues } from '../subscribe/form-values.js';
import { type ChangePreferencesDeps, changePreferences, preferencesForm } from './change-preferences.js';
import { type EraseSubscriberDeps, eraseSubscriber } from './erase-subscriber.js';
import { type ExportSubscriberDeps, exportSubscriber } from './export-subscriber.js';
import { ErasedPage, ErasePage } from './pages/erase-pages.js';
import { PreferencesPage, type StepTaken } from './pages/preferences-page.js';
import { type PauseDigestsDeps, pauseDigests, pauseForm, resumeDigests } from './pause-digests.js';

export type PreferencesRoutesDeps = SignedLinkDeps &
  ChangePreferencesDeps &
  PauseDigestsDeps &
  EraseSubscriberDeps &
  ExportSubscriberDeps &
  FormFiguresDeps & { readonly subscribers: Pick<SubscriberRepository, 'load'> };

type Answer = Response | Promise<Response>;

/** A subscriber's own pages; each opens by the token of the preferences link. */
export function preferencesRoutes(app: Hono, deps: PreferencesRoutesDeps): void {
  /** Answers for the subscriber whom the token names, as a dead link when there is none. */
  const own = (answer: (context: Context, subscriber: Subscriber) => Answer) => async (context: Context) => {
    const id = await holderOf(context, 'preferences', deps);
    const [subscriber] = id ? await deps.subscribers.load([id]) : [];
    return subscriber ? answer(context, subscriber) : deadLink(context);
  };
  app.use('/preferences/*', unkept, ownForms);
  app.get(
    '/preferences',
    own((context, subscriber) => preferencesPage(context, subscriber, {}, deps)),
  );
  app.post(
    '/preferences',
    own((context, subscriber) => savePreferences(context, subscriber, deps)),
  );
  app.post(
    '/preferences/try',
    own((context, subscriber) => tryFilters(context, subscriber, deps)),
  );
  app.post(
    '/preferences/pause',
    own((context, subscriber) => pause(context, subscriber, deps)),
  );
  app.post(
    '/preferences/resume',
    own(async (context, subscriber) => {
      const isDone = (await resumeDigests({ subscriber }, deps)) === 'resumed';
      return afterStep(context, subscriber, isDone ? 'Resumed.' : 'It was not paused.', deps);
    }),
  );
  app.get(
    '/preferences/erase',
    own((context) => context.html(<ErasePage token={tokenOf(context)} />)),
  );
  app.post(
    '/preferences/erase',
    own(async (context, { id }) => {
      await eraseSubscriber(id, deps);
      return context.html(<ErasedPage />);
    }),
  );
  app.post(
    '/preferences/export',
    own(async (context, subscriber) => {
      context.header('Content-Disposition', 'attachment; filename="paperboy.json"');
      context.header('Content-Type', 'application/json; charset=utf-8');
      return context.body(`${JSON.stringify(await exportSubscriber(subscriber, deps), undefined, 2)}\n`);
    }),
  );
}

async function savePreferences(context: Context, subscriber: Subscriber, deps: PreferencesRoutesDeps) {
  const fields = await formOf(context, preferencesForm);
  if (fields instanceof Response) return fields;
  const result = await changePreferences({ subscriber, fields }, deps);
  if (result.answer === 'refused') {
    return preferencesPage(context, subscriber, { values: sentValues(fields), errors: result.errors }, deps);
  }
  if (result.answer === 'not-subscribed') return afterStep(context, subscriber, 'Nothing was saved.', deps);
  return afterStep(context, subscriber, 'Saved.', deps, result.nextAt);
}

async function tryFilters(context: Context, subscriber: Subscriber, deps: PreferencesRoutesDeps) {
  const fields = await formOf(context, preferencesForm);
  if (fields instanceof Response) return fields;
  const tried = ownFiltersOf(fields);
  const shown = { values: sentValues(fields), errors: filterProblems(tried), tried };
  return preferencesPage(context, subscriber, shown, deps);
}

async function pause(context: Context, subscriber: Subscriber, deps: PreferencesRoutesDeps) {
  const fields = await formOf(context, pauseForm);
  if (fields instanceof Response) return fields;
  const length = fields.for === 'week' ? 'week' : 'open-end';
  const isDone = (await pauseDigests({ subscriber, length }, deps)) === 'paused';
  return afterStep(context, subscriber, isDone ? 'Paused.' : 'Nothing was changed.', deps);
}

/** The page with what is stored now. */
async function afterStep(
  context: Context,
  before: Subscriber,
  done: string,
  deps: PreferencesRoutesDeps,
  nextAt?: StepTaken['nextAt'],
) {
  const [subscriber] = await deps.subscribers.load([before.id]);
  return subscriber ? preferencesPage(context, subscriber, { step: { done, nextAt } }, deps) : deadLink(context);
}

interface Shown {
  readonly values?: FormValues;
  readonly errors?: FieldErrors;
  readonly step?: StepTaken;
  readonly tried?: readonly OwnFilter[];
}

async function preferencesPage(context: Context, subscriber: Subscriber, shown: Shown, deps: PreferencesRoutesDeps) {
  const { values = chosenValues(subscriber.profile), errors = {}, step, tried } = shown;
  const page = (
    <PreferencesPage
      subscriber={subscriber}
      values={values}
      errors={errors}
      catalogue={deps.catalogue}
      figures={await formFigures(deps, tried)}
      step={step}
      token={tokenOf(context)}
      unsubscribeToken={await tokenFor(subscriber.id, 'unsubscribe', deps)}
    />
  );
  return context.html(page, Object.keys(errors).length > 0 ? 422 : 200);
}
