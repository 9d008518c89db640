import { proofOf, stampForm } from '../../../lambdas/serve-pages/subscribe/form-stamp.js';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import {
  type DeliveryDays,
  parseDeliveryDays,
  typedDays,
} from '../../../shared/domain/subscriber/slot/delivery-days.js';
import { addressUrl } from '../../../shared/mail/send/installation.js';
import { signToken, type TokenScope } from '../../../shared/runtime/tokens.js';
import type { AcceptedMail } from '../cloud/ses.js';
import { type Acknowledgement, readable } from '../engine/ledger.js';
import type { World } from '../engine/world.js';
import { type PageAnswer, type PageRequest, servePagesFunction } from './functions.js';
import { keys, type Reader, type Step } from './readers.js';

const tries = 4;
const weekMs = 7 * dayMs;

/** What the pages say when they did not do what was asked. */
const refusals = /Nothing was (changed|saved)|It was not paused/;

/** Lets the readers of a run do what they planned, one thing after the other, each as a browser would. */
export class People {
  private readonly counts = new Map<string, number>();

  constructor(
    private readonly world: World,
    private readonly readers: readonly Reader[],
    private readonly happens: (step: string) => boolean,
  ) {
    world.acceptedMail = (mail) => this.received(mail);
  }

  start(): void {
    for (const reader of this.readers) void this.live(reader);
  }

  private async live(reader: Reader): Promise<void> {
    for (const [place, step] of reader.steps.entries()) {
      if (!this.happens(`step ${place} of ${reader.number}: ${step.do}`)) continue;
      await this.until(step.at);
      if (step.inJob) await this.inJob(step.inJob);
      await this.ask(reader, step, this.requestOf(reader, step));
    }
  }

  /** Follows the link of a confirmation mail after a while. */
  private received(mail: AcceptedMail): void {
    const token = /\/confirm\?token=([\w-]{22}\.[\w-]{43})/.exec(readable(mail.raw))?.[1];
    const reader = this.readers.find(({ profile }) => profile.address === mail.to);
    if (!token || !reader) return;
    const { scheduler, faults } = this.world;
    const inMs = faults.chance.pick([5_000, 60_000, 600_000], `confirmation of ${reader.number}`);
    const path = `/confirm?token=${token}`;
    scheduler.in(inMs, () => void this.ask(reader, { at: scheduler.now, do: 'confirm' }, { path, fields: [] }));
  }

  /** Asks until there is an answer, or patience is over. */
  private async ask(reader: Reader, step: Step, request: PageRequest): Promise<void> {
    const { world } = this;
    const { scheduler, faults, ledger } = world;
    const until = step.how === 'week' ? { until: scheduler.now + weekMs } : {};
    const note: Acknowledgement = { reader: reader.number, action: step.do, startedAt: scheduler.now, ...until };
    ledger.acknowledgements.push(note);
    const base = `serve-pages ${step.do} by ${reader.number}`;
    const count = (this.counts.get(base) ?? 0) + 1;
    this.counts.set(base, count);
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      const name = `${base} #${count}.${attempt}`;
      const end = await world.invoke(servePagesFunction, name, request);
      const answer = end.end === 'done' ? end.answer : undefined;
      world.trace(`${name}: ${answer ? answer.status : 'no answer'}`);
      if (answer && answer.status < 500) {
        note.endedAt = scheduler.now;
        note.isRefused = isRefused(answer);
        return;
      }
      await this.until(scheduler.now + faults.chance.between(1_000, 90_000, `${name} again`));
    }
  }

  private until(instant: number): Promise<void> {
    return new Promise((resolve) => this.world.scheduler.at(instant, resolve));
  }

  /** Waits for a call of a job, so that both meet; if there is no such job any more, for ever. */
  private inJob({ job, call }: NonNullable<Step['inJob']>): Promise<void> {
    const jobs = new Set<string>();
    return new Promise((resolve) => {
      this.world.watchers.push((invocation) => {
        if (!invocation.name.startsWith('send-digest')) return;
        jobs.add(invocation.name);
        if (jobs.size === job && invocation.calls === call) resolve();
      });
    });
  }

  private requestOf(reader: Reader, { do: action, how }: Step): PageRequest {
    const link = (scope: TokenScope) => {
      const issuedOn = Math.floor(this.world.scheduler.now / dayMs);
      return signToken(keys.signing[0], scope, { subscriber: reader.id, issuedOn });
    };
    const { address, timeZone, hour, maxPapers } = reader.profile;
    const choices = (at: string): [string, string][] => [
      ['hour', at.split('/')[0] ?? ''],
      ...daysFields(at.includes('/') ? parseDeliveryDays(at.split('/')[1] ?? '') : reader.profile.days),
      ['timezone', timeZone],
      ['maxPapers', String(maxPapers)],
      ['filter', reader.filter],
      ['filterName', 'Own'],
    ];
    const stamp = stampForm(keys.signing[0], Math.round(this.world.scheduler.now) - 600_000, `reader${reader.number}`);
    // Half of them have no script, and nothing that proves work.
    const proof = reader.number % 2 === 0 ? (proofOf(keys.signing, stamp) ?? '') : '';
    switch (action) {
      case 'subscribe':
        return {
          path: '/subscribe',
          fields: [['stamp', stamp], ['proof', proof], ['address', address], ...choices(String(hour))],
          sourceIp: `203.0.${reader.number % 256}.7`,
        };
      case 'change':
        return { path: `/preferences?token=${link('preferences')}`, fields: choices(how ?? '7') };
      case 'unsubscribe': {
        const field: [string, string] = how === 'page' ? ['from', 'page'] : ['List-Unsubscribe', 'One-Click'];
        return { path: `/unsubscribe?token=${link('unsubscribe')}`, fields: [field] };
      }
      case 'address': {
        const link = addressUrl(keys.signing[0], '', reader.id, Math.round(this.world.scheduler.now));
        return { path: link, fields: [['address', how ?? '']] };
      }
      default:
        return { path: `/preferences/${action}?token=${link('preferences')}`, fields: how ? [['for', how]] : [] };
    }
  }
}

/** The fields of a form by which somebody chooses days. */
function daysFields(days: DeliveryDays | undefined): [string, string][] {
  const { kind, on, weeklyOn } = typedDays(days);
  return [['days', kind], ...on.map((day): [string, string] => ['day', day]), ['weekDay', weeklyOn]];
}

function isRefused({ status, text }: PageAnswer): boolean {
  return status >= 400 || refusals.test(text);
}
