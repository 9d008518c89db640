import type { SendDigest } from '../../shared/contract/messages.js';
import { type Instant, minuteMs } from '../../shared/domain/calendar-date.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';

/** What the account may send; `left` is counted down by all jobs that go by the same answer of SES. */
export interface Room {
  readonly perSecond: number;
  left: number;
}

interface QuotaDeps {
  readonly quota: () => Promise<SendQuota>;
  readonly warn: (message: string, what: object) => void;
  readonly now: () => Instant;
}

/** What SES said when a job was queued holds until the next tick. */
const wordHoldsMs = 15 * minuteMs;

const rooms = new WeakMap<SendQuota, Room>();

/**
 * What SES said when the job was queued, where all senders together cannot use up the day's quota while that holds; else
 * what SES says now. `undefined` while SES does not say: then nothing is sent, and throwing would only use up attempts.
 */
export async function roomFor({ quota }: SendDigest, queuedAt: Instant, deps: QuotaDeps): Promise<Room | undefined> {
  if (quota && quota.perSecond > 0 && deps.now() - queuedAt < wordHoldsMs) {
    const left = quota.left ?? Number.POSITIVE_INFINITY;
    if (left >= (quota.perSecond * wordHoldsMs) / 1000) return { perSecond: quota.perSecond, left };
  }
  try {
    const answer = await deps.quota();
    const left = answer.per24Hours - answer.sentLast24Hours;
    const room = rooms.get(answer) ?? { perSecond: answer.perSecond, left };
    rooms.set(answer, room);
    return room;
  } catch (error) {
    deps.warn('SES does not tell its quota: nothing is sent for now', { reason: describeFault(error) });
    return undefined;
  }
}

/** Why nothing more is sent for now; `stopped` when another delivery of the batch has ended it. */
type Refusal = 'quota-exhausted' | 'sending-paused' | 'out-of-time' | 'stopped';

/** Hands out the account's room to the deliveries of a batch, mail by mail. */
export interface Turns {
  /** Takes a mail of the account's room and waits until it may be sent, or says why it may not. */
  readonly take: () => Promise<Refusal | undefined>;
  /** SES did not take the mail. */
  readonly giveBack: () => void;
}

/** The turns of one batch; `refusal` tells whether the batch has come to its end meanwhile. */
export function turnsOf(
  room: Room | undefined,
  pace: () => Promise<void>,
  refusal: () => 'out-of-time' | 'stopped' | undefined,
): Turns {
  return {
    async take() {
      if (!room) return 'sending-paused';
      // Taken before the wait: of those that are on their way together none may be one too many.
      if (room.left <= 0) return 'quota-exhausted';
      room.left -= 1;
      await pace();
      const found = refusal();
      if (found) room.left += 1;
      return found;
    },
    giveBack() {
      if (room) room.left += 1;
    },
  };
}
