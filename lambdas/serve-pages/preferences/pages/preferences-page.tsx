import type { Child } from 'hono/jsx';
import type { Instant } from '../../../../shared/domain/calendar-date.js';
import { daysInWords, periodOf } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import type { Subscriber, SubscriberProfile } from '../../../../shared/domain/subscriber/subscriber.js';
import { resolveTopics } from '../../../../shared/domain/subscriber/topic.js';
import { DigestNow } from '../../digest-now/pages/digest-now.js';
import { ErrorSummary } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import { LeftOut } from '../../less/pages/left-out.js';
import { TryFilters } from '../../search/pages/filter-fields.js';
import { ChoiceFields, type ChoiceFieldsProps } from '../../subscribe/pages/choice-fields.js';

/** How the last step on the page ended; `nextAt` is there when it changed when the next digest is due. */
export type StepTaken = { readonly done: string; readonly nextAt?: Instant | undefined } | { readonly refused: string };

interface PreferencesPageProps extends ChoiceFieldsProps {
  readonly subscriber: Subscriber;
  readonly step?: StepTaken | undefined;
  readonly token: string;
  readonly unsubscribeToken: string;
}

/** What a subscriber gets, to be changed, paused, downloaded and erased; never shows the address. */
export function PreferencesPage({ subscriber, step, token, unsubscribeToken, ...choices }: PreferencesPageProps) {
  const { errors, catalogue } = choices;
  const { status } = subscriber.state;
  const isSubscribed = status === 'active' || status === 'paused';
  const { unknown } = resolveTopics(subscriber.profile.topics, catalogue);
  return (
    <Layout title={Object.keys(errors).length > 0 ? 'Error: Your digest' : 'Your digest'} hasForm>
      <ErrorSummary errors={errors} />
      <h1>Your digest</h1>
      {step ? <Step step={step} timeZone={subscriber.profile.timeZone} /> : null}
      <Standing subscriber={subscriber} />
      {unknown.length > 0 ? (
        <p>Some of your topics are no longer available and will be dropped when you save. Please check the list.</p>
      ) : null}
      {isSubscribed ? (
        <>
          <form class="coupon" method="post" action={to('/preferences', token)} novalidate>
            <ChoiceFields {...choices} />
            <button type="submit" class="wide">
              Save
            </button>
            <TryFilters action={to('/preferences/try', token)} />
            <DigestNow query={to('', token)} />
          </form>
          <LeftOut never={subscriber.profile.never ?? []} action={to('/preferences/again', token)} />
          <Pauses isPaused={status === 'paused'} token={token} unsubscribeToken={unsubscribeToken} />
        </>
      ) : null}
      <YourData token={token} />
    </Layout>
  );
}

const to = (path: string, token: string) => `${path}?token=${encodeURIComponent(token)}`;

function Step({ step, timeZone }: { step: StepTaken; timeZone: string }) {
  if ('refused' in step) {
    return (
      <p class="problems" role="status">
        {step.refused}
      </p>
    );
  }
  return (
    <p class="done" role="status">
      <strong>{step.done}</strong>
      {step.nextAt === undefined ? '' : ` Your next digest is due on ${localTime(step.nextAt, timeZone)}.`}
    </p>
  );
}

function Standing({ subscriber: { state, profile } }: { subscriber: Subscriber }) {
  const sentences: Record<typeof state.status, Child> = {
    active: whenInWords(profile),
    paused:
      state.pausedUntil === undefined
        ? 'Paused: you will get no digests until you resume.'
        : `Paused: you will get no digests before ${localTime(state.pausedUntil, profile.timeZone)}.`,
    pending: 'Not confirmed yet: open the link in the email we sent you.',
    unsubscribed: (
      <>
        You are not subscribed at the moment. <a href="/">Fill in the form</a> to subscribe again.
      </>
    ),
    suppressed: state.suppressedBy ? (
      <>
        We no longer write to this address: emails to it bounced. <a href="/">Fill in the form</a> to come back.
      </>
    ) : (
      'We no longer write to this address: an email to it bounced or was reported as spam.'
    ),
  };
  return <p class="lead">{sentences[state.status]}</p>;
}

function whenInWords({ hour, timeZone, days }: SubscriberProfile): string {
  const time = `at ${String(hour).padStart(2, '0')}:00 (${timeZone}).`;
  if (days === undefined) return `You get one email a day ${time}`;
  return `Your digest comes ${daysInWords(days)}${periodOf(days) === 'week' ? ',' : ''} ${time}`;
}

function Pauses({ isPaused, token, unsubscribeToken }: { isPaused: boolean; token: string; unsubscribeToken: string }) {
  return (
    <>
      <h2 id="pause">{isPaused ? 'Resume or unsubscribe' : 'Pause or unsubscribe'}</h2>
      <div class="actions">
        {isPaused ? (
          <form method="post" action={to('/preferences/resume', token)}>
            <button type="submit">Resume</button>
          </form>
        ) : (
          <form method="post" action={to('/preferences/pause', token)}>
            <button type="submit" class="quiet" name="for" value="week">
              Pause for a week
            </button>
            <button type="submit" class="quiet" name="for" value="open-end">
              Pause until I resume
            </button>
          </form>
        )}
        <a class="button quiet" href={to('/unsubscribe', unsubscribeToken)}>
          Unsubscribe
        </a>
      </div>
    </>
  );
}

function YourData({ token }: { token: string }) {
  return (
    <>
      <h2>Your data</h2>
      <p>
        Download everything we store about you as a file, or erase it. <a href="/privacy">What we store, and why</a>
      </p>
      <div class="actions">
        <form method="post" action={to('/preferences/export', token)}>
          <button type="submit" class="quiet">
            Download
          </button>
        </form>
        <a class="button quiet" href={to('/preferences/erase', token)}>
          Erase…
        </a>
      </div>
    </>
  );
}

/** An instant on a zone's clock: `Saturday 8 August 2026 at 07:00 (Europe/Berlin)`. */
function localTime(at: Instant, timeZone: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return `${day.replaceAll(',', '')} at ${time} (${timeZone})`;
}
