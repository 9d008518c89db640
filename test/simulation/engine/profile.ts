import { minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Chance } from './chance.js';
import type { FateRates } from './faults.js';

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

/** When the edition of a time comes out: a few minutes after it. */
export function publicationOf(chance: Chance, editionAt: number): number {
  return editionAt + chance.between(1_000, 12 * minuteMs, `edition of ${editionAt}`);
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
