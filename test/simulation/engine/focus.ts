import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Chance } from './chance.js';
import { some } from './faults.js';
import type { Profile } from './profile.js';

/** Circumstances that every run has, for faults that chance alone takes long to meet. */
export const foci = [
  // SES refuses for hours.
  'refusals',
  'long refusals',
  // SES is away for hours, and nothing else is wrong.
  'outage alone',
  // Replies are lost and events stall: before the first mails, or between them.
  'doubts',
  'stall between mails',
  // Replies and events are lost.
  'lost events',
  // All events of one edition come while the claims of the next are open.
  'events a day late',
  // Everything comes twice and slowly.
  'races',
  // Readers erase themselves after a mail and come back, before its events come.
  'new lives',
  // Readers whose pause just ends begin another while their job is at work.
  'pauses',
  // A reader's digests move to another address, in the midst of the first edition.
  'new addresses',
] as const;

export type Focus = (typeof foci)[number];

interface Moments {
  readonly firstDue: number;
  readonly publishedAt: number;
}

const dayMs = 24 * hourMs;
const quiet: Partial<Profile> = {
  crashes: 0,
  dynamo: {},
  ses: {},
  sqs: {},
  secrets: {},
  slow: 0,
  delayed: 0,
  lateEvents: 0,
};

/** What a focus makes of a run whose first edition comes out at `publishedAt`. */
export function focused(chance: Chance, { firstDue, publishedAt }: Moments, focus: Focus): Partial<Profile> {
  const never = { from: firstDue, to: firstDue };
  const refusing = (hours: number, from = firstDue) => ({ from: from - minuteMs, to: from + hours * hourMs });
  const aWhile = chance.pick([0.5, 0.75, 1, 1.25], 'refused for');
  switch (focus) {
    case 'refusals':
      return { quotaOut: refusing(aWhile), ses: { refused: 0.6 } };
    case 'long refusals':
      return { quotaOut: refusing(chance.between(20.2, 21.5, 'refused for long')) };
    case 'outage alone':
      return { ...quiet, quotaOut: refusing(chance.pick([1, 3, 9], 'away for')), stalled: never };
    case 'doubts':
      return {
        ses: some(0.6, ['lost-after', 'crash-after', 'failed-before']),
        stalled: { from: firstDue - hourMs + chance.between(0, 80, 'stall') * minuteMs, to: firstDue + 5 * hourMs },
      };
    case 'stall between mails':
      return {
        ses: { 'lost-after': 0.5 },
        stalled: { from: publishedAt + chance.between(2_000, 40_000, 'stall'), to: firstDue + 5 * hourMs },
      };
    case 'lost events':
      return { ses: { 'lost-after': 0.55 }, slow: 0.4 };
    case 'events a day late': {
      const stalled = { from: firstDue, to: firstDue + dayMs + chance.between(20, 40, 'stall') * minuteMs };
      return { stalled, quotaOut: refusing(aWhile, firstDue + dayMs), outage: { ...quietOutage, ...never } };
    }
    case 'races':
      return { quotaOut: refusing(aWhile), duplicated: 0.7, slow: 0.4 };
    case 'new lives':
      return {
        ...quiet,
        ses: { 'lost-before': 0.4 },
        stalled: { from: firstDue, to: publishedAt + chance.between(35, 50, 'stall') * minuteMs },
      };
    case 'pauses':
      return { slow: 0.1, stalled: never };
    case 'new addresses':
      return {};
  }
}

const quietOutage = { kind: '503', isQuotaAnswered: true } as const;
