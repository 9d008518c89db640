import type { Instant } from '../../../shared/domain/calendar-date.js';
import type { HouseClock, VirtualClock } from '../../local/clock.js';
import type { House } from '../../local/house.js';

const stepMs = 250;

/** Lets a house's time run while somebody looks at it. */
export interface LivedTime {
  /** Lives `ms` milliseconds from when its turn comes: fires each schedule in its time and waits for what follows. */
  readonly liveOn: (ms: number) => Promise<void>;
  /** Rejects, with one clear line, when the house cannot go on. */
  readonly failed: Promise<never>;
  readonly stop: () => void;
}

/** Fires the template's schedules as the clock comes to them; a virtual clock is moved along with real time. */
export function livedTime(house: House, clock: HouseClock | VirtualClock, keepTime: (at: Instant) => void): LivedTime {
  let next = house.nextScheduled(clock.now());
  let turn: Promise<void> = Promise.resolve();
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

  /** Two that move the clock at once would fire schedules out of their order. */
  function inTurn(ms: number): Promise<void> {
    const lived = turn.then(async () => {
      house.check();
      isBusy = true;
      await liveUntil(clock.now() + ms).finally(() => {
        isBusy = false;
      });
    });
    turn = lived.catch(() => undefined);
    return lived;
  }

  let timer: NodeJS.Timeout | undefined;
  const failed = new Promise<never>((_, reject) => {
    timer = setInterval(() => {
      if (!isBusy) inTurn('set' in clock ? stepMs : 0).catch(reject);
    }, stepMs);
  });
  return { liveOn: inTurn, failed, stop: () => clearInterval(timer) };
}
