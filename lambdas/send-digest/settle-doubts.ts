import type { MailProbe } from '../../shared/delivery/probe-mailer.js';
import { type CalendarDate, type Instant, minuteMs } from '../../shared/domain/calendar-date.js';
import { claimInDoubt } from '../../shared/domain/subscriber/delivery.js';
import { haveEventsCome, type TrafficMinute } from '../../shared/domain/subscriber/reputation/mail-traffic.js';
import type { Subscriber } from '../../shared/domain/subscriber/subscriber.js';
import type { TrafficRepository } from '../../shared/storage/traffic-repository.js';

/** A claim this young is either another worker's, or its event is still on its way. */
const doubtsBeginMs = 10 * minuteMs;

export interface SettleDoubtsDeps {
  readonly traffic: Pick<TrafficRepository, 'between' | 'takeProbe' | 'noteProbeRefused'>;
  readonly mailProbe: MailProbe;
  readonly warn: (message: string, what: object) => void;
}

/** What can be known of a batch's claims in doubt. */
interface Evidence {
  readonly traffic: readonly TrafficMinute[];
  /** SES takes no mail just now: more claims would only be more doubts. */
  readonly isDown: boolean;
}

/**
 * Reads how mails fared since a batch's claims in doubt. Where that says nothing of one of them, a probe is sent, one for a
 * run in 15 minutes: its event, or those of the mails that go out beside it, settle the doubt at a later job.
 */
export async function settleDoubts(
  subscribers: readonly Subscriber[],
  { run, now }: { readonly run: CalendarDate; readonly now: Instant },
  deps: SettleDoubtsDeps,
): Promise<Evidence> {
  const claims = subscribers.flatMap(({ state }) => claimInDoubt(state, run) ?? []);
  const doubts = claims.map(({ at }) => at).filter((at) => at <= now - doubtsBeginMs);
  if (doubts.length === 0) return { traffic: [], isDown: false };
  const traffic = await deps.traffic.between(Math.min(...doubts), now);
  const isUnsettled = doubts.some((at) => !haveEventsCome(at, now, traffic));
  return { traffic, isDown: isUnsettled && (await isSesDown(run, now, deps)) };
}

async function isSesDown(run: CalendarDate, now: Instant, deps: SettleDoubtsDeps): Promise<boolean> {
  const right = await deps.traffic.takeProbe(run, now);
  if (right !== 'taken') return right === 'down';
  const answer = await deps.mailProbe(now);
  if (answer.kind === 'accepted') return false;
  deps.warn('SES did not take a probe: its batch waits', { run, answer: answer.kind });
  await deps.traffic.noteProbeRefused(run, now);
  return true;
}
