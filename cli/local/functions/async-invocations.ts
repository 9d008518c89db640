import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { type DataFolder, openRecords, recordKey } from '../data-folder.js';
import type { Queue } from '../queues/queues.js';
import type { Surroundings } from './activity.js';
import { InvocationError } from './function-worker.js';
import type { LambdaFunction } from './functions.js';

/** Invocations whose result nobody waits for. */
export interface AsyncInvocations {
  /** Accepts one; it is durable when this returns. */
  accept(functionArn: string, event: unknown): void;
  /** Continues what an earlier process accepted and did not finish. */
  resume(): void;
}

interface Accepted {
  readonly arn: string;
  readonly event: unknown;
  readonly at: number;
  /** Attempts that failed. */
  readonly failed: number;
  /** Attempts for which the account had no room. */
  readonly throttled: number;
}

/** The pauses after the first and the second failed attempt; the third is the last. */
const retryMs = [minuteMs, 2 * minuteMs];

/** What was throttled is tried for six hours, first after a second, at most five minutes apart. */
const throttledLifetimeMs = 6 * hourMs;
const throttledMs = (times: number) => Math.min(1000 * 2 ** (times - 1), 5 * minuteMs);

/**
 * Plays Lambda's queue of events: one that fails every attempt goes to the function's dead-letter queue.
 * Rules: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export function openAsyncInvocations(
  functions: ReadonlyMap<string, LambdaFunction>,
  queues: ReadonlyMap<string, Queue>,
  surroundings: Surroundings,
  folder?: DataFolder,
): AsyncInvocations {
  const { activity, agenda, breakDown, fail, isClosing, now } = surroundings;
  const records = openRecords<Pick<Accepted, 'arn' | 'event'> & Partial<Accepted>>(folder);
  let counter = Number(records.found.at(-1)?.[0] ?? 0);

  function giveUp({ event, failed }: Accepted, lambda: LambdaFunction): void {
    const deadLetters = queues.get(lambda.deadLetterArn ?? '');
    deadLetters?.send({ body: JSON.stringify(event) });
    const what = failed > 0 ? `failed ${failed} times` : 'found no room for six hours';
    fail(`an event of ${lambda.id} ${what} and ${deadLetters ? `went to ${deadLetters.name}` : 'is lost'}`);
  }
  async function attempt(key: string, accepted: Accepted): Promise<void> {
    const lambda = functions.get(accepted.arn);
    const result = await lambda?.invoke(accepted.event).then(
      () => 'done',
      (error: unknown) => (error instanceof InvocationError && error.isThrottle ? 'throttled' : 'failed'),
    );
    if (!lambda || result === 'done') return records.remove(key);
    if (isClosing()) return;
    const next =
      result === 'failed'
        ? { ...accepted, failed: accepted.failed + 1 }
        : { ...accepted, throttled: accepted.throttled + 1 };
    const waitMs = result === 'failed' ? retryMs[next.failed - 1] : throttledMs(next.throttled);
    if (waitMs === undefined || now() + waitMs > accepted.at + throttledLifetimeMs) {
      giveUp(next, lambda);
      return records.remove(key);
    }
    records.save(key, next);
    agenda.at(now() + waitMs, () => begin(key, next));
  }
  function begin(key: string, accepted: Accepted): void {
    if (!isClosing()) activity.run(() => attempt(key, accepted)).catch(breakDown);
  }
  return {
    accept(arn, event) {
      const key = recordKey(++counter);
      const accepted = { arn, event, at: now(), failed: 0, throttled: 0 };
      records.save(key, accepted);
      begin(key, accepted);
    },
    // Whoever starts the house anew does not want to wait for the rest of a pause.
    resume() {
      for (const [key, kept] of records.found) begin(key, { at: now(), failed: 0, throttled: 0, ...kept });
    },
  };
}
