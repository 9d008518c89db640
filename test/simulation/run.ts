import { type CalendarDate, hourMs, startOf } from '../../shared/domain/calendar-date.js';
import { slotOf } from '../../shared/domain/subscriber/slot.js';
import { day } from '../support/builders.js';
import { judge, type Verdict } from './check/judge.js';
import { judgeLearning } from './check/learning.js';
import { Chance } from './engine/chance.js';
import { profileOf, type RunOptions } from './engine/draw-profile.js';
import { withConditions } from './engine/profile.js';
import { World } from './engine/world.js';
import { damageOf } from './house/damage.js';
import { dueIn, letDaysPass, settle } from './house/days.js';
import { type DayEdition, editionOf, publishHour } from './house/editions.js';
import { Learners } from './house/learners.js';
import { newcomersOf } from './house/movers.js';
import { People } from './house/people.js';
import { readerOf } from './house/readers.js';

const dayBefore = day('2026-08-05');
/** The days whose editions a run sends. */
export const runDays: readonly [CalendarDate, CalendarDate] = [day('2026-08-06'), day('2026-08-07')];

/** What became of one run. */
export interface RunResult extends Verdict {
  readonly seed: number;
  readonly crashes: number;
  readonly mails: number;
  /** What went wrong and what people did, by name: with these alone the run can be repeated. */
  readonly events: readonly string[];
  readonly lines: readonly string[];
}

/** How one run is repeated. */
export interface Repeat {
  /** Of all that would happen to the seed, only what has these names. */
  readonly allowed?: ReadonlySet<string>;
  readonly isTraced?: boolean;
}

/** Simulates two days of a whole installation and judges them. */
export async function simulate(
  seed: number,
  options: RunOptions,
  { allowed, isTraced = false }: Repeat = {},
): Promise<RunResult> {
  const chance = new Chance(seed);
  const editions = await Promise.all([dayBefore, ...runDays].map((date) => editionOf(date)));
  const days = new Map<string, DayEdition>(editions.map((edition) => [edition.date, edition]));
  const firstAt = startOf(runDays[0]) + publishHour * hourMs;
  const happened: string[] = [];
  const happens = (what: string) => {
    if (allowed && !allowed.has(what)) return false;
    happened.push(what);
    return true;
  };
  const profile = withConditions(profileOf(chance, firstAt, options), happens);
  const world = new World(firstAt - hourMs, profile, seed, allowed, days, isTraced);
  const count = chance.whole(5, 7, 'readers');
  const readers = Array.from({ length: count }, (_, number) => readerOf(chance, number, firstAt, options.focus));
  readers.push(...newcomersOf(chance, readers, readers.length));
  await settle(world, readers);
  // Whoever moves to an earlier hour may be due a day later than before.
  const dues = readers.flatMap(({ profile: { timeZone, hour }, steps }) => {
    const hours = steps.flatMap((step) => (step.do === 'change' ? [Number(step.how)] : []));
    return [hour, ...hours].map((each) => dueIn(slotOf(timeZone, each), runDays[1]));
  });
  const end = Math.max(...dues) + 26 * hourMs;
  letDaysPass(world, editions, end);
  if (profile.badRow) damageOf(world, readers, firstAt);
  new People(world, readers, happens).start();
  const learners = new Learners(world, happens);
  learners.start(readers, firstAt, end);
  await world.scheduler.runUntil(end);
  const { faults, ledger, lines } = world;
  const learned = await judgeLearning(learners, world, end);
  return {
    seed,
    crashes: ledger.deaths.length,
    mails: ledger.mails.length,
    events: [...happened, ...faults.struck],
    lines,
    ...judge({ world, readers, editions: editions.slice(1), end, options, learned }),
  };
}
