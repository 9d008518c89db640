import { addDays, type CalendarDate, dateOf, hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { isTimeZone } from '../../../shared/domain/subscriber/slot/local-clock.js';
import { digestLifetimeMs, dueAt, type Slot, weekdaysDue } from '../../../shared/domain/subscriber/slot.js';
import { sesClient } from '../../../shared/mail/send/ses-sender.js';
import { slotsPartition } from '../../../shared/storage/subscribers/subscriber-rows.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { publicationOf } from '../engine/profile.js';
import type { World } from '../engine/world.js';
import { type DayEdition, publishHour } from './editions.js';
import { env, planDigestsFunction } from './functions.js';
import type { Reader } from './readers.js';

const tickMs = 15 * minuteMs;
/** An edition may be due in a slot up to a day after its date. */
const daysBack = 2;

const dues = new Map<string, number>();

/**
 * When an edition is due in a slot, worked out once in this process; never in a zone that there is not, nor on another
 * day than the slot's.
 */
export function dueIn(slot: Slot, edition: CalendarDate): number {
  const key = `${edition} ${slot}`;
  const [zone = ''] = slot.split('@');
  const never = Number.POSITIVE_INFINITY;
  const due = dues.get(key) ?? (isTimeZone(zone) ? (dueAt(slot, edition, publishHour) ?? never) : never);
  dues.set(key, due);
  return due;
}

let known: Promise<number> | undefined;

/** Puts those who are there from the start into the table, and sets SES's client as the product does. */
export async function settle(world: World, readers: readonly Reader[]): Promise<void> {
  const { dynamo, scheduler, ses } = world;
  known ??= sesClient({ region: 'us-east-1' }).config.maxAttempts();
  ses.attempts = await known;
  const subscribers = subscriberRepository(dynamo.client(), env.SUBSCRIBERS_TABLE);
  for (const { id, profile, origin, pausedUntil } of readers) {
    if (origin === 'stranger') continue;
    await subscribers.put(id, profile, scheduler.now - hourMs);
    if (origin === 'pausing') await subscribers.pause(id, pausedUntil, scheduler.now - hourMs);
  }
}

/** Publishes editions in their time, and lets the schedule tick until the end. */
export function letDaysPass(world: World, editions: readonly DayEdition[], end: number): void {
  for (const edition of editions) publishLater(world, edition);
  const { now } = world.scheduler;
  for (let at = now - (now % tickMs) + tickMs; at < end; at += tickMs) tickLater(world, at);
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

/** Whether a slot waits for its plan, or a batch for its end. */
function hasWork({ dynamo, scheduler: { now }, openBatches }: World): boolean {
  if (openBatches.size > 0) return true;
  const runs = dynamo.table(env.RUNS_TABLE);
  const editions = dynamo.table(env.EDITIONS_TABLE);
  const partitions = [undefined, ...weekdaysDue(now)].map(slotsPartition);
  for (const { item, key } of partitions.flatMap((pk) => [...dynamo.table(env.SUBSCRIBERS_TABLE).all(pk)])) {
    for (let back = 0; item && back <= daysBack; back += 1) {
      const date = addDays(dateOf(now), -back);
      const due = dueIn(key.sk as Slot, date);
      if (due > now || due + digestLifetimeMs < now) continue;
      if (runs.stored({ pk: `run#${date}`, sk: `plan#${key.sk}` })?.item) continue;
      if (editions.stored({ pk: `edition#${date}`, sk: 'head' })?.item) return true;
    }
  }
  return false;
}
