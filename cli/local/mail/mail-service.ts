import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { dayMs } from '../../../shared/domain/calendar-date.js';
import { splitMailbox } from '../../../shared/domain/subscriber/mail-address.js';
import { type ApiCall, type ApiService, CallError, notPlayed, queryProtocol } from '../api-call.js';
import { arnOf } from '../template/physical.js';
import type { CallContext } from '../template/role-grants.js';
import { isSimulator, receptionOf } from './mail-events.js';
import type { MailStore, StoredMail } from './mail-store.js';

/** What the played SES needs from the house. */
interface MailServiceDeps {
  readonly store: MailStore;
  /** Verified addresses and domains. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  readonly quota: SendQuota;
  /** Whether receivers must be verified too, as in a new account. */
  readonly isSandboxed: boolean;
  now(): number;
  /** Called for each accepted mail. */
  accepted(mail: StoredMail): void;
}

const limitBytes = 10 * 1024 * 1024;
const tagText = z.string().check(z.regex(/^(ses:feedback-id-[ab]|[A-Za-z0-9_-]{1,256})$/));

/**
 * Plays SES v1: SendRawEmail and GetSendQuota.
 * API: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html
 */
export function mailService(deps: MailServiceDeps): ApiService {
  const protocol = queryProtocol('http://ses.amazonaws.com/doc/2010-12-01/');
  const checkQuota = quotaCheck(deps.quota, deps.store.mails);
  return {
    protocol,
    permission: (action) => `ses:${action}`,
    resources(call) {
      if (call.action !== 'SendRawEmail') return ['*'];
      const { from, to, configurationSet } = readSending(call);
      const arnOfIdentity = (address: string) =>
        arnOf('ses', `identity/${identityOf(address, deps.identities) ?? address}`);
      const receivers = deps.isSandboxed ? to.filter((address) => !isSimulator(address)) : [];
      const identities = [from, ...receivers].map(arnOfIdentity);
      return configurationSet ? [...identities, arnOf('ses', `configuration-set/${configurationSet}`)] : identities;
    },
    context(call): CallContext {
      if (call.action !== 'SendRawEmail') return {};
      const { from, raw } = readSending(call);
      return { 'ses:FromAddress': fromHeaderOf(raw) ?? from };
    },
    async answer(call) {
      if (call.action === 'GetSendQuota') {
        const { max24Hour, perSecond } = deps.quota;
        const SentLast24Hours = sentLast24Hours(deps.store.mails, deps.now());
        return protocol.answer(call.action, { Max24HourSend: max24Hour, MaxSendRate: perSecond, SentLast24Hours });
      }
      if (call.action !== 'SendRawEmail') throw notPlayed('ses', call);
      const sending = readSending(call);
      refuseWrong(sending, deps);
      checkQuota(sending.to.length, deps.now());
      const reception = receptionOf(sending.to, sending.raw);
      const messageId = `${deps.now().toString(16).padStart(16, '0')}-${randomUUID()}-000000`;
      const mail = {
        ...sending,
        messageId,
        at: deps.now(),
        ...(reception !== 'delivered' && { simulated: reception }),
      };
      deps.store.add(mail);
      deps.accepted(mail);
      return protocol.answer(call.action, { MessageId: messageId });
    },
  };
}

type Sending = Pick<StoredMail, 'from' | 'to' | 'tags' | 'raw' | 'configurationSet'>;

/** SES would take a missing sender or recipient from the mail's headers; that is not played. */
function readSending({ input }: ApiCall): Sending {
  const { Source, 'RawMessage.Data': data } = input;
  const to = members(input, 'Destinations');
  if (typeof Source !== 'string' || to.length === 0) {
    throw new CallError(
      'InvalidParameterValue',
      'the local runner plays SendRawEmail with Source and Destinations only',
    );
  }
  const names = members(input, 'Tags', 'Name');
  const values = members(input, 'Tags', 'Value');
  const set = input.ConfigurationSetName;
  return {
    raw: Buffer.from(String(data ?? ''), 'base64'),
    from: splitMailbox(Source).address,
    to: to.map((one) => splitMailbox(one).address),
    tags: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
    ...(typeof set === 'string' && { configurationSet: set }),
  };
}

