import type { SendDigest } from '../../shared/contract/messages.js';
import type { SendQuota } from '../../shared/mail/send/ses-sender.js';
import { describeFault } from '../../shared/runtime/describe-fault.js';
import type { Batch } from '../../shared/storage/runs-repository.js';

interface AskForBatchesDeps {
  readonly enqueue: (jobs: readonly SendDigest[], delaySeconds?: number) => Promise<void>;
  readonly quota: () => Promise<SendQuota>;
  readonly warn: (message: string, what: object) => void;
}

/** Puts a job for each batch on the queue; asking for one twice is harmless. */
export type AskForBatches = (batches: readonly Pick<Batch, 'run' | 'id'>[], delaySeconds?: number) => Promise<void>;

/**
 * Makes what one tick asks with: SES is asked for the account's quota once, when the first batch is asked for, and every
 * job carries the answer. Where SES does not tell, the jobs go without, and their senders ask it themselves.
 */
export function askForBatches(deps: AskForBatchesDeps): AskForBatches {
  let known: Promise<SendDigest['quota']> | undefined;
  return async (batches, delaySeconds) => {
    if (batches.length === 0) return;
    known ??= quotaToCarry(deps);
    const quota = await known;
    const jobs = batches.map(({ run, id }) => ({ run, batch: id, ...(quota && { quota }) }));
    await deps.enqueue(jobs, delaySeconds);
  };
}

async function quotaToCarry({ quota, warn }: AskForBatchesDeps): Promise<SendDigest['quota']> {
  try {
    const { perSecond, per24Hours, sentLast24Hours } = await quota();
    if (!(perSecond > 0)) return undefined;
    return { perSecond, left: Number.isFinite(per24Hours) ? Math.max(0, per24Hours - sentLast24Hours) : null };
  } catch (error) {
    warn('SES does not tell its quota: jobs go without it', { reason: describeFault(error) });
    return undefined;
  }
}
