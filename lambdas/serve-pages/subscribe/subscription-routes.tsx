import type { Context, Hono } from 'hono';
import type { LambdaEvent } from 'hono/aws-lambda';
import { getCookie, setCookie } from 'hono/cookie';
import { dateOf } from '../../../shared/domain/calendar-date.js';
import { parseAddress } from '../../../shared/domain/subscriber/mail-address.js';
import {
  type FormFields,
  filterProblems,
  ownFiltersOf,
  valuesOf,
} from '../../../shared/domain/subscriber/own-filters.js';
import type { TopicChoice } from '../../../shared/domain/subscriber/subscriber.js';
import { type FilterTopic, resolveTopics } from '../../../shared/domain/subscriber/topic.js';
import { comingHourInWords, comingTimeInWords } from '../../../shared/domain/text/time-in-words.js';
import { AddressConfirmedPage, ConfirmAddressPage } from '../address/pages/address-page.js';
import type { ServePagesDeps } from '../dependencies.js';
import { formOf, ownForms, ownFormsWithPapers } from '../frame/answers.js';
import type { FieldErrors } from '../frame/pages/field-parts.js';
import { AdvicePage } from '../frame/pages/layout.js';
import { tokenFor, tokenOf } from '../frame/signed-link.js';
import { firstDigestInWords } from '../next-digest.js';
import { confirmSubscription, openConfirmation } from './confirm-subscription.js';
import { challengeOf, formTooOld, judgeStamp, proofOf, stampCorrected, stampForm } from './form-stamp.js';
import { type FormValues, formFigures, sentValues, type TriedFilters } from './form-values.js';
import {
  CheckInboxPage,
  ConfirmedPage,
  ConfirmPage,
  SpentConfirmationPage,
  UsedConfirmationPage,
} from './pages/confirmation-pages.js';
import { FrontPage } from './pages/front-page.js';
import { type FilledField, prefilled } from './prefilled.js';
import { newRandom, requestSubscription, subscriptionForm } from './request-subscription.js';
import { type SpellingDeps, spelledOut } from './spelled-out.js';

/** From the form to the confirmed subscription. */
export function subscriptionRoutes(app: Hono, deps: ServePagesDeps): void {
  app.get('/', async (context) => {
    const { signing } = await deps.keys();
    const stamp = stampForm(signing[0], deps.now(), newRandom(deps));
    const form = prefilled(context.req.queries(), deps.catalogue);
    return frontPage(context, { ...form, errors: {}, stamp }, deps);
  });
  app.use('/subscribe/*', ownFormsWithPapers);
  app.post('/subscribe', async (context) => {
    const fields = await formOf(context, subscriptionForm);
    if (fields instanceof Response) return fields;
    const result = await requestSubscription({ fields, sourceIp: sourceIpOf(context) }, deps);
    if (result.answer === 'accepted') return toInbox(context, result.address);
    if (result.answer === 'too-many') return tooMany(context);
    return frontPage(context, { values: sentValues(fields), ...result, proof: proofIn(fields) }, deps);
  });
  app.post('/subscribe/try', async (context) => {
    const fields = await formOf(context, subscriptionForm);
    if (fields instanceof Response) return fields;
    const values = sentValues(fields);
    const [stamp = ''] = valuesOf(fields, 'stamp');
    const { signing } = await deps.keys();
    if (judgeStamp(signing, stamp, deps.now()) === 'too-old') {
      const fresh = stampCorrected(signing[0], deps.now(), newRandom(deps));
      return frontPage(context, { values, errors: { form: formTooOld }, stamp: fresh }, deps);
    }
    return frontPage(context, { values, stamp, proof: proofIn(fields), ...triedIn(fields, deps) }, deps);
  });
  app.get('/check-inbox', (context) => {
    const typed = parseAddress(getCookie(context, typedAddress.cookie) ?? '');
    return context.html(<CheckInboxPage address={typed.ok ? typed.address : undefined} />);
  });
  confirmation(app, deps);
}

const proofIn = (fields: FormFields) => valuesOf(fields, 'proof')[0] ?? '';

/** The address that API Gateway took a request from; it is used at once and kept nowhere. */
function sourceIpOf(context: Context): string | undefined {
  const { event }: { readonly event?: LambdaEvent } = context.env ?? {};
  const { requestContext } = event ?? {};
  return requestContext && 'http' in requestContext ? requestContext.http.sourceIp : undefined;
}

function tooMany(context: Context) {
  const advice = 'So many people have signed up from your network today that we take no more until tomorrow.';
  return context.html(<AdvicePage title="Too many requests" advice={advice} />, 429);
}

