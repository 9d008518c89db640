import { dayMs, type Instant } from '../../../../shared/domain/calendar-date.js';
import { nextDue } from '../../../../shared/domain/subscriber/slot.js';
import type { Subscriber } from '../../../../shared/domain/subscriber/subscriber.js';
import { comingTimeInWords } from '../../../../shared/domain/text/time-in-words.js';

/** What "when" depends on. */
export interface PageTime {
  readonly now: Instant;
  /** 0–23, UTC. */
  readonly publishHour: number;
}

export interface StandingProps {
  readonly subscriber: Subscriber;
  readonly time: PageTime;
}

/** A step's address. */
export const to = (path: string, token: string) => `${path}?token=${encodeURIComponent(token)}`;

/** When the next digest can come, after `from` where there is a pause. */
export function nextInWords({ state, profile }: Subscriber, { now, publishHour }: PageTime, from = now): string {
  return comingTimeInWords(nextDue(state.slot, from, publishHour, state.edition), now, profile.timeZone);
}

export function Pauses({ subscriber, time, token }: StandingProps & { token: string }) {
  const isPaused = subscriber.state.status === 'paused';
  return (
    <>
      <h2 id="pause">{isPaused ? 'Resume or unsubscribe' : 'Pause or unsubscribe'}</h2>
      {isPaused ? null : <AfterAWeek subscriber={subscriber} time={time} />}
      <div class="actions">
        {isPaused ? (
          <form method="post" action={to('/preferences/resume', token)}>
            <button type="submit">Resume</button>
          </form>
        ) : (
          <PauseButtons token={token} />
        )}
        <a class="button quiet" href={to('/preferences/unsubscribe', token)}>
          Unsubscribe
        </a>
      </div>
    </>
  );
}

/** Names the first digest after a pause of a week. */
export function AfterAWeek({ subscriber, time }: StandingProps) {
  return (
    <p>{`After a week's pause, your first digest comes ${nextInWords(subscriber, time, time.now + 7 * dayMs)}.`}</p>
  );
}

export function PauseButtons({ token }: { token: string }) {
  return (
    <form method="post" action={to('/preferences/pause', token)}>
      <button type="submit" class="quiet" name="for" value="week">
        Pause for a week
      </button>
      <button type="submit" class="quiet" name="for" value="open-end">
        Pause until I resume
      </button>
    </form>
  );
}

/** An instant on a zone's clock: `Saturday 8 August 2026 at 07:00 (Europe/Berlin)`. */
export function localTime(at: Instant, timeZone: string): string {
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
