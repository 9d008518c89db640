import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Chance } from './chance.js';
import { type FateRates, some } from './faults.js';
import { type Focus, focused } from './focus.js';

/** What one asks of a simulated run besides its seed. */
export interface RunOptions {
  /** Share of SES's events that never come. */
  readonly lostEvents: number;
  /** Hours for which SES is away from the first edition's time on; `undefined` leaves it to chance. */
  readonly outageHours: number | undefined;
  /** Circumstances that every run has, for faults that chance alone takes long to meet. */
  readonly focus?: Focus;
}

/** How hostile one run is. */
export interface Profile {
  readonly crashes: number;
  readonly dynamo: FateRates;
  readonly ses: FateRates;
  readonly sqs: FateRates;
  readonly secrets: FateRates;
  readonly duplicated: number;
  readonly delayed: number;
  readonly slow: number;
  readonly skewMs: number;
  readonly lagMs: number;
  readonly shortPages: number;
  readonly unprocessed: number;
  readonly outage: {
    readonly from: number;
    readonly to: number;
    readonly kind: '503' | 'unreachable';
    readonly isQuotaAnswered: boolean;
  };
  readonly quotaOut: { readonly from: number; readonly to: number };
  readonly lostEvents: number;
  readonly lateEvents: number;
  readonly stalled: { readonly from: number; readonly to: number };
  /** Share of ticks that come although nothing is due or open. */
  readonly idleTicks: number;
  readonly badRow: boolean;
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

/** When the edition of a time comes out: a few minutes after it. */
export function publicationOf(chance: Chance, editionAt: number): number {
  return editionAt + chance.between(1_000, 12 * minuteMs, `edition of ${editionAt}`);
}

/** All events wait for a while, from just before the first mails or between them. */
function stallOf(chance: Chance, firstDue: number) {
  const anyTime = firstDue + chance.between(-10 * minuteMs, 20 * minuteMs, 'stall from');
  const betweenMails = publicationOf(chance, firstDue) + chance.between(0, 30_000, 'stall between');
  const from = chance.pick([anyTime, betweenMails], 'stall when');
  const isStalled = chance.isBelow(0.25, 'stall');
  return { from, to: from + (isStalled ? chance.between(40 * minuteMs, 8 * hourMs, 'stall length') : 0) };
}

const never = { from: 0, to: 0 };

/** A cloud in which nothing goes wrong. */
export const calm: Profile = {
  crashes: 0,
  dynamo: {},
  ses: {},
  sqs: {},
  secrets: {},
  duplicated: 0,
  delayed: 0,
  slow: 0,
  skewMs: 0,
  lagMs: 0,
  shortPages: 0,
  unprocessed: 0,
  outage: { ...never, kind: '503', isQuotaAnswered: true },
  quotaOut: never,
  lostEvents: 0,
  lateEvents: 0,
  stalled: never,
  idleTicks: 0,
  badRow: false,
};

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

const conditions = ['skewMs', 'lagMs', 'shortPages', 'unprocessed', 'slow', 'badRow'] as const;
const windows = ['outage', 'quotaOut', 'stalled'] as const;

/** A profile with those standing conditions alone that may happen; the others are taken out. */
export function withConditions(profile: Profile, happens: (condition: string) => boolean): Profile {
  const left: Record<string, unknown> = { ...profile };
  for (const name of conditions)
    if (profile[name] && !happens(`condition: ${name}`)) left[name] = name === 'badRow' ? false : 0;
  for (const name of windows) {
    const { from, to } = profile[name];
    if (to > from && !happens(`condition: ${name}`)) left[name] = { ...profile[name], to: from };
  }
  return left as unknown as Profile;
}
