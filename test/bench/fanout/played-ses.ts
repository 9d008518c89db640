import { setTimeout as sleep } from 'node:timers/promises';
import { type ApiCall, type ApiService, CallError, notPlayed, queryProtocol } from '../../../cli/local/api-call.js';
import { arnOf } from '../../../cli/local/template/physical.js';

/** What SES is like: its rate, and after how many milliseconds it answers. */
interface PlayedSes {
  readonly perSecond: number;
  readonly answersAfterMs: number;
}

/** When mails were accepted, by the process's own clock, and what was refused. */
export class MailsTaken {
  count = 0;
  throttled = 0;
  firstAt = Number.NaN;
  lastAt = Number.NaN;

  note(at: number): void {
    if (this.count === 0) this.firstAt = at;
    this.lastAt = at;
    this.count += 1;
  }

  /** From the first acceptance to the last. */
  get perSecond(): number {
    return (this.count - 1) / ((this.lastAt - this.firstAt) / 1000);
  }
}

/** Lets through what an account may send: short bursts of up to a second's mails, and no more than the rate. */
export class RateLimit {
  private tokens: number;
  private at: number;

  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.tokens = perSecond;
    this.at = now;
  }

  takes(now: number): boolean {
    this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.at) / 1000) * this.perSecond);
    this.at = now;
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}

/** The tags of a mail, from the form in which it is sent, and the one that SES adds. */
function tagsIn({ input }: ApiCall): Readonly<Record<string, string>> {
  const tags: Record<string, string> = { 'ses:configuration-set': String(input.ConfigurationSetName) };
  for (let index = 1; ; index += 1) {
    const name = input[`Tags.member.${index}.Name`];
    if (name === undefined) return tags;
    tags[String(name)] = String(input[`Tags.member.${index}.Value`]);
  }
}

/** SES over the wire: takes what its rate allows and tells `accepted` of it, with the mail's tags. */
export function playedSes(
  { perSecond, answersAfterMs }: PlayedSes,
  taken: MailsTaken,
  accepted: (messageId: string, tags: Readonly<Record<string, string>>) => void,
): ApiService {
  const protocol = queryProtocol('http://ses.amazonaws.com/doc/2010-12-01/');
  const limit = new RateLimit(perSecond, performance.now());
  return {
    protocol,
    permission: (action) => `ses:${action}`,
    resources: ({ action, input }) =>
      action === 'GetSendQuota' ? ['*'] : [arnOf('ses', `configuration-set/${input.ConfigurationSetName}`)],
    context: ({ input }) => ({ 'ses:FromAddress': String(input.Source) }),
    async answer(call) {
      if (call.action === 'GetSendQuota') {
        const quota = { Max24HourSend: 10_000_000, MaxSendRate: perSecond, SentLast24Hours: taken.count };
        return protocol.answer(call.action, quota);
      }
      if (call.action !== 'SendRawEmail') throw notPlayed('ses', call);
      const isTaken = limit.takes(performance.now());
      if (!isTaken) taken.throttled += 1;
      await sleep(answersAfterMs);
      if (!isTaken) throw new CallError('Throttling', 'Maximum sending rate exceeded.');
      taken.note(performance.now());
      const messageId = `mail-${taken.count}`;
      accepted(messageId, tagsIn(call));
      return protocol.answer(call.action, { MessageId: messageId });
    },
  };
}
