import {
  addDays,
  type CalendarDate,
  dateOf,
  daysUpTo,
  hourMs,
  minuteMs,
} from '../../../shared/domain/calendar-date.js';
import { quietEditionsBeforeNote } from '../../../shared/domain/subscriber/delivery.js';
import { isTimeZone } from '../../../shared/domain/subscriber/slot/local-clock.js';
import { digestLifetimeMs, dueAt, type Slot, weekdaysDue } from '../../../shared/domain/subscriber/slot.js';
import { sesClient } from '../../../shared/mail/send/ses-sender.js';
import { slotsPartition } from '../../../shared/storage/subscribers/subscriber-rows.js';
import { subscriberRepository } from '../../../shared/storage/subscribers/subscribers-repository.js';
import { type Profile, publicationOf } from '../engine/profile.js';
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
  const lastWeek = daysUpTo(addDays(dateOf(scheduler.now), -2), quietEditionsBeforeNote);
  for (const { id, profile, origin, pausedUntil, isAfterQuietWeek } of readers) {
    if (origin === 'stranger') continue;
    await subscribers.put(id, profile, scheduler.now - hourMs);
    for (const date of isAfterQuietWeek ? lastWeek : []) {
      for (const one of await subscribers.load([id])) await subscribers.close(one, date, 'unmatched', 'last week');
    }
    if (origin === 'pausing') await subscribers.pause(id, pausedUntil, scheduler.now - hourMs);
  }
}

/** Publishes editions in their time, and lets the schedule tick until the end. */
export function letDaysPass(world: World, editions: readonly DayEdition[], end: number): void {
  for (const edition of editions) publishLater(world, edition);
  const { now } = world.scheduler;
  for (let at = now - (now % tickMs) + tickMs; at < end; at += tickMs)
    if (!isSpared(world.profile, editions, at)) tickLater(world, at);
}

/** For how long after an edition, or after SES was away, every tick comes. */
const busyMs = 3 * hourMs;

/** Hours in which batches only wait have a tick every half hour: that saves a third of a run's time. */
function isSpared({ outage, quotaOut, stalled }: Profile, editions: readonly DayEdition[], at: number): boolean {
  const starts = [...editions.map(({ publishedAt }) => publishedAt), outage.to, quotaOut.to, stalled.to];
  return at % (2 * tickMs) !== 0 && !starts.some((start) => start <= at && at < start + busyMs);
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
  const dates = Array.from({ length: daysBack + 1 }, (_, back) => addDays(dateOf(now), -back));
  const partitions = [undefined, ...weekdaysDue(now)].map(slotsPartition);
  for (const { item, key } of partitions.flatMap((pk) => [...dynamo.table(env.SUBSCRIBERS_TABLE).all(pk)])) {
    if (!item) continue;
    for (const date of dates) {
      const due = dueIn(key.sk as Slot, date);
      if (due > now || due + digestLifetimeMs < now) continue;
      if (runs.stored({ pk: `run#${date}`, sk: `plan#${key.sk}` })?.item) continue;
      if (editions.stored({ pk: `edition#${date}`, sk: 'head' })?.item) return true;
    }
  }
  return false;
}
