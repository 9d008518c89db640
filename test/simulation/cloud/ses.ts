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

/** One request to send, and what became of it. */
export interface Offer {
  readonly tags: Readonly<Record<string, string>>;
  readonly at: number;
  /** `refused` is certain, `doubt` is not; `no quota` is a refusal of everything for the day. */
  readonly result: 'accepted' | 'rejected' | 'refused' | 'no quota' | 'doubt';
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

/** What the SDK repeats of its own accord, if it is let. */
function isRepeated(error: unknown): boolean {
  const { name, $metadata } = error as { name: string; $metadata?: { httpStatusCode: number } };
  return name === 'TimeoutError' || name === 'Throttling' || ($metadata?.httpStatusCode ?? 0) >= 500;
}

/** SES in memory: takes mails as its weather and the call's fate allow. */
export class MemorySes {
  readonly mails: AcceptedMail[] = [];
  /** How often a client repeats a request whose reply it does not like: what the real client is set to. */
  attempts = 1;

  constructor(
    private readonly now: () => number,
    private readonly weather: () => SesWeather,
    private readonly accepted: (mail: AcceptedMail, fate: Fate) => void,
    private readonly offered: (offer: Offer) => void,
  ) {}

  execute(command: { readonly input: object }, fate: Fate): object {
    const isSend = command.constructor.name === 'SendRawEmailCommand';
    if (!isSend) return this.quota(fate);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return this.sendRawEmail(command.input, fate);
      } catch (error) {
        if (attempt >= this.attempts || !isRepeated(error)) throw error;
      }
    }
  }

  private sendRawEmail(input: RawEmailInput, fate: Fate): object {
    const to = input.Destinations?.[0] ?? '';
    const tags = Object.fromEntries((input.Tags ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
    const at = this.now();
    const refusal = this.refusal(to, fate);
    if (refusal) {
      this.offered({ tags, at, result: refusal.result });
      throw refusal.error;
    }
    const raw = Buffer.from(input.RawMessage?.Data ?? []).toString('latin1');
    const mail = { at, to, tags, raw, messageId: `mail-${this.mails.length + 1}` };
    this.mails.push({ ...mail, raw: '' });
    this.offered({ tags, at, result: 'accepted' });
    this.accepted(mail, fate);
    const lost = failures[fate];
    if (lost) throw lost();
    return { MessageId: mail.messageId };
  }

  /** Why SES does not take a mail, if it does not. */
  private refusal(to: string, fate: Fate): { error: Error; result: Offer['result'] } | undefined {
    const { outage, isQuotaOut } = this.weather();
    if (outage === 'unreachable') return { error: unreachable(), result: 'refused' };
    if (outage === '503') return { error: unavailable(), result: 'doubt' };
    if (fate === 'refused') return { error: failures.refused?.() ?? unavailable(), result: 'refused' };
    if (fate.endsWith('-before')) return { error: failures[fate]?.() ?? unavailable(), result: 'doubt' };
    if (isQuotaOut) return { error: failure('Throttling', 'Daily message quota exceeded.', 400), result: 'no quota' };
    if (!rejectedMailbox.test(to)) return undefined;
    return { error: failure('MessageRejected', 'Email address is not acceptable', 400), result: 'rejected' };
  }

  private quota(fate: Fate): object {
    const { outage, isQuotaAnswered, isQuotaOut } = this.weather();
    if (outage !== 'none' && !isQuotaAnswered) throw outage === '503' ? unavailable() : unreachable();
    const lost = failures[fate];
    if (lost) throw lost();
    return { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: isQuotaOut ? 50_000 : this.mails.length };
  }
}
