import { type CalendarDate, hourMs, minuteMs, startOf } from '../../shared/domain/calendar-date.js';
import { digestLifetimeMs, dueAt, isTimeZone, type Slot, slotOf } from '../../shared/domain/subscriber/slot.js';
import { sesClient } from '../../shared/mail/send/ses-sender.js';
import { subscriberRepository } from '../../shared/storage/subscribers/subscribers-repository.js';
import { day } from '../support/builders.js';
import { judge, type Verdict } from './check/judge.js';
import { Chance } from './engine/chance.js';
import { profileOf, type RunOptions, withConditions } from './engine/profile.js';
import { World } from './engine/world.js';
import { damageOf } from './house/damage.js';
import { type DayEdition, editionOf, publishHour } from './house/editions.js';
import { env, planDigestsFunction } from './house/functions.js';
import { People } from './house/people.js';
import { publicationOf, type Reader, readerOf } from './house/readers.js';

const dayBefore = day('2026-08-05');
/** The days whose editions a run sends. */
export const runDays: readonly [CalendarDate, CalendarDate] = [day('2026-08-06'), day('2026-08-07')];
const tickMs = 15 * minuteMs;

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
  const dates = [dayBefore, ...runDays];
  const editions = await Promise.all(dates.map(editionOf));
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
  const readers = Array.from({ length: chance.whole(5, 7, 'readers') }, (_, number) =>
    readerOf(chance, number, firstAt),
  );
  world.ses.attempts = await sesAttempts();
  await settle(world, readers);
  for (const edition of editions) publishLater(world, edition);
  const lastDue = Math.max(
    ...readers.map(({ profile: { timeZone, hour } }) => dueIn(slotOf(timeZone, hour), runDays[1])),
  );
  const end = lastDue + 26 * hourMs;
  for (let at = world.scheduler.now; at < end; at += tickMs) tickLater(world, at);
  if (profile.badRow) damageOf(world, readers, firstAt);
  new People(world, readers, happens).start();
  await world.scheduler.runUntil(end);
  const verdict = judge({ world, readers, editions: editions.slice(1), end, options });
  const { struck } = world.faults;
  return {
    seed,
    crashes: world.ledger.deaths.length,
    mails: world.ledger.mails.length,
    events: [...happened, ...struck],
    lines: world.lines,
    ...verdict,
  };
}

let known: Promise<number> | undefined;

/** How often the real client is set to send one mail. */
function sesAttempts(): Promise<number> {
  known ??= sesClient({ region: 'us-east-1' }).config.maxAttempts();
  return known;
}

/** Puts those who are there from the start into the table. */
async function settle({ dynamo, scheduler }: World, readers: readonly Reader[]): Promise<void> {
  const subscribers = subscriberRepository(dynamo.client(), env.SUBSCRIBERS_TABLE);
  for (const { id, profile, origin, pausedUntil } of readers) {
    if (origin === 'stranger') continue;
    await subscribers.put(id, profile, scheduler.now - hourMs);
    if (origin === 'pausing') await subscribers.pause(id, pausedUntil, scheduler.now - hourMs);
  }
}

function publishLater(world: World, { date, publishedAt, rows }: DayEdition): void {
  world.scheduler.at(publicationOf(world.faults.chance, publishedAt), () => {
    const table = world.dynamo.table(env.EDITIONS_TABLE);
    for (const row of rows) table.write({ pk: String(row.pk), sk: String(row.sk) }, row, world.scheduler.now);
    world.trace(`edition ${date} is published`);
    void world.invoke(planDigestsFunction, `plan-digests after ${date}`, '');
  });
}

/** A tick of the schedule; most of those with nothing to do are left out, which saves half of a run's time. */
function tickLater(world: World, at: number): void {
  const { faults, scheduler } = world;
  const name = `plan-digests ${new Date(at).toISOString().slice(5, 16)}`;
  const tick = (call: string) => void world.invoke(planDigestsFunction, call, '');
  scheduler.at(at + faults.chance.between(0, 3_000, name), () => {
    if (!hasWork(world) && !faults.chance.isBelow(world.profile.idleTicks, `${name} idle`)) return;
    tick(name);
    if (faults.strikes(`twice: ${name}`, world.profile.duplicated)) {
      scheduler.in(faults.chance.between(0, 5_000, `${name} twice`), () => tick(`${name} again`));
    }
  });
}

const dues = new Map<string, number>();

/** When an edition is due in a slot, worked out once in this process. */
function dueIn(slot: Slot, edition: CalendarDate): number {
  const key = `${edition} ${slot}`;
  const [zone = ''] = slot.split('@');
  const due = dues.get(key) ?? (isTimeZone(zone) ? dueAt(slot, edition, publishHour) : Number.POSITIVE_INFINITY);
  dues.set(key, due);
  return due;
}

/** Whether a slot waits for its plan, or a batch for its end. */
function hasWork({ dynamo, scheduler: { now } }: World): boolean {
  const runs = dynamo.table(env.RUNS_TABLE);
  for (const { item } of runs.all()) if (item?.openRun !== undefined) return true;
  for (const { item } of dynamo.table(env.SUBSCRIBERS_TABLE).all('slots')) {
    for (const date of item ? runDays : []) {
      const due = dueIn(item?.sk as Slot, date);
      if (due > now || due + digestLifetimeMs < now || runs.stored({ pk: `run#${date}`, sk: `plan#${item?.sk}` })?.item)
        continue;
      if (dynamo.table(env.EDITIONS_TABLE).stored({ pk: `edition#${date}`, sk: 'head' })?.item) return true;
    }
  }
  return false;
}
