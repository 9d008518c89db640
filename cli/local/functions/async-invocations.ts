import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import type { Queue } from '../queues/queues.js';
import { openRecords, recordKey } from '../records.js';
import type { Stack } from '../template/stack.js';
import type { Surroundings } from './activity.js';
import type { InvocationError } from './function-worker.js';
import type { LambdaFunction } from './functions.js';

const invokeProperties = z.object({
  FunctionName: z.string(),
  MaximumRetryAttempts: z._default(z.number(), 2),
  DestinationConfig: z.optional(
    z.object({
      OnFailure: z.optional(z.object({ Destination: z.string() })),
      OnSuccess: z.optional(z.undefined('the local runner does not play destinations of success')),
    }),
  ),
});

/** Invocations that nobody waits for. */
export interface AsyncInvocations {
  /** Accepts one, durably before it returns. */
  accept(functionArn: string, event: unknown): void;
  /** Goes on with what an earlier process accepted and did not end. */
  resume(): void;
}

/** How long a real clock waits before a retry; AWS waits one minute, then two. */
const retryPauseMs = 1000;

/**
 * Plays Lambda's queue of events: one that fails is tried again (twice, if the stack does not say otherwise), then its
 * envelope goes to the on-failure destination, or itself to the function's dead-letter queue.
 */
export function openAsyncInvocations(
  stack: Stack,
  functions: ReadonlyMap<string, LambdaFunction>,
  queues: ReadonlyMap<string, Queue>,
  surroundings: Surroundings,
  folder?: string,
): AsyncInvocations {
  const { activity, fail, isClosing, now } = surroundings;
  const records = openRecords<{ arn: string; event: unknown }>(folder);
  const configurations = stack.all(['AWS::Lambda::EventInvokeConfig'], invokeProperties).map((one) => one.properties);
  let counter = Number(records.found.at(-1)?.[0] ?? 0);

  async function run(key: string, lambda: LambdaFunction, event: unknown): Promise<void> {
    const configured = configurations.find(({ FunctionName }) => [lambda.name, lambda.arn].includes(FunctionName));
    const attempts = 1 + (configured?.MaximumRetryAttempts ?? 2);
    const error = await tryOften(lambda, event, attempts, surroundings);
    if (error && isClosing()) return;
    const destination = queues.get(configured?.DestinationConfig?.OnFailure?.Destination ?? '');
    const deadLetters = queues.get(lambda.deadLetterArn ?? '');
    if (error) {
      destination?.send(JSON.stringify(envelope(lambda, event, error, attempts, now())));
      deadLetters?.send(JSON.stringify(event));
      const fate = [destination, deadLetters].flatMap((queue) => queue?.name ?? []).join(' and ');
      fail(`an event of ${lambda.id} failed ${attempts} times and ${fate ? `went to ${fate}` : 'is lost'}`);
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

async function tryOften(
  lambda: LambdaFunction,
  event: unknown,
  attempts: number,
  { pause, isClosing }: Surroundings,
): Promise<InvocationError | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    const error = await lambda.invoke(event).then(
      () => undefined,
      (reason: InvocationError) => reason,
    );
    if (!error || attempt === attempts || isClosing()) return error;
    await pause(retryPauseMs);
  }
}

/** Format: https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html */
function envelope(
  { arn }: LambdaFunction,
  event: unknown,
  error: InvocationError,
  attempts: number,
  now: number,
): object {
  return {
    version: '1.0',
    timestamp: new Date(now).toISOString(),
    requestContext: {
      requestId: randomUUID(),
      functionArn: `${arn}:$LATEST`,
      condition: 'RetriesExhausted',
      approximateInvokeCount: attempts,
    },
    requestPayload: event,
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    responsePayload: { errorType: error.errorType, errorMessage: error.message },
  };
}