/** A list in a form: `Name.member.1`, `Name.member.2`, … */
function members(input: ApiCall['input'], list: string, field?: string): readonly string[] {
  const found: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = input[`${list}.member.${index}${field ? `.${field}` : ''}`];
    if (value === undefined) return found;
    found.push(String(value));
  }
}

/** The identity by which SES lets an address send: its own, its domain's, or that of a parent domain. */
function identityOf(from: string, identities: readonly string[]): string | undefined {
  const domain = from.split('@').at(-1)?.toLowerCase() ?? '';
  const labels = domain.split('.');
  const fitting = [from, ...labels.map((_label, index) => labels.slice(index).join('.'))];
  return fitting.find((candidate) => identities.includes(candidate));
}

function refuseWrong({ from, to, tags, raw, configurationSet }: Sending, deps: MailServiceDeps): void {
  if (configurationSet && !deps.configurationSets.includes(configurationSet)) {
    throw new CallError('ConfigurationSetDoesNotExist', `Configuration set <${configurationSet}> does not exist.`);
  }
  if (raw.length > limitBytes) {
    throw new CallError('MessageRejected', `Message length is more than ${limitBytes} bytes long: '${raw.length}'.`);
  }
  if (to.length > 50) throw new CallError('InvalidParameterValue', 'Recipient count exceeds 50.');
  const wrong = to.find((address) => !/^[\x21-\x7e]+@[a-z0-9.-]+$/i.test(address));
  if (wrong !== undefined) throw new CallError('InvalidParameterValue', 'Illegal address');
  if (
    !Object.entries(tags)
      .flat()
      .every((text) => tagText.safeParse(text).success)
  ) {
    throw new CallError('InvalidParameterValue', 'Tag names and values: 1 to 256 of A-Z a-z 0-9 _ -');
  }
  const addresses = [from, fromHeaderOf(raw) ?? from, ...(deps.isSandboxed ? to : [])];
  const unverified = addresses.filter((address) => !isSimulator(address) && !identityOf(address, deps.identities));
  if (unverified.length > 0) {
    const failed = `The following identities failed the check in region US-EAST-1: ${[...new Set(unverified)].join(', ')}`;
    throw new CallError('MessageRejected', `Email address is not verified. ${failed}`);
  }
}

/** The sender in a mail's header, which readers see and policies mean. */
function fromHeaderOf(raw: Buffer): string | undefined {
  const [head = ''] = raw.toString('latin1').split(/\r?\n\r?\n/, 1);
  const [, value] = /^From:(.*)$/im.exec(head.replace(/\r?\n[ \t]+/g, ' ')) ?? [];
  return value === undefined ? undefined : splitMailbox(value.trim()).address;
}

/** What an account may send. */
export interface SendQuota {
  readonly max24Hour: number;
  readonly perSecond: number;
}

/** Recipients within the last 24 hours by the house's clock. */
function sentLast24Hours(mails: readonly StoredMail[], now: number): number {
  let sent = 0;
  for (let index = mails.length - 1; index >= 0; index -= 1) {
    const mail = mails[index];
    if (!mail || mail.at <= now - dayMs) break;
    sent += mail.to.length;
  }
  return sent;
}

/** Makes the check that each send must pass; it throws SES's own throttling errors. The rate counts real seconds. */
function quotaCheck(quota: SendQuota, mails: readonly StoredMail[]): (recipients: number, now: number) => void {
  let recent: number[] = [];
  return (recipients, now) => {
    if (sentLast24Hours(mails, now) + recipients > quota.max24Hour) {
      throw new CallError('Throttling', 'Daily message quota exceeded.');
    }
    const second = performance.now() - 1000;
    recent = recent.filter((at) => at > second);
    if (recent.length + recipients > quota.perSecond)
      throw new CallError('Throttling', 'Maximum sending rate exceeded.');
    for (let each = 0; each < recipients; each += 1) recent.push(performance.now());
  };
}
