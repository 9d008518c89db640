import { type CalendarDate, hourMs, type Instant, minuteMs, startOf } from '../../../shared/domain/calendar-date.js';
import type { RunBalance } from '../../../shared/domain/subscriber/outcome.js';
import { digestLifetimeMs, dueAt, slotFor } from '../../../shared/domain/subscriber/slot.js';
import type { SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import { CliError } from '../../command/cli-error.js';
import type { Io } from '../../command/command.js';
import type { PaperboyHouse } from '../../house/paperboy-house.js';
import type { VirtualClock } from '../../local/clock.js';

/** A claim in doubt is settled within this time after the last tick that sends. */
const aftermathMs = digestLifetimeMs + hourMs;

interface Day {
  readonly date: CalendarDate;
  readonly publishHour: number;
  readonly subscribers: readonly SubscriberProfile[];
  readonly clock: VirtualClock;
  readonly progress: DayProgress;
  /** Called before each step, so that a killed process can continue from there. */
  readonly saveTime: (at: Instant) => void;
}

/** Plays one day from the clock's time on, schedule by schedule, until every subscriber's digest has its outcome. */
export async function playDay(paperboy: PaperboyHouse, day: Day): Promise<RunBalance> {
  const { clock, date } = day;
  const begin = startOf(date) + day.publishHour * hourMs;
  const lastDue = begin + minutesOf(day) * minuteMs;
  for (;;) {
    const at = clock.now();
    day.saveTime(at);
    await paperboy.house.runSchedules(at);
    await paperboy.house.settle();
    day.progress.update((at - begin) / minuteMs);
    if (at >= lastDue) {
      if (!(await paperboy.editions.isPublished(date))) {
        const why = whyNot(paperboy, 'the recordings hold no paper');
        throw new CliError(`no edition of ${date} could be published: ${why}`);
      }
      const balance = await paperboy.runs.balance(date);
      if (balance.open === 0 && (await isPlanned(paperboy, day))) return balance;
    }
    if (at > lastDue + aftermathMs) {
      throw new CliError(`the run of ${date} did not end: ${whyNot(paperboy, 'digests stayed open')}`);
    }
    clock.set(paperboy.house.nextScheduled(at));
  }
}

/** How many minutes the day's progress bar covers. */
export function minutesOf(day: Pick<Day, 'date' | 'publishHour' | 'subscribers'>): number {
  const begin = startOf(day.date) + day.publishHour * hourMs;
  return (Math.max(begin, ...dueSlots(day).map(({ due }) => due)) - begin) / minuteMs;
}

/** The subscribers' slots in which the day's edition falls due, and when. */
function dueSlots({ date, publishHour, subscribers }: Pick<Day, 'date' | 'publishHour' | 'subscribers'>) {
  return subscribers.flatMap((profile) => {
    const slot = slotFor(profile);
    const due = dueAt(slot, date, publishHour);
    return due === undefined ? [] : [{ slot, due }];
  });
}

/** Whether every slot that is due was cut into batches for this edition. */
async function isPlanned(paperboy: PaperboyHouse, day: Day): Promise<boolean> {
  const planned = await paperboy.runs.plannedSlots(day.date);
  return dueSlots(day).every(({ slot }) => planned.has(slot));
}

function whyNot({ house }: PaperboyHouse, otherwise: string): string {
  return house.failures().at(-1) ?? otherwise;
}

/** How far the day is, in minutes. */
interface DayProgress {
  readonly update: (done: number) => void;
  readonly stop: () => void;
}

/** Shows how many of the day's minutes are played. */
export function showProgress(io: Io, minutes: number): DayProgress {
  const bar = io.progress('minutes of the day', minutes);
  let shown = 0;
  const update = (done: number) => {
    const until = Math.min(done, minutes);
    if (until > shown) bar.step(until - shown);
    shown = Math.max(shown, until);
  };
  return { update, stop: bar.end };
}
