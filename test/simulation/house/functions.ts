import { readFileSync } from 'node:fs';
import type { Context, SQSEvent } from 'aws-lambda';
import * as z from 'zod/mini';
import { planDigestsDependencies } from '../../../lambdas/plan-digests/dependencies.js';
import { planDigests } from '../../../lambdas/plan-digests/plan-digests.js';
import { recordMailEventsDependencies } from '../../../lambdas/record-mail-events/dependencies.js';
import { countTraffic, recordMailEvent } from '../../../lambdas/record-mail-events/record-mail-events.js';
import { sendDigestDependencies } from '../../../lambdas/send-digest/dependencies.js';
import { sendDigest } from '../../../lambdas/send-digest/send-digest.js';
import { sendNoticeDependencies } from '../../../lambdas/send-notice/dependencies.js';
import { sendNotice } from '../../../lambdas/send-notice/send-notice.js';
import { servePagesDependencies } from '../../../lambdas/serve-pages/dependencies.js';
import { servePages } from '../../../lambdas/serve-pages/serve-pages.js';
import { mailEvent } from '../../../shared/contract/events.js';
import { sendDigest as sendDigestMessage, sendNotice as sendNoticeMessage } from '../../../shared/contract/messages.js';
import { newestEdition } from '../../../shared/delivery/loaded-edition.js';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { queueWorker } from '../../../shared/runtime/queue-worker.js';
import type { Waiting } from '../../../shared/storage/dynamo/reading.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import type { surroundingsOf } from '../engine/clients.js';
import type { Invocation } from '../engine/container.js';
import { type DayEdition, loadFrom, publishHour } from './editions.js';

export const env = {
  PAPERS_TABLE: 'papers',
  EDITIONS_TABLE: 'editions',
  SUBSCRIBERS_TABLE: 'subscribers',
  SUBSCRIBERS_ORIGIN: 'generated' as const,
  RUNS_TABLE: 'runs',
  CONSENTS_TABLE: 'consents',
  KEYS_SECRET: 'keys',
  DIGEST_QUEUE_URL: 'digests',
  NOTICE_QUEUE_URL: 'notices',
  INGEST_QUEUE_URL: 'ingest',
  CONFIGURATION_SET: 'paperboy',
  SENDER: 'Paperboy <papers@example.org>',
  POSTAL_ADDRESS: '1 Reed Lane',
  PAGES_URL: 'https://pages.example.org',
  CONTACT: 'admin@example.org',
  PUBLISH_HOUR: publishHour,
  SENDERS: 2,
  DELIVERIES_IN_FLIGHT: 8,
  ARXIV_CATEGORIES: ['cs.CL'],
};

/** Whether the notices' function is deployed so that its messages may come back to it without end. */
export const mayComeBack = /RecursiveLoop\.ALLOW|feedsItself: true/.test(
  readFileSync('infra/parts/send-notice.ts', 'utf8'),
);

/** How many subscribers a batch has, so that slots have more than one. */
const batchSize = 3;

export type Surroundings = ReturnType<typeof surroundingsOf>;

/** Waits in simulated time: a wait of the real kind would let a run depend on the machine. */
const waitingOf = ({ random, sleep: pause }: Surroundings): Waiting => ({ random, pause });

/** What a function's processes share. */
export interface HouseParts {
  readonly days: ReadonlyMap<string, DayEdition>;
  readonly warn: (message: string, what: object) => void;
}

/** A function: how long it may take, and how a new process is set up to handle one input after the other. */
export interface SimulatedFunction<Input, Answer> {
  readonly name: string;
  readonly timeoutMs: number;
  readonly setUp: (
    outside: Surroundings,
    parts: HouseParts,
  ) => (input: Input, invocation: Invocation, now: () => number) => Promise<Answer>;
}