/** A form's filters to be tried, those that stand for names and categories too, and what is wrong with them. */
function triedIn(fields: FormFields, deps: SpellingDeps) {
  const spelled = spelledOut(fields, deps);
  const filters = ownFiltersOf(spelled.fields);
  const written = ownFiltersOf(fields).length;
  const tried = { own: filters.slice(0, written), followed: filters.slice(written) };
  return { tried, errors: { ...filterProblems(filters), ...spelled.errors } };
}

/** Takes what was made of an address to the next page, which shows it: in a URL it would be logged and remembered. */
const typedAddress = { cookie: 'typed-address', path: '/check-inbox', minutes: 10 } as const;

/** Says that a mail may come, to everybody alike. */
export function toInbox(context: Context, address: string | undefined) {
  const { cookie, path, minutes } = typedAddress;
  const kept = { path, maxAge: minutes * 60, httpOnly: true, secure: true, sameSite: 'Strict' } as const;
  if (address !== undefined) setCookie(context, cookie, address, kept);
  return context.redirect('/check-inbox', 303);
}

/** What somebody chose, by the names of the catalogue and by those that they gave their own filters. */
function chosenNames(choices: readonly TopicChoice[], catalogue: readonly FilterTopic[]) {
  const { topics } = resolveTopics(
    choices.filter((choice) => 'catalogueId' in choice),
    catalogue,
  );
  return {
    topics: topics.map(({ name }) => name),
    own: choices.flatMap((choice) => ('catalogueId' in choice ? [] : [choice.name])),
  };
}

function confirmation(app: Hono, deps: ServePagesDeps): void {
  const spent = (context: Context) => context.html(<SpentConfirmationPage />, 410);
  const used = (context: Context) => context.html(<UsedConfirmationPage />);
  app.use('/confirm', ownForms);
  app.get('/confirm', async (context) => {
    const opened = await openConfirmation(tokenOf(context), deps);
    if (opened === 'subscribed') return used(context);
    if (!opened) return spent(context);
    if (opened.movesFrom) return context.html(<ConfirmAddressPage token={tokenOf(context)} />);
    const next = await firstDigestInWords(opened.found, comingHourInWords, deps);
    const { topics: chosen } = opened.found.profile;
    const asked = {
      topics: chosenNames(chosen, deps.catalogue).topics,
      filters: chosen.filter((choice) => 'filter' in choice).length,
      hasExamples: chosen.some((choice) => 'like' in choice),
    };
    return context.html(<ConfirmPage token={tokenOf(context)} {...asked} next={next} />);
  });
  app.post('/confirm', async (context) => {
    const result = await confirmSubscription(tokenOf(context), deps);
    if (result.answer === 'subscribed') return used(context);
    if (result.answer === 'refused') return spent(context);
    if (result.answer === 'moving') return context.html(<AddressConfirmedPage isPaused={result.isPaused} />);
    const token = await tokenFor(result.subscriber.id, 'preferences', deps);
    const next = await firstDigestInWords(result.subscriber, comingTimeInWords, deps);
    const { topics, own } = chosenNames(result.subscriber.profile.topics, deps.catalogue);
    return context.html(<ConfirmedPage preferencesToken={token} topics={[...topics, ...own]} next={next} />);
  });
}

interface ShownForm {
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly stamp: string;
  /** The number that was sent with the stamp as its proof of work, if it was. */
  readonly proof?: string;
  readonly tried?: TriedFilters;
  readonly filled?: FilledField;
}

/** The fields that are never folded away, and the form as a whole. */
const alwaysOpen = ['form', 'address', 'topic'];

async function frontPage(
  context: Context,
  { values, errors, stamp, proof = '', tried, filled }: ShownForm,
  deps: ServePagesDeps,
) {
  const { editions, catalogue, groups, categories, publishHour } = deps;
  const now = deps.now();
  const newest = await editions.newestDate(dateOf(now));
  const edition = newest && (await editions.find(newest));
  const figures = await formFigures({ newest, tried }, deps);
  const isAdjusting =
    (tried ?? filled) !== undefined || Object.keys(errors).some((field) => !alwaysOpen.includes(field));
  const { signing } = await deps.keys();
  const work = { proof: proof === proofOf(signing, stamp) ? proof : '', challenge: challengeOf(signing, stamp) };
  const form = { values, errors, stamp, work, catalogue, groups, categories, figures, isAdjusting, filled };
  const shown = edition && { edition, withdrawn: new Set(await editions.withdrawn()), time: { now, publishHour } };
  const page = <FrontPage {...form} newest={shown} pagesUrl={deps.pagesUrl} />;
  return context.html(page, Object.keys(errors).length > 0 ? 422 : 200);
}
