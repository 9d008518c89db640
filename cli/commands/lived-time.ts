import type { Instant } from '../../shared/domain/calendar-date.js';
import type { HouseClock, VirtualClock } from '../local/clock.js';
import type { House } from '../local/house.js';

const stepMs = 250;

/** Lets a house's time run while somebody looks at it. */
export interface LivedTime {
  /** Runs until an instant: fires each schedule when it is due and waits for what follows. */
  readonly liveUntil: (at: Instant) => Promise<void>;
  /** Rejects, with one clear line, when the house cannot go on. */
  readonly broken: Promise<never>;
  readonly stop: () => void;
}

/** Fires the template's schedules as the clock reaches them; a virtual clock advances with real time. */
export function liveOn(house: House, clock: HouseClock | VirtualClock, keepTime: (at: Instant) => void): LivedTime {
  let next = house.nextScheduled(clock.now());
  let isBusy = false;

  async function liveUntil(at: Instant): Promise<void> {
    while (next <= at) {
      const due = next;
      next = house.nextScheduled(due);
      if ('set' in clock && clock.now() < due) clock.set(due);
      await house.runSchedules(due);
      await house.settle();
    }
    if ('set' in clock && clock.now() < at) clock.set(at);
    keepTime(clock.now());
  }

  async function step(): Promise<void> {
    house.check();
    if (isBusy) return;
    isBusy = true;
    await liveUntil('set' in clock ? clock.now() + stepMs : clock.now()).finally(() => {
      isBusy = false;
    });
  }

  const { promise: broken, reject } = withReject();
  const timer = setInterval(() => void step().catch(reject), stepMs);
  return { liveUntil, broken, stop: () => clearInterval(timer) };
}

function withReject(): { promise: Promise<never>; reject: (error: unknown) => void } {
  let reject: (error: unknown) => void = () => undefined;
  const promise = new Promise<never>((_resolve, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}
