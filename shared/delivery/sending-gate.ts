import { type Instant, minuteMs } from '../domain/calendar-date.js';
import { countedSince, isTripped, type MailSort } from '../domain/subscriber/breaker.js';
import { askedTogether } from '../runtime/asked-together.js';
import type { TrafficRepository } from '../storage/traffic-repository.js';

interface SendingGateDeps {
  readonly traffic: Pick<TrafficRepository, 'between' | 'sending' | 'halt'>;
  /** Told at every look: 1 when sending is halted, else 0. */
  readonly countHalted: (count: 0 | 1) => void;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** Whether mails of one sort may be sent just now. */
export type SendingGate = () => Promise<boolean>;

/**
 * Looks at the bounces and complaints of the last 24 hours, at most once a minute, and halts sending when there are too
 * many. Then it stays halted until the admin lets it go on.
 */
export function sendingGate(sort: MailSort, deps: SendingGateDeps): SendingGate {
  let openUntil = Number.NEGATIVE_INFINITY;
  // Jobs that begin together look once.
  const look = askedTogether(async () => {
    const now = deps.now();
    const isOpen = await mayGoOn(sort, now, deps);
    deps.countHalted(isOpen ? 0 : 1);
    if (isOpen) openUntil = now + minuteMs;
    return isOpen;
  });
  return async () => deps.now() < openUntil || look();
}

async function mayGoOn(sort: MailSort, now: Instant, { traffic, warn }: SendingGateDeps): Promise<boolean> {
  const { haltedAt, resumedAt } = await traffic.sending(sort);
  if (haltedAt !== undefined) return false;
  const minutes = await traffic.between(countedSince(now, resumedAt), now);
  if (!isTripped(sort, minutes)) return true;
  warn('too many bounces or complaints: nothing more is sent until the admin says so', { sort });
  await traffic.halt(sort, now);
  return false;
}
