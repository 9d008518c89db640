import type { AgentOptions } from 'node:https';
import { setImmediate as nextRound, setTimeout as sleepFor } from 'node:timers/promises';
import { GetSendQuotaCommand, SESClient, type SESClientConfig, SendRawEmailCommand } from '@aws-sdk/client-ses';
import { parseMailbox } from './composed-mail.js';
import { classifyFailure, type SendFailure } from './send-failure.js';

/** How one send ended; `accepted`: the mail is on its way. */
export type SendAnswer = { readonly kind: 'accepted'; readonly messageId: string } | SendFailure;

/** What the account may send; `Infinity` where there is no limit. */
export interface SendQuota {
  readonly perSecond: number;
  readonly per24Hours: number;
  readonly sentLast24Hours: number;
}

/** Hands mails to whoever delivers them. */
export interface MailSender {
  /** Sends raw MIME to one address, with one request at most; tags are `[A-Za-z0-9_-]`, at most 256 characters. */
  send(raw: Buffer, to: string, from: string, tags: Readonly<Record<string, string>>): Promise<SendAnswer>;
  quota(): Promise<SendQuota>;
}

/**
 * Bounds on one request to SES, and how long a kept connection may idle: then we close it, long before SES would, who might
 * do it while a mail is on its way.
 */
const timeouts = { connectMs: 3_000, requestMs: 20_000, idleMs: 2_000 };
type Bounds = Partial<typeof timeouts>;

/** A client that sends each request once, on a connection of its own, and gives up on it in bounded time. */
export function sesClient(config: SESClientConfig = {}, bounds: Bounds = {}): SESClient {
  return clientOn({ keepAlive: false }, config, bounds);
}

/**
 * The same on connections that are kept until `destroy`, which must end every invocation: one that is kept over a pause of
 * the function is dead without knowing it, and the first mail on it would be lost in doubt. Afterwards it makes new ones.
 */
export function keptSesClient(config: SESClientConfig = {}, bounds: Bounds = {}): SESClient {
  const { idleMs: timeout } = { ...timeouts, ...bounds };
  const client = clientOn({ keepAlive: true, timeout }, config, bounds);
  client.middlewareStack.add(
    (next) => async (args) => {
      // Node learns that a connection was closed when its event loop next looks, which the second round is sure to have
      // done. Right behind this a connection is taken: one that was closed until now is none any more.
      await nextRound();
      await nextRound();
      return next(args);
    },
    { step: 'deserialize', priority: 'low', name: 'hearOfClosedConnections' },
  );
  return client;
}

function clientOn(agent: AgentOptions, config: SESClientConfig, bounds: Bounds): SESClient {
  const { connectMs, requestMs } = { ...timeouts, ...bounds };
  return new SESClient({
    ...config,
    // SES knows no idempotency key: a retry after a lost reply sends a second mail.
    maxAttempts: 1,
    // Puts the SDK's middleware together once, not for each mail.
    cacheMiddleware: true,
    requestHandler: {
      connectionTimeout: connectMs,
      requestTimeout: requestMs,
      // The request's timeout ends with the answer's headers; this one bounds each pause in its body.
      socketTimeout: requestMs,
      // Without this flag the handler only warns when the time is over, and keeps waiting.
      throwOnRequestTimeout: true,
      httpAgent: agent,
      httpsAgent: agent,
    },
  });
}

interface SesSenderOptions {
  /** Without one SES tells no events of the mails. */
  readonly configurationSet?: string;
  /** Waits between attempts to read the quota; SES answers such questions once a second for the whole account. */
  readonly sleep?: (ms: number) => Promise<unknown>;
}

const quotaAttempts = 5;

/** What the account may send. Asks again after a failure that may pass: unlike a send, a question may be repeated. */
export async function readQuota(client: SESClient, sleep: (ms: number) => Promise<unknown>): Promise<SendQuota> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const answer = await client.send(new GetSendQuotaCommand({}));
      const daily = answer.Max24HourSend ?? 0;
      return {
        perSecond: answer.MaxSendRate ?? 0,
        per24Hours: daily < 0 ? Number.POSITIVE_INFINITY : daily,
        sentLast24Hours: answer.SentLast24Hours ?? 0,
      };
    } catch (error) {
      const mayPass = ['throttled', 'lost'].includes(classifyFailure(error, '').kind);
      if (attempt === quotaAttempts || !mayPass) throw error;
      await sleep(attempt * 1100);
    }
  }
}

/** Sends through SES; `client` must make one attempt per request, as `sesClient` does. */
export function sesSender(client: SESClient, { configurationSet, sleep = sleepFor }: SesSenderOptions): MailSender {
  return {
    async send(raw, to, from, tags): Promise<SendAnswer> {
      const source = parseMailbox(from).address;
      const command = new SendRawEmailCommand({
        Source: source,
        Destinations: [parseMailbox(to).address],
        RawMessage: { Data: raw },
        Tags: Object.entries(tags).map(([Name, Value]) => ({ Name, Value })),
        ConfigurationSetName: configurationSet,
      });
      try {
        const { MessageId: messageId } = await client.send(command);
        return messageId ? { kind: 'accepted', messageId } : { kind: 'lost', reason: 'an answer without message id' };
      } catch (error) {
        return classifyFailure(error, source);
      }
    },
    quota: () => readQuota(client, sleep),
  };
}