/** Hands a queue's function one message, as Lambda does, and tells whether it gives the message back. */
export function worked(handler: ReturnType<typeof queueWorker>) {
  return async (body: string, { endsAt, name }: Invocation, now: () => number) => {
    const event = {
      Records: [{ messageId: name, body, attributes: { SentTimestamp: String(now()) } }],
    } as unknown as SQSEvent;
    const context = { functionName: name.split(' ')[0], getRemainingTimeInMillis: () => endsAt - now() } as Context;
    const { batchItemFailures } = await handler(event, context);
    return batchItemFailures.length === 0 ? ('done' as const) : ('failed' as const);
  };
}

/** `lambdas/plan-digests`, on batches of three. */
export const planDigestsFunction: SimulatedFunction<string, object> = {
  name: 'plan-digests',
  timeoutMs: 5 * minuteMs,
  setUp: (outside) => {
    const deps = { ...planDigestsDependencies(env, outside), batchSize };
    return () => planDigests(deps);
  },
};

/** `lambdas/send-digest`, with editions that are loaded already. */
export const sendDigestFunction: SimulatedFunction<string, 'done' | 'failed'> = {
  name: 'send-digest',
  timeoutMs: 3 * minuteMs,
  setUp: (outside, { days, warn }) => {
    const editions = editionRepository(outside.dynamo, env.EDITIONS_TABLE, waitingOf(outside));
    const quiet = { countStopped: () => {}, countBroken: () => {} };
    const deps = { ...sendDigestDependencies(env, outside), ...quiet, loadEdition: loadFrom(editions, days), warn };
    return worked(queueWorker(sendDigestMessage, (job, remainingMs) => sendDigest(job, deps, remainingMs)));
  },
};

/** `lambdas/send-notice`, with editions that are loaded already. */
export const sendNoticeFunction: SimulatedFunction<string, 'done' | 'failed'> = {
  name: 'send-notice',
  timeoutMs: 2 * minuteMs,
  setUp: (outside, { days, warn }) => {
    const editions = editionRepository(outside.dynamo, env.EDITIONS_TABLE, waitingOf(outside));
    const loadEdition = loadFrom(editions, days);
    const loading = { loadEdition, newestEdition: newestEdition(editions, loadEdition) };
    const deps = { ...sendNoticeDependencies(env, outside), ...loading, warn };
    return worked(queueWorker(sendNoticeMessage, (notice) => sendNotice(notice, deps)));
  },
};

/** `lambdas/record-mail-events`, one message an invocation. */
export const recordMailEventsFunction: SimulatedFunction<string, 'done' | 'failed'> = {
  name: 'record-mail-events',
  timeoutMs: minuteMs,
  setUp: (outside) => {
    const deps = recordMailEventsDependencies(env, outside);
    return worked(
      queueWorker(
        z.object({ detail: mailEvent }),
        ({ detail }) => recordMailEvent(detail, deps),
        () => countTraffic(deps.tally),
      ),
    );
  },
};

/** A request as a browser sends it, and what comes back. */
export interface PageRequest {
  readonly path: string;
  readonly fields: readonly (readonly [string, string])[];
  readonly sourceIp?: string;
}
export interface PageAnswer {
  readonly status: number;
  readonly text: string;
}

/** `lambdas/serve-pages`; every request is a form that was sent. */
export const servePagesFunction: SimulatedFunction<PageRequest, PageAnswer> = {
  name: 'serve-pages',
  timeoutMs: minuteMs / 2,
  setUp: (outside, { warn }) => {
    const app = servePages({ ...servePagesDependencies(env, outside), warn });
    return async ({ path, fields, sourceIp = '192.0.2.1' }) => {
      const body = new URLSearchParams(fields.map(([name, value]): [string, string] => [name, value])).toString();
      const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
      const event = { requestContext: { http: { sourceIp } } };
      const answer = await app.request(path, { method: 'POST', body, headers }, { event });
      return { status: answer.status, text: await answer.text() };
    };
  },
};
