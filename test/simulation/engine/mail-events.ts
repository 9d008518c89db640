import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import type { Queue } from '../cloud/queue.js';
import type { Faults } from './faults.js';
import type { KnownMail } from './ledger.js';
import type { Profile } from './profile.js';
import type { Scheduler } from './scheduler.js';

/** What becomes of the mails to an address: its local part says so. */
const bounces = /^bounces/;
const complains = /^complains/;

/** A bounce or a complaint that a function has worked on. */
export interface Refusal {
  readonly eventType: string;
  readonly to: string;
  /** When SES took the mail. */
  readonly mailAt: number;
  readonly recordedAt: number;
}

/** SES's events on their way over the bus into the queue: best effort, in no order. */
export class MailEvents {
  readonly refusals: Refusal[] = [];
  private readonly followed = new Map<string, KnownMail>();

  constructor(
    private readonly scheduler: Scheduler,
    private readonly faults: Faults,
    private readonly profile: Profile,
    private readonly queue: Queue,
  ) {}

  /** Lets the events of a mail follow it. */
  follow(mail: KnownMail, earlier: readonly KnownMail[]): void {
    this.followed.set(mail.messageId, mail);
    const { chance } = this.faults;
    const count = earlier.filter(
      ({ to, edition, kind }) => to === mail.to && edition === mail.edition && kind === mail.kind,
    ).length;
    const name = `${mail.kind} ${mail.edition ?? ''} to ${mail.to} ${count}`;
    this.report(mail, name, 'Send', chance.between(200, 20_000, `${name} sent`));
    if (bounces.test(mail.to) && mail.kind === 'digest') {
      this.report(mail, name, 'Bounce', chance.between(1_000, 10 * minuteMs, `${name} bounces`));
    }
    if (complains.test(mail.to) && mail.kind === 'digest') {
      this.report(mail, name, 'Complaint', chance.between(minuteMs, 5 * hourMs, `${name} complains`));
    }
  }

  /** Notes that an event was recorded. */
  recorded(body: string): void {
    const { detail } = JSON.parse(body) as ReturnType<MailEvents['event']>;
    const { eventType } = detail;
    const mail = this.followed.get(detail.mail.messageId);
    if (!mail) return;
    const recordedAt = this.scheduler.now;
    if (eventType === 'Send') mail.send.recordedAt ??= recordedAt;
    else this.refusals.push({ eventType, to: mail.to, mailAt: mail.at, recordedAt });
  }

  private report(mail: KnownMail, name: string, eventType: string, inMs: number): void {
    const { faults, profile, scheduler } = this;
    const what = `${eventType} of ${name}`;
    if (faults.strikes(`lost event: ${what}`, profile.lostEvents)) {
      if (eventType === 'Send') mail.send.isLost = true;
      return;
    }
    const isLate = faults.strikes(`late event: ${what}`, profile.lateEvents);
    if (isLate && eventType === 'Send') mail.send.isLate = true;
    const late = isLate ? faults.chance.between(5 * minuteMs, 6 * hourMs, `${what} late`) : 0;
    const { from, to } = profile.stalled;
    const planned = scheduler.now + inMs + late;
    const at = from <= planned && planned < to ? to + inMs : planned;
    scheduler.at(at, () => {
      if (eventType === 'Send') mail.send.queuedAt = scheduler.now;
      this.queue.send(JSON.stringify(this.event(mail, eventType)), what);
    });
  }

  private event(mail: KnownMail, eventType: string) {
    const tags = Object.fromEntries(Object.entries(mail.tags).map(([tag, value]) => [tag, [value]]));
    const detail = {
      eventType,
      mail: { timestamp: new Date(mail.at).toISOString(), messageId: mail.messageId, tags },
      ...(eventType === 'Bounce' && { bounce: { bounceType: 'Permanent' } }),
    };
    return { detail };
  }
}
