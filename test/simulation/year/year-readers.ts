import { dayMs, hourMs } from '../../../shared/domain/calendar-date.js';
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

/**
 * A year's readers: two in each of ten zones, each with a filter and an hour of their own. Eight have topics of which
 * nothing is; two in ten want the best papers outside their topics on quiet days.
 */
export const yearReaders = 2 * zones.length;

/** Whole days, more than the longest pause, between two things that a reader does. */
const restDays = 25;

function lifeOf(chance: Chance, number: number, start: number, days: number): readonly Step[] {
  const steps: Step[] = [];
  if (number % 2 === 0) return steps;
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
    if (doing === 'move') steps.push({ at, do: 'change', how: String(chance.whole(0, 23, `${name} to`)) });
    if (doing === 'leave') steps.push({ at, do: 'unsubscribe', how: 'one-click' }, { at: later, do: 'subscribe' });
  }
  return steps;
}

/** Draws a reader of the year; every other one only reads. */
export function yearReader(chance: Chance, number: number, start: number, days: number): Reader {
  const address = `year${number}@example.org`;
  const isOfNothing = number % 5 >= 3;
  const filter = isOfNothing
    ? 'lanterns'
    : chance.pick(['tables', 'robots', 'tables OR robots'], `filter of ${number}`);
  // What a reader of this year changes on the form says nothing of quiet days, so only those who change nothing choose.
  const best = number % 2 === 0 && number % 10 >= 6 ? { quietDays: 'best-unseen' as const } : {};
  const timeZone = zones[number % zones.length] ?? 'UTC';
  const hour = chance.whole(0, 23, `hour of ${number}`);
  return {
    number,
    id: subscriberIdOf(address, keys.identity),
    profile: { address, timeZone, hour, topics: [{ name: 'Own', filter }], maxPapers: 20, ...best },
    origin: 'active',
    pausedUntil: start,
    filter,
    steps: lifeOf(chance, number, start + hourMs, days),
  };
}
