import type { Child } from 'hono/jsx';
import type { Instant } from '../../../../shared/domain/calendar-date.js';
import type { Subscriber } from '../../../../shared/domain/subscriber/subscriber.js';
import { resolveTopics, type Topic } from '../../../../shared/domain/subscriber/topic.js';
import { ErrorSummary, type FieldErrors } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import { TryFilters } from '../../search/pages/filter-fields.js';
import type { FormFigures } from '../../subscribe/form-figures.js';
import type { FormValues } from '../../subscribe/form-values.js';
import { ChoiceFields } from '../../subscribe/pages/choice-fields.js';
import { localTime } from './local-time.js';

/** What the page says of the last step taken on it. */
export interface StepTaken {
  readonly done: string;
  /** When the next digest is due, where that has changed. */
  readonly nextAt?: Instant | undefined;
}

interface PreferencesPageProps {
  readonly subscriber: Subscriber;
  readonly values: FormValues;
  readonly errors: FieldErrors;
  readonly catalogue: readonly Topic[];
  readonly figures: FormFigures;
  readonly step?: StepTaken | undefined;
  readonly token: string;
  readonly unsubscribeToken: string;
}

/** What a subscriber gets, to be changed, paused, taken along and erased; never shows the address. */
export function PreferencesPage(props: PreferencesPageProps) {
  const { subscriber, values, errors, catalogue, figures, step, token, unsubscribeToken } = props;
  const { status } = subscriber.state;
  const isSubscribed = status === 'active' || status === 'paused';
  const { unknown } = resolveTopics(subscriber.profile.topics, catalogue);
  return (
    <Layout title={Object.keys(errors).length > 0 ? 'Not saved yet: your digest' : 'Your digest'}>
      <ErrorSummary errors={errors} />
      <h1>Your digest</h1>
      {step ? <Step step={step} timeZone={subscriber.profile.timeZone} /> : null}
      <Standing subscriber={subscriber} />
      {unknown.length > 0 ? (
        <p>Some of your topics can no longer be used; they are left out when you save. Look through the list.</p>
      ) : null}
      {isSubscribed ? (
        <>
          <form class="coupon" method="post" action={to('/preferences', token)} novalidate>
            <ChoiceFields values={values} errors={errors} catalogue={catalogue} figures={figures} />
            <button type="submit" class="wide">
              Save
            </button>
            <TryFilters action={to('/preferences/try', token)} />
          </form>
          <Pauses isPaused={status === 'paused'} token={token} unsubscribeToken={unsubscribeToken} />
        </>
      ) : null}
      <YourData token={token} />
    </Layout>
  );
}

const to = (path: string, token: string) => `${path}?token=${encodeURIComponent(token)}`;

function Step({ step, timeZone }: { step: StepTaken; timeZone: string }) {
  return (
    <p class="done" role="status">
      <strong>{step.done}</strong>
      {step.nextAt === undefined ? '' : ` Your next digest is due on ${localTime(step.nextAt, timeZone)}.`}
    </p>
  );
}

function Standing({ subscriber: { state, profile } }: { subscriber: Subscriber }) {
  const sentences: Record<typeof state.status, Child> = {
    active: `You get a mail a day at ${String(profile.hour).padStart(2, '0')}:00, ${profile.timeZone}.`,
    paused:
      state.pausedUntil === undefined
        ? 'Paused: no digest comes until you resume.'
        : `Paused: no digest comes before ${localTime(state.pausedUntil, profile.timeZone)}.`,
    pending: 'Not confirmed yet: open the link in the mail that we sent you.',
    unsubscribed: (
      <>
        You are not subscribed at present. <a href="/">Fill in the form</a> to come back.
      </>
    ),
    suppressed: 'We no longer write to this address: a mail came back, or was reported as unwanted.',
  };
  return <p class="lead">{sentences[state.status]}</p>;
}

function Pauses({ isPaused, token, unsubscribeToken }: { isPaused: boolean; token: string; unsubscribeToken: string }) {
  return (
    <>
      <h2>{isPaused ? 'Go on, or leave' : 'Pause or leave'}</h2>
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
        Take along all that is kept of you as a file, or erase it. <a href="/privacy">What is kept, and why</a>
      </p>
      <div class="actions">
        <form method="post" action={to('/preferences/export', token)}>
          <button type="submit" class="quiet">
            Download
          </button>
        </form>
        <a class="button quiet" href={to('/preferences/erase', token)}>
          Erase …
        </a>
      </div>
    </>
  );
}
