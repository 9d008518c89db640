import { type Instant, minuteMs } from '../domain/calendar-date.js';
import { countedSince, isTripped, type MailSort } from '../domain/subscriber/reputation/breaker.js';
import { askedTogether } from '../runtime/asked-together.js';
import type { TrafficRepository } from '../storage/traffic-repository.js';

interface SendingGateDeps {
  readonly traffic: Pick<TrafficRepository, 'between' | 'sending' | 'halt'>;
  /** Told at every look: 1 when sending is halted after bounces or complaints, else 0. */
  readonly countHalted: (count: 0 | 1) => void;
  /** Told at every look: 1 when the admin has paused sending, else 0. */
  readonly countPaused: (count: 0 | 1) => void;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** Whether mails of one sort may be sent just now. */
export type SendingGate = () => Promise<boolean>;

/** The admin's word is heard within this time; counts of bounces, which cost more to read, within a minute. */
const wordLastsMs = 10_000;

/**
 * Looks whether sending is halted, at most every ten seconds, and at the bounces and complaints of the last 24 hours, at most
 * once a minute; halts sending when there are too many. Then it stays halted until the admin lets it go on.
 */
export function sendingGate(sort: MailSort, deps: SendingGateDeps): SendingGate {
  let openUntil = Number.NEGATIVE_INFINITY;
  let countedUntil = Number.NEGATIVE_INFINITY;
  // Jobs that begin together look once.
  const look = askedTogether(async () => {
    const now = deps.now();
    const { haltedAt, haltedBy, resumedAt } = await deps.traffic.sending(sort);
    const isCounted = now < countedUntil;
    const isOpen = haltedAt === undefined && (isCounted || !(await isNowHalted(sort, { now, resumedAt }, deps)));
    deps.countHalted(isOpen || haltedBy === 'admin' ? 0 : 1);
    deps.countPaused(haltedBy === 'admin' ? 1 : 0);
    if (isOpen) openUntil = now + wordLastsMs;
    if (isOpen && !isCounted) countedUntil = now + minuteMs;
    return isOpen;
  });
  return async () => deps.now() < openUntil || look();
}

/** Halts sending if too many mails bounced or were complained of; whether it did. */
async function isNowHalted(
  sort: MailSort,
  { now, resumedAt }: { readonly now: Instant; readonly resumedAt: Instant | undefined },
  { traffic, warn }: SendingGateDeps,
): Promise<boolean> {
  const minutes = await traffic.between(countedSince(now, resumedAt), now);
  if (!isTripped(sort, minutes)) return false;
  warn('too many bounces or complaints: nothing more is sent until the admin says so', { sort });
  await traffic.halt(sort, now);
  return true;
}

/** Whether the admin has paused any of these sorts of mails. */
export async function isPausedByAdmin(
  sorts: readonly MailSort[],
  traffic: Pick<TrafficRepository, 'sending'>,
): Promise<boolean> {
  const states = await Promise.all(sorts.map((sort) => traffic.sending(sort)));
  return states.some(({ haltedBy }) => haltedBy === 'admin');
}
