import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
import {
  type DeliveryDays,
  parseDeliveryDays,
  weekdays,
  workdays,
} from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import type { Chance } from '../engine/chance.js';
import { keys, type Reader, type Step } from '../house/readers.js';

const zones = [
  'UTC',
  'Europe/Berlin',
  'Europe/London',
  'America/New_York',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Kolkata',
  'Asia/Tokyo',
  'Australia/Lord_Howe',
  'Pacific/Auckland',
];

/** How a zone's four readers get their mail; the days that are left open are drawn. */
const habits = ['every day', 'workdays', 'weekly', 'some days'] as const;

/**
 * A year's readers: four in each of ten zones, each with a filter and an hour of their own. Two in five have topics of
 * which nothing is; two in ten want the best papers outside their topics on quiet days.
 */
export const yearReaders = habits.length * zones.length;

/** Whether a reader only reads: every other one, and of a zone's four two. */
const isStill = (number: number) => (number + Math.floor(number / zones.length)) % 2 === 0;

/** Draws days of one habit. */
function daysOf(chance: Chance, habit: (typeof habits)[number], name: string): DeliveryDays | undefined {
  if (habit === 'workdays') return workdays;
  if (habit === 'weekly') return parseDeliveryDays(`w${chance.whole(1, 7, name)}`);
  if (habit === 'every day') return undefined;
  const on = weekdays.filter((weekday) => chance.isBelow(0.5, `${name} ${weekday}`));
  return parseDeliveryDays(on.join('') || '7');
}

/** Whole days, more than the longest pause, between two things that a reader does. */
const restDays = 25;

/** Another hour, and mostly other days. */
function moveOf(chance: Chance, name: string): string {
  const hour = chance.whole(0, 23, `${name} to`);
  const habit = chance.pick([undefined, ...habits], `${name} days`);
  return habit === undefined ? String(hour) : `${hour}/${daysOf(chance, habit, `${name} on`) ?? ''}`;
}

function lifeOf(chance: Chance, number: number, start: number, days: number): readonly Step[] {
  const steps: Step[] = [];
  if (isStill(number)) return steps;
  for (
    let at = start + chance.between(5, 40, `${number} begins`) * dayMs;
    at < start + days * dayMs;
    at += restDays * dayMs
  ) {
    const name = `${number} at ${Math.floor((at - start) / dayMs)}`;
    const doing = chance.pick(['week', 'open-end', 'move', 'leave'], name);
    const later = at + chance.between(1, 9, `${name} back`) * dayMs;
    if (doing === 'week') steps.push({ at, do: 'pause', how: 'week' });
    if (doing === 'open-end') steps.push({ at, do: 'pause', how: 'open-end' }, { at: later, do: 'resume' });
    if (doing === 'move') steps.push({ at, do: 'change', how: moveOf(chance, name) });
    if (doing === 'leave') steps.push({ at, do: 'unsubscribe', how: 'one-click' }, { at: later, do: 'subscribe' });
  }
  return steps;
}

/** Draws a reader of the year; every other one only reads. */
export function yearReader(chance: Chance, number: number, start: number, length: number): Reader {
  const address = `year${number}@example.org`;
  const isOfNothing = number % 5 >= 3;
  const filter = isOfNothing
    ? 'lanterns'
    : chance.pick(['tables', 'robots', 'tables OR robots'], `filter of ${number}`);
  // What a reader of this year changes on the form says nothing of quiet days, so only those who change nothing choose.
  const best = isStill(number) && number % 10 >= 6 ? { quietDays: 'best-unseen' as const } : {};
  const timeZone = zones[number % zones.length] ?? 'UTC';
  const hour = chance.whole(0, 23, `hour of ${number}`);
  const habit = habits[Math.floor(number / zones.length)] ?? 'every day';
  const days = daysOf(chance, habit, `days of ${number}`);
  return {
    number,
    id: subscriberIdOf(address, keys.identity),
    profile: {
      address,
      timeZone,
      hour,
      ...(days && { days }),
      topics: [{ name: 'Own', filter }],
      maxPapers: 20,
      ...best,
    },
    origin: 'active',
    pausedUntil: start,
    filter,
    steps: lifeOf(chance, number, start + hourMs, length),
  };
}
