import { openRecords, recordKey } from '../data-folder.js';
import type { Queue } from '../queues/queues.js';
import type { Surroundings } from './activity.js';
import type { LambdaFunction } from './functions.js';

/** Invocations whose result nobody waits for. */
export interface AsyncInvocations {
  /** Accepts one; it is durable when this returns. */
  accept(functionArn: string, event: unknown): void;
  /** Continues what an earlier process accepted and did not finish. */
  resume(): void;
}

/** The pause before a retry on a real clock; AWS waits one minute, then two. */
const retryPauseMs = 1000;

/** How often Lambda tries an event by default. */
const attempts = 3;

/** Plays Lambda's queue of events: one that fails every attempt goes to the function's dead-letter queue. */
export function openAsyncInvocations(
  functions: ReadonlyMap<string, LambdaFunction>,
  queues: ReadonlyMap<string, Queue>,
  surroundings: Surroundings,
  folder?: string,
): AsyncInvocations {
  const { activity, fail, isClosing } = surroundings;
  const records = openRecords<{ arn: string; event: unknown }>(folder);
  let counter = Number(records.found.at(-1)?.[0] ?? 0);

  async function run(key: string, lambda: LambdaFunction, event: unknown): Promise<void> {
    const isDone = await tryOften(lambda, event, surroundings);
    if (!isDone && isClosing()) return;
    if (!isDone) {
      const deadLetters = queues.get(lambda.deadLetterArn ?? '');
      deadLetters?.send(JSON.stringify(event));
      fail(
        `an event of ${lambda.id} failed ${attempts} times and ${deadLetters ? `went to ${deadLetters.name}` : 'is lost'}`,
      );
    }
    records.remove(key);
  }
  const begin = (key: string, arn: string, event: unknown) => {
    const lambda = functions.get(arn);
    if (lambda) void activity.run(() => run(key, lambda, event));
    else records.remove(key);
  };
  return {
    accept(arn, event) {
      const key = recordKey(++counter);
      records.save(key, { arn, event });
      begin(key, arn, event);
    },
    resume: () => records.found.forEach(([key, { arn, event }]) => void begin(key, arn, event)),
  };
}

/** Whether one of the attempts succeeded; there are fewer while the house closes. */
async function tryOften(lambda: LambdaFunction, event: unknown, { pause, isClosing }: Surroundings): Promise<boolean> {
  for (let attempt = 1; ; attempt += 1) {
    const isDone = await lambda.invoke(event).then(
      () => true,
      () => false,
    );
    if (isDone || attempt === attempts || isClosing()) return isDone;
    await pause(retryPauseMs);
  }
}
