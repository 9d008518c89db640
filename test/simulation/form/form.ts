import type { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { SESClient } from '@aws-sdk/client-ses';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { sendNoticeDependencies } from '../../../lambdas/send-notice/dependencies.js';
import { sendNotice } from '../../../lambdas/send-notice/send-notice.js';
import { servePagesDependencies } from '../../../lambdas/serve-pages/dependencies.js';
import { proofOf, stampForm } from '../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { requestSubscription } from '../../../lambdas/serve-pages/subscribe/request-subscription.js';
import { type SendNotice, sendNotice as sendNoticeMessage } from '../../../shared/contract/messages.js';
import { hourMs, type Instant, minuteMs } from '../../../shared/domain/calendar-date.js';
import { MemoryDynamo } from '../cloud/dynamo/memory-dynamo.js';
import { MemorySes } from '../cloud/ses.js';
import { Chance } from '../engine/chance.js';
import { Scheduler } from '../engine/scheduler.js';
import { secret } from '../engine/world.js';
import { env } from '../house/functions.js';
import { keys } from '../house/readers.js';
import { drawPosts, lengthOf, type Post } from './posts.js';

/** What came of a flood of the form. */
export interface FormReport {
  /** Forms that were posted, by people and by flooders. */
  readonly requests: number;
  /** Mails that left because of them. */
  readonly mails: number;
  /** Mails beyond what one clock hour may cause, summed over the hours. */
  readonly overCap: number;
  /** Requests that were queued for a stamp that is forged or has served, or as proven without the proof. */
  readonly acceptedForgeries: number;
  /** Share of the people whose mail left within 15 minutes. */
  readonly honestServed: number;
}

/** A quarter of 50,000 mails a day, for an hour. */
const mostAnHour = Math.floor((50_000 * 0.25) / 24);
const promptMs = 15 * minuteMs;
/** send-notice runs twice at once, and takes so long for a message. */
const workers = 2;
const workMs = 200;

const choices = { topic: 'everything', hour: '7', timezone: 'UTC', maxPapers: '10', days: 'daily', weekDay: '5' };

/** The form, its queue and what mails, by the real use cases on tables in memory, in virtual time. */
class FormHouse {
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

/** Posts the forms of a flood, each as its sender does it, and counts what must not have been taken. */
class Flood {
  acceptedForgeries = 0;
  private usedStamp = '';

  constructor(
    private readonly house: FormHouse,
    private readonly chance: Chance,
  ) {}

  begin(posts: readonly Post[]): void {
    for (const post of posts) this.house.at(post.at, () => this.send(this.possible(post)));
  }

  /** The first flooders find no stamp that has served. */
  private possible(post: Post): Post {
    return post.trick === 'used stamp' && this.usedStamp === '' ? { ...post, trick: 'proof' } : post;
  }

  private async send(post: Post): Promise<void> {
    const { address, sourceIp, trick, slip } = post;
    const stamp = this.stampOf(post);
    const form = { stamp, proof: this.proofFor(post, stamp), address };
    if (slip === 'mistyped') await this.house.post({ ...form, address: address.replace('@', ' at ') }, sourceIp);
    if (slip === 'pressed twice') await this.house.post(form, sourceIp);
    const queued = await this.house.post(form, sourceIp);
    const isForged = trick === 'used stamp' || trick === 'forged stamp';
    const wrong = queued.filter(
      (message) =>
        isForged || (trick !== 'proof' && message.kind === 'answer-request' && message.origin?.lane !== 'unproven'),
    );
    this.acceptedForgeries += wrong.length;
    if (trick === 'proof') this.usedStamp = stamp;
  }

  private stampOf({ number, openedAt, trick }: Post): string {
    if (trick === 'used stamp') return this.usedStamp;
    const stamp = stampForm(keys.signing[0], openedAt, `form${number}`);
    return trick === 'forged stamp' ? stamp.replace(`form${number}`, `forged${number}`) : stamp;
  }

  private proofFor({ number, trick }: Post, stamp: string): string {
    if (trick === 'wrong proof') return String(this.chance.whole(1_000_000, 2_000_000, `guess ${number}`));
    if (trick === 'proof of another form') return proofOf(keys.signing, this.usedStamp) ?? '';
    return trick === 'no proof' ? '' : (proofOf(keys.signing, stamp) ?? '');
  }
}

function overCapOf(mails: readonly { readonly at: Instant }[]): number {
  const hours = new Map<number, number>();
  for (const { at } of mails) hours.set(Math.floor(at / hourMs), (hours.get(Math.floor(at / hourMs)) ?? 0) + 1);
  return [...hours.values()].reduce((sum, count) => sum + Math.max(0, count - mostAnHour), 0);
}

/** Floods the form with so many posts, honest ones among them, from a seed. */
export async function form(requests: number, seed: number, say: (line: string) => void): Promise<FormReport> {
  const chance = new Chance(seed);
  const start = Date.UTC(2026, 7, 7, chance.whole(0, 23, 'hour of the day'), chance.whole(0, 59, 'minute'));
  const posts = drawPosts(requests, chance, start);
  const house = new FormHouse(start - hourMs, chance);
  const flood = new Flood(house, chance);
  flood.begin(posts);
  await house.scheduler.runUntil(start + lengthOf(requests) + 2 * hourMs);
  const mailedAt = new Map(house.mails.map(({ to, at }) => [to, at]));
  const people = posts.filter(({ isHonest }) => isHonest);
  const isServed = ({ address, at }: Post) => (mailedAt.get(address) ?? Number.POSITIVE_INFINITY) - at <= promptMs;
  tell(people, isServed, say);
  return {
    requests,
    mails: house.mails.length,
    overCap: overCapOf(house.mails),
    acceptedForgeries: flood.acceptedForgeries,
    honestServed: people.length === 0 ? 1 : people.filter(isServed).length / people.length,
  };
}

/** Says of each kind of people how many were served. */
function tell(people: readonly Post[], isServed: (post: Post) => boolean, say: (line: string) => void): void {
  for (const [kind, isOfKind] of [
    ['with a script', ({ trick }: Post) => trick === 'proof'],
    ['without one', ({ trick }: Post) => trick !== 'proof'],
  ] as const) {
    const those = people.filter(isOfKind);
    say(`people ${kind}: ${those.filter(isServed).length} of ${those.length} had their mail within 15 minutes`);
  }
}
