import type { Fate } from '../engine/faults.js';

/** A mail that SES took. */
export interface AcceptedMail {
  readonly at: number;
  readonly to: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly raw: string;
  readonly messageId: string;
}

/** `SendRawEmail` as the client sends it. */
interface RawEmailInput {
  readonly Destinations?: string[];
  readonly RawMessage?: { readonly Data?: Uint8Array };
  readonly Tags?: { readonly Name?: string; readonly Value?: string }[];
}

/** What SES is like at one moment. */
export interface SesWeather {
  /** Answers every mail with 503, or no connection comes about. */
  readonly outage: 'none' | '503' | 'unreachable';
  readonly isQuotaOut: boolean;
  readonly isQuotaAnswered: boolean;
}

const rejectedMailbox = /^rejected/;

function failure(name: string, message: string, status?: number, more: object = {}): Error {
  return Object.assign(new Error(message), { name, ...(status && { $metadata: { httpStatusCode: status } }), ...more });
}

const failures: Readonly<Partial<Record<Fate, () => Error>>> = {
  refused: () => failure('Throttling', 'Maximum sending rate exceeded.', 400),
  'lost-before': () => failure('TimeoutError', 'Request timed out'),
  'lost-after': () => failure('TimeoutError', 'Request timed out'),
  'failed-before': () => failure('ServiceUnavailable', 'Service Unavailable', 503),
  'failed-after': () => failure('InternalFailure', 'Internal Server Error', 500),
};

const unreachable = () => failure('Error', 'connect ECONNREFUSED', undefined, { syscall: 'connect' });
const unavailable = () => failure('ServiceUnavailable', 'Service Unavailable', 503);

/** SES in memory: takes mails as its weather and the call's fate allow. */
export class MemorySes {
  readonly mails: AcceptedMail[] = [];

  constructor(
    private readonly now: () => number,
    private readonly weather: () => SesWeather,
    private readonly accepted: (mail: AcceptedMail, fate: Fate) => void,
  ) {}

  execute(command: { readonly input: object }, fate: Fate): object {
    const isSend = command.constructor.name === 'SendRawEmailCommand';
    return isSend ? this.sendRawEmail(command.input, fate) : this.quota(fate);
  }

  private sendRawEmail(input: RawEmailInput, fate: Fate): object {
    const weather = this.weather();
    if (weather.outage === 'unreachable') throw unreachable();
    if (weather.outage === '503') throw unavailable();
    if (fate.endsWith('-before') || fate === 'refused') throw failures[fate]?.() ?? unavailable();
    if (weather.isQuotaOut) throw failure('Throttling', 'Daily message quota exceeded.', 400);
    const to = input.Destinations?.[0] ?? '';
    if (rejectedMailbox.test(to)) throw failure('MessageRejected', 'Email address is not acceptable', 400);
    const tags = Object.fromEntries((input.Tags ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
    const raw = Buffer.from(input.RawMessage?.Data ?? []).toString('latin1');
    const mail = { at: this.now(), to, tags, raw, messageId: `mail-${this.mails.length + 1}` };
    this.mails.push(mail);
    this.accepted(mail, fate);
    const lost = failures[fate];
    if (lost) throw lost();
    return { MessageId: mail.messageId };
  }

  private quota(fate: Fate): object {
    const { outage, isQuotaAnswered, isQuotaOut } = this.weather();
    if (outage !== 'none' && !isQuotaAnswered) throw outage === '503' ? unavailable() : unreachable();
    const lost = failures[fate];
    if (lost) throw lost();
    return { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: isQuotaOut ? 50_000 : this.mails.length };
  }
}
