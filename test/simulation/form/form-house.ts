import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sendNoticeDependencies } from '../../../lambdas/send-notice/dependencies.js';
import { sendNotice } from '../../../lambdas/send-notice/send-notice.js';
import { servePagesDependencies } from '../../../lambdas/serve-pages/dependencies.js';
import { requestSubscription } from '../../../lambdas/serve-pages/subscribe/request-subscription.js';
import { type SendNotice, sendNotice as sendNoticeMessage } from '../../../shared/contract/messages.js';
import type { Instant } from '../../../shared/domain/calendar-date.js';
import { MemoryDynamo } from '../cloud/dynamo/memory-dynamo.js';
import { MemorySes } from '../cloud/ses.js';
import type { Chance } from '../engine/chance.js';
import { Scheduler } from '../engine/scheduler.js';
import { secret } from '../engine/world.js';
import { env } from '../house/functions.js';

/** send-notice runs twice at once, and takes so long for a message. */
const workers = 2;
const workMs = 200;

const choices = { topic: 'everything', hour: '7', timezone: 'UTC', maxPapers: '10', days: 'daily', weekDay: '5' };

/** The form, its queue and what mails, by the real use cases on tables in memory, in virtual time. */
export class FormHouse {
  readonly scheduler: Scheduler;
  readonly mails: { readonly to: string; readonly at: Instant }[] = [];
  /** Every message that the form has queued. */
  queued: SendNotice[] = [];
  private work: Promise<unknown> = Promise.resolve();
  private readonly freeAt: number[];
  private readonly pages: ReturnType<typeof servePagesDependencies>;
  private readonly notices: ReturnType<typeof sendNoticeDependencies>;

  constructor(start: Instant, chance: Chance) {
    this.scheduler = new Scheduler(start, async () => void (await this.work));
    this.freeAt = Array.from({ length: workers }, () => start);
    const now = () => this.scheduler.now;
    const dynamo = new MemoryDynamo({ now });
    for (const kind of ['editions', 'subscribers', 'runs', 'consents']) dynamo.createTable(kind, kind);
    const ses = new MemorySes(
      now,
      () => ({ outage: 'none', isQuotaOut: false, isQuotaAnswered: true }),
      ({ to, at }) => void this.mails.push({ to, at }),
      () => undefined,
    );
    let drawn = 0;
    const random = () => {
      drawn += 1;
      return chance.of(`drawn ${drawn}`);
    };
    const outside = {
      dynamo: dynamo.client(),
      ses: {
        send: async (command: { readonly input: object }) => ses.execute(command, 'well'),
      } as unknown as SESClient,
      sqs: { send: async ({ input }: { readonly input: SentBatch }) => this.enqueue(input) } as unknown as SQSClient,
      secrets: { send: async () => ({ SecretString: secret }) } as unknown as SecretsManagerClient,
      now,
      elapsed: now,
      sleep: async () => undefined,
      random,
      randomToken: () => Array.from({ length: 43 }, () => Math.floor(random() * 36).toString(36)).join(''),
    };
    this.pages = { ...servePagesDependencies(env, outside), warn: () => undefined };
    this.notices = { ...sendNoticeDependencies(env, outside), warn: () => undefined };
  }

  /** Does something at an instant, and nothing else until it is done. */
  at(instant: Instant, act: () => Promise<unknown>): void {
    this.scheduler.at(instant, () => {
      this.work = act();
    });
  }

  /** Posts a form; gives what it queued. */
  async post(fields: Readonly<Record<string, string>>, sourceIp: string): Promise<readonly SendNotice[]> {
    this.queued = [];
    await requestSubscription({ fields: { ...choices, ...fields }, sourceIp }, this.pages);
    return this.queued;
  }

  private enqueue({ Entries }: SentBatch) {
    for (const { MessageBody, DelaySeconds = 0 } of Entries) {
      const message = sendNoticeMessage.parse(JSON.parse(MessageBody));
      this.queued.push(message);
      this.scheduler.in(DelaySeconds * 1000, () => this.deliver(message));
    }
    return { Successful: [], Failed: [] };
  }

  /** Hands a message to whoever is free first. */
  private deliver(message: SendNotice): void {
    const next = this.freeAt.indexOf(Math.min(...this.freeAt));
    const at = Math.max(this.scheduler.now, this.freeAt[next] ?? 0);
    this.freeAt[next] = at + workMs;
    this.at(at, () => sendNotice(message, this.notices));
  }
}

interface SentBatch {
  readonly Entries: { readonly MessageBody: string; readonly DelaySeconds?: number }[];
}
