import type { Child } from 'hono/jsx';
import { daysInWords, periodOf } from '../../../../shared/domain/subscriber/slot/delivery-days.js';
import { nextDue } from '../../../../shared/domain/subscriber/slot.js';
import type { Subscriber, SubscriberProfile } from '../../../../shared/domain/subscriber/subscriber.js';
import { resolveTopics } from '../../../../shared/domain/subscriber/topic.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { DigestNow } from '../../digest-now/pages/digest-now.js';
import { PrivateFeed } from '../../feeds/pages/private-feed.js';
import { ErrorSummary } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import { LearnedTopics } from '../../learned/pages/learned-topics.js';
import { LeftOut } from '../../less/pages/left-out.js';
import { TryFilters } from '../../search/pages/filter-fields.js';
import { ChoiceFields, type ChoiceFieldsProps } from '../../subscribe/pages/choice-fields.js';
import type { Flash } from '../flash.js';
import type { LatestDigest } from '../latest-digests.js';
import { localTime, nextInWords, type PageTime, Pauses, type StandingProps, to } from './pauses.js';

interface PreferencesPageProps extends ChoiceFieldsProps {
  readonly subscriber: Subscriber;
  readonly flash: Flash | undefined;
  readonly latest: readonly LatestDigest[];
  /** Address of the private feed, if there is one. */
  readonly feedUrl: string | undefined;
  readonly time: PageTime;
  readonly token: string;
  readonly undoToken: string;
}

/** What a subscriber gets and got, to be changed, paused, moved, downloaded and erased; never shows the address. */
export function PreferencesPage(props: PreferencesPageProps) {
  const { subscriber, flash, latest, feedUrl, time, token, undoToken, ...choices } = props;
  const { errors, catalogue } = choices;
  const { status } = subscriber.state;
  const isSubscribed = status === 'active' || status === 'paused';
  const { topics, unknown } = resolveTopics(subscriber.profile.topics, catalogue);
  return (
    <Layout title={Object.keys(errors).length > 0 ? 'Error: Your digest' : 'Your digest'} hasForm>
      <h1>Your digest</h1>
      <ErrorSummary errors={errors} />
      {flash ? <FlashLine flash={flash} subscriber={subscriber} time={time} /> : null}
      <Standing subscriber={subscriber} time={time} />
      {isSubscribed ? <p>{`Your topics: ${topics.map(({ name }) => name).join(', ') || 'none'}.`}</p> : null}
      {unknown.length > 0 ? (
        <p>Some of your topics are no longer available and will be dropped when you save. Please check the list.</p>
      ) : null}
      {status === 'unsubscribed' ? <Undo token={undoToken} /> : null}
      {isSubscribed ? (
        <>
          <LatestDigests latest={latest} />
          <form class="coupon" method="post" action={to('/preferences', token)} novalidate>
            <ChoiceFields {...choices} />
            <button type="submit" class="wide">
              Save
            </button>
            <TryFilters action={to('/preferences/try', token)} />
            <DigestNow query={to('', token)} />
          </form>
          <LearnedTopics
            learned={subscriber.profile.topics.filter((choice) => 'like' in choice)}
            to={(n) => `${to('/learned', token)}${n === undefined ? '' : `&n=${n}`}`}
          />
          <LeftOut never={subscriber.profile.never ?? []} action={to('/preferences/again', token)} />
          <PrivateFeed url={feedUrl} action={to('/preferences/feed', token)} />
          <Pauses subscriber={subscriber} time={time} token={token} />
          <ChangeAddress token={token} />
        </>
      ) : null}
      <YourData token={token} />
    </Layout>
  );
}

function FlashLine({ flash, subscriber: { state, profile }, time }: StandingProps & { flash: Flash }) {
  if ('refused' in flash) {
    return (
      <p class="problems" role="status">
        {flash.refused}
      </p>
    );
  }
  const isDue = flash.isRescheduled && state.status === 'active';
  const next = isDue ? nextDue(state.slot, time.now, time.publishHour, state.edition) : undefined;
  return (
    <p class="done" role="status">
      <strong>{flash.done}</strong>
      {next === undefined ? '' : ` Your next digest is due on ${localTime(next, profile.timeZone)}.`}
    </p>
  );
}

function Standing({ subscriber, time }: StandingProps) {
  const { state, profile } = subscriber;
  const sentences: Record<typeof state.status, Child> = {
    active: `${whenInWords(profile)} The next comes ${nextInWords(subscriber, time)}, if there is something new for you.`,
    paused:
      state.pausedUntil === undefined
        ? 'Paused: you will get no digests until you resume.'
        : `Paused: you will get no digests before ${localTime(state.pausedUntil, profile.timeZone)}. The first one after that comes ${nextInWords(subscriber, time, state.pausedUntil)}.`,
    moving: 'Your digest is moving to your new address. This page will close.',
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

function LatestDigests({ latest }: { latest: readonly LatestDigest[] }) {
  if (latest.length === 0) return null;
  return (
    <>
      <h2>What you got lately</h2>
      <ul class="latest">
        {latest.map(({ edition, papers, path, pressPath, titles }) => (
          <li>
            <a href={path}>{dayInWords(edition)}</a>
            {`: ${papers === 1 ? '1 paper' : `${papers} papers`} · `}
            <a href={pressPath} aria-label={`more or less like these: ${dayInWords(edition)}`}>
              more or less like these
            </a>
            {titles.length > 0 ? <span class="hint">{titles.join(' · ')}</span> : null}
          </li>
        ))}
      </ul>
    </>
  );
}

function Undo({ token }: { token: string }) {
  return (
    <div class="actions">
      <form method="post" action={to('/unsubscribe/undo', token)}>
        <button type="submit" class="quiet">
          Undo: subscribe me again
        </button>
      </form>
    </div>
  );
}

function ChangeAddress({ token }: { token: string }) {
  return (
    <>
      <h2>Your address</h2>
      <p>
        To get your digest at another address, ask for a link. We send it to your present address, at most once in 24
        hours, and it works for one hour.
      </p>
      <div class="actions">
        <form method="post" action={to('/preferences/address', token)}>
          <button type="submit" class="quiet">
            Change my address
          </button>
        </form>
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
