import { addDays, type CalendarDate, dateOf, dayMs, hourMs, startOf } from '../../../shared/domain/calendar-date.js';
import { day } from '../../support/builders.js';
import { Story } from '../check/story.js';
import { Chance } from '../engine/chance.js';
import { calm, type Profile } from '../engine/profile.js';
import { World } from '../engine/world.js';
import { letDaysPass, settle } from '../house/days.js';
import { type DayEdition, editionOf, publishHour } from '../house/editions.js';
import { People } from '../house/people.js';
import { judgeDays } from './judge-days.js';
import { yearReader, yearReaders } from './year-readers.js';

/** What a year of mail was like. */
export interface YearReport {
  readonly days: number;
  readonly readers: number;
  /** Days whose mail or reason is not as it should be. */
  readonly wrong: number;
  /** Editions, or papers, that came twice. */
  readonly repeated: number;
  /** Days without a mail and without a reason. */
  readonly unexplained: number;
}

const firstDay = day('2026-03-01');
const days = 365;
/** Shares of days: no edition comes out, or one without anything new. */
const holidays = 0.03;
const quietDays = 0.08;

/** Trouble that comes for some hours and goes, as the year's dates draw it. */
const troubles: Readonly<Record<string, (at: number, hours: number) => Partial<Profile>>> = {
  outage: (at, hours) => ({ outage: { from: at, to: at + hours * hourMs, kind: '503', isQuotaAnswered: true } }),
  unreachable: (at, hours) => ({
    outage: { from: at, to: at + hours * hourMs, kind: 'unreachable', isQuotaAnswered: false },
  }),
  quota: (at, hours) => ({ quotaOut: { from: at, to: at + hours * hourMs } }),
  stall: (at, hours) => ({ stalled: { from: at, to: at + hours * hourMs } }),
  crashes: () => ({
    ses: { 'crash-before': 0.05, 'crash-after': 0.05 },
    dynamo: { 'crash-before': 0.004, 'crash-after': 0.004 },
  }),
};
const troubleDays = 0.1;

/** Makes the year's editions: some days have none, and some have those of the day before. */
async function editionsOf(chance: Chance): Promise<DayEdition[]> {
  const editions: DayEdition[] = [];
  for (let number = 0; number < days; number += 1) {
    const date = addDays(firstDay, number);
    if (chance.isBelow(holidays, `holiday ${date}`)) continue;
    editions.push(await editionOf(date, chance.isBelow(quietDays, `quiet ${date}`)));
  }
  return editions;
}

/** A day's weather comes so long before its edition. */
const leadMs = 2 * hourMs;

const isTroubled = (chance: Chance, date: CalendarDate) => chance.isBelow(troubleDays, `trouble ${date}`);

/** Draws what troubles a day, and lets it come. */
function troubleLater(world: World, chance: Chance, profile: Profile, date: CalendarDate): void {
  const at = startOf(date) + publishHour * hourMs;
  const name = chance.pick(Object.keys(troubles), `trouble of ${date}`);
  const from = at + chance.between(-1, 12, `trouble at ${date}`) * hourMs;
  const trouble = isTroubled(chance, date)
    ? troubles[name]?.(from, chance.pick([1 / 3, 2, 6], `hours of ${date}`))
    : undefined;
  world.scheduler.at(at - leadMs, () => Object.assign(profile, { ...calm, ...trouble }));
}

/** Lives through a year and looks at each reader's each day. */
export async function year(
  seed: number,
  say: (line: string) => void,
  progress: (line: string) => void,
): Promise<YearReport> {
  const chance = new Chance(seed);
  const editions = await editionsOf(chance);
  const byDate = new Map<string, DayEdition>(editions.map((edition) => [edition.date, edition]));
  const start = startOf(firstDay);
  const profile: Profile = { ...calm };
  const world = new World(start, profile, seed, undefined, byDate, false);
  const readers = Array.from({ length: yearReaders }, (_, number) => yearReader(chance, number, start, days));
  await settle(world, readers);
  const end = start + (days + 3) * dayMs;
  letDaysPass(world, editions, end);
  for (let number = 0; number < days; number += 1) troubleLater(world, chance, profile, addDays(firstDay, number));
  new People(world, readers, () => true).start();
  for (let week = 0; week * 7 < days + 3; week += 1) {
    await world.scheduler.runUntil(Math.min(end, start + (week + 1) * 7 * dayMs));
    progress(`week ${week + 1} of ${Math.ceil((days + 3) / 7)}, ${world.ledger.mails.length} mails`);
  }
  const isCalm = (at: number) => {
    const date = dateOf(at - publishHour * hourMs + leadMs);
    return [date, addDays(date, -1)].every((near) => !isTroubled(chance, near));
  };
  const judged = { first: firstDay, days, editions: byDate, isCalm };
  const findings = readers.flatMap((reader) => [...judgeDays(new Story(reader, world), judged)]);
  for (const { kind, what } of findings.slice(0, 40)) say(`${kind}: ${what}`);
  const count = (wanted: string) => findings.filter(({ kind }) => kind === wanted).length;
  return {
    days,
    readers: readers.length,
    wrong: count('wrong'),
    repeated: count('repeated'),
    unexplained: count('unexplained'),
  };
}
