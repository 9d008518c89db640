import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Chance } from './chance.js';
import { some } from './faults.js';
import { type Focus, focused } from './focus.js';
import { type Profile, publicationOf } from './profile.js';

/** What one asks of a simulated run besides its seed. */
export interface RunOptions {
  /** Share of SES's events that never come. */
  readonly lostEvents: number;
  /** Hours for which SES is away from the first edition's time on; `undefined` leaves it to chance. */
  readonly outageHours: number | undefined;
  /** Circumstances that every run has, for faults that chance alone takes long to meet. */
  readonly focus?: Focus;
}

function outageOf(chance: Chance, firstDue: number, hours: number | undefined) {
  const drawn = chance.pick([0, 0, 0, 0, 0, 0, 0, 1 / 3, 6, 9], 'outage');
  const length = hours ?? drawn;
  const early = hours === undefined ? chance.between(-20 * minuteMs, 40 * minuteMs, 'outage from') : -minuteMs;
  const from = firstDue + early;
  const kind = chance.isBelow(hours === undefined ? 0.7 : 1, 'outage kind')
    ? ('503' as const)
    : ('unreachable' as const);
  return { from, to: from + length * hourMs, kind, isQuotaAnswered: chance.isBelow(0.6, 'outage quota') };
}

function windowOf(chance: Chance, firstDue: number, probability: number, name: string, longest: number) {
  const from = firstDue + chance.between(-hourMs, 4 * hourMs, `${name} from`);
  const length = chance.isBelow(probability, name) ? chance.between(10 * minuteMs, longest, `${name} length`) : 0;
  return { from, to: from + length };
}

/** All events wait for a while, from just before the first mails or between them. */
function stallOf(chance: Chance, firstDue: number) {
  const anyTime = firstDue + chance.between(-10 * minuteMs, 20 * minuteMs, 'stall from');
  const betweenMails = publicationOf(chance, firstDue) + chance.between(0, 30_000, 'stall between');
  const from = chance.pick([anyTime, betweenMails], 'stall when');
  const isStalled = chance.isBelow(0.25, 'stall');
  return { from, to: from + (isStalled ? chance.between(40 * minuteMs, 8 * hourMs, 'stall length') : 0) };
}

/** Draws how hostile a run is. */
export function profileOf(chance: Chance, firstDue: number, options: RunOptions): Profile {
  const drawn = drawnProfile(chance, firstDue, options);
  if (!options.focus) return drawn;
  const publishedAt = publicationOf(chance, firstDue);
  return { ...drawn, ...focused(chance, { firstDue, publishedAt }, options.focus) };
}

function drawnProfile(chance: Chance, firstDue: number, { lostEvents, outageHours }: RunOptions): Profile {
  const crashes = chance.pick([0, 0.002, 0.004, 0.008, 0.016], 'crashes');
  const crash = some(crashes, ['crash-before', 'crash-after']);
  const storage = chance.pick([0, 0, 0.002, 0.01], 'storage');
  const mail = chance.pick([0, 0, 0.02, 0.15], 'mail');
  const rest = chance.pick([0, 0, 0.01], 'rest');
  return {
    crashes,
    dynamo: { ...crash, ...some(storage, ['lost-after', 'refused', 'failed-before', 'failed-after']) },
    ses: {
      ...some(2 * crashes, ['crash-before', 'crash-after']),
      ...some(mail, ['refused', 'lost-before', 'lost-after', 'failed-before', 'failed-after']),
    },
    sqs: { ...crash, ...some(rest, ['lost-after', 'failed-before', 'failed-after']) },
    secrets: { ...crash, ...some(rest, ['failed-before']) },
    duplicated: chance.pick([0, 0.02, 0.1], 'duplicated'),
    delayed: chance.pick([0, 0.05, 0.2], 'delayed'),
    slow: chance.pick([0, 0.005, 0.03], 'slow'),
    skewMs: chance.pick([0, 0, 5 * minuteMs], 'skew'),
    lagMs: chance.pick([0, 0, 2000], 'lag'),
    shortPages: chance.pick([0, 0, 0.3], 'short pages'),
    unprocessed: chance.pick([0, 0, 0.2], 'unprocessed'),
    outage: outageOf(chance, firstDue, outageHours),
    quotaOut: windowOf(chance, firstDue, 0.08, 'quota', 22 * hourMs),
    lostEvents,
    lateEvents: chance.pick([0, 0, 0.01, 0.1, 1], 'late events'),
    stalled: stallOf(chance, firstDue),
    idleTicks: 0.05,
    badRow: chance.isBelow(0.04, 'bad row'),
  };
}
