import { type Instant, minuteMs } from '../../calendar-date.js';

/**
 * What is counted of mails, minute by minute. `accepted` and `seen` are digests, by the minute of their claim: taken by SES,
 * and reported by its Send event. `probesSeen` are probes that it reported. Bounces and complaints are counted in the minute
 * in which they are heard of; of notices, only those that strangers can cause are counted as `noticesAccepted`.
 */
export const trafficCounts = [
  'accepted',
  'seen',
  'probesSeen',
  'bounced',
  'complained',
  'noticesAccepted',
  'noticesBounced',
  'noticesComplained',
] as const;

export type TrafficCount = (typeof trafficCounts)[number];

/** The counts of one minute; what is missing is 0. */
export interface TrafficMinute extends Readonly<Partial<Record<TrafficCount, number>>> {
  /** When the minute begins. */
  readonly minute: Instant;
  /** When the counts changed last; absent in older rows. */
  readonly changedAt?: Instant;
}

/** The minute in which an instant lies. */
export function minuteOf(at: Instant): Instant {
  return Math.floor(at / minuteMs) * minuteMs;
}

/**
 * One entry a minute, oldest first, from all that was counted of it: the sums of the counts, and when the last of them
 * changed.
 */
export function sumMinutes(counted: readonly TrafficMinute[]): TrafficMinute[] {
  const minutes = new Map<Instant, TrafficMinute>();
  for (const { minute, changedAt, ...counts } of counted) {
    const before = minutes.get(minute) ?? { minute };
    const names = trafficCounts.filter((name) => counts[name] !== undefined);
    const sums = names.map((name) => [name, (before[name] ?? 0) + (counts[name] ?? 0)]);
    const changes = [before.changedAt, changedAt].filter((at) => at !== undefined);
    const changed = changes.length > 0 ? { changedAt: Math.max(...changes) } : {};
    minutes.set(minute, { ...before, ...changed, ...Object.fromEntries(sums) });
  }
  return [...minutes.values()].sort((a, b) => a.minute - b.minute);
}

/** The clocks of two functions may differ by this much. */
const clocksDifferMs = 10 * minuteMs;

/** A Send event that has not come after this counts as missing. */
const eventsTakeMs = 5 * minuteMs;

/** So long after its last change a minute's counts are taken for final: by clocks that differ, and before the next tick. */
const stillForMs = 12 * minuteMs;

const fewestMails = 5;
const nearlyAll = 0.999;

/**
 * Whether events were coming through for mails that were accepted after a claim, so that its own would have come too: nearly
 * all of at least five digests were reported or, where fewer were sent, a probe was. Events of older mails say nothing, and
 * neither do minutes whose counts still change: events that were held up come all at once, in no order.
 */
export function haveEventsCome(claimedAt: Instant, now: Instant, minutes: readonly TrafficMinute[]): boolean {
  const isSettled = ({ changedAt }: TrafficMinute) => changedAt === undefined || changedAt <= now - stillForMs;
  const later = minutes.filter((each) => each.minute >= claimedAt + clocksDifferMs && isSettled(each));
  let accepted = 0;
  let seen = 0;
  for (const minute of later.filter((each) => each.minute + minuteMs <= now - eventsTakeMs)) {
    accepted += minute.accepted ?? 0;
    // An event that came twice must not stand in for one that is missing.
    seen += Math.min(minute.seen ?? 0, minute.accepted ?? 0);
  }
  if (accepted >= fewestMails) return seen >= nearlyAll * accepted;
  return later.some(({ probesSeen = 0 }) => probesSeen > 0);
}
