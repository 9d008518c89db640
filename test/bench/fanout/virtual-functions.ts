import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { planDigestsDependencies } from '../../../lambdas/plan-digests/dependencies.js';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import { recordMailEventsDependencies } from '../../../lambdas/record-mail-events/dependencies.js';
import { countTraffic, recordMailEvent } from '../../../lambdas/record-mail-events/record-mail-events.js';
import { sendDigestDependencies } from '../../../lambdas/send-digest/dependencies.js';
import { sendDigest } from '../../../lambdas/send-digest/send-digest.js';
import { tallyOutcomes } from '../../../lambdas/send-digest/tally-outcomes.js';
import { mailEvent } from '../../../shared/contract/events.js';
import { sendDigest as sendDigestMessage } from '../../../shared/contract/messages.js';
import { type LoadedEdition, loadedEdition } from '../../../shared/delivery/loaded-edition.js';
import { queueWorker } from '../../../shared/runtime/queue-worker.js';
import type { FedFunction } from './deployment.js';
import type { Stock } from './stock.js';
import type { Process, VirtualHouse } from './virtual-house.js';
import type { Work } from './virtual-queue.js';

const tables = {
  EDITIONS_TABLE: 'editions',
  SUBSCRIBERS_TABLE: 'subscribers',
  SUBSCRIBERS_ORIGIN: 'generated',
  RUNS_TABLE: 'runs',
  CONSENTS_TABLE: 'consents',
} as const;
const nothing = () => {};

/** Hands a queue's function its messages as Lambda does. */
function worked(handler: ReturnType<typeof queueWorker>, now: () => number): Work {
  return async (bodies, endsAt) => {
    const Records = bodies.map((body, place) => ({
      messageId: String(place),
      body,
      eventSource: 'aws:sqs',
      attributes: { SentTimestamp: String(now()) },
    }));
    const context = { functionName: 'bench', getRemainingTimeInMillis: () => endsAt - now() } as Context;
    const { batchItemFailures } = await handler({ Records } as unknown as SQSEvent, context);
    return batchItemFailures.map(({ itemIdentifier }) => Number(itemIdentifier));
  };
}

/** The house's functions as they are deployed, on its clock and its services; editions are loaded already. */
export function virtualFunctions(house: VirtualHouse, stock: Stock, sender: FedFunction) {
  const edition: LoadedEdition = loadedEdition(stock.edition);
  const now = () => Math.round(house.scheduler.now);
  const env = { ...tables, PUBLISH_HOUR: 0, DIGEST_QUEUE_URL: 'digests' };
  const sendEnv = {
    ...env,
    KEYS_SECRET: 'keys',
    CONFIGURATION_SET: 'paperboy',
    SENDER: 'Paperboy <post@paperboy.example.org>',
    POSTAL_ADDRESS: '1 Long Lane, 12345 Smalltown',
    PAGES_URL: 'https://paperboy.example.org',
    SENDERS: Number(sender.environment.SENDERS),
    DELIVERIES_IN_FLIGHT: Number(sender.environment.DELIVERIES_IN_FLIGHT),
  };
  return {
    plan(process: Process) {
      const deps = planDigestsDependencies(env, house.outside(process));
      return () => planDigests(deps);
    },
    send(process: Process): Work {
      const deps = { ...sendDigestDependencies(sendEnv, house.outside(process)), loadEdition: async () => edition };
      const handle = queueWorker(
        sendDigestMessage,
        (job, remainingMs, queuedAt) =>
          tallyOutcomes(deps, (tallied) => sendDigest(job, tallied, remainingMs, queuedAt), nothing),
        async () => deps.hangUp(),
      );
      return worked(handle, now);
    },
    record(process: Process): Work {
      const deps = recordMailEventsDependencies(tables, house.outside(process));
      const event = z.object({ detail: mailEvent });
      return worked(
        queueWorker(
          event,
          ({ detail }) => recordMailEvent(detail, deps),
          () => countTraffic(deps.tally),
        ),
        now,
      );
    },
  };
}
