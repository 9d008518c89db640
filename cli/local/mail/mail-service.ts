import { randomUUID } from 'node:crypto';
import * as z from 'zod/mini';
import { type ApiCall, type ApiService, CallError, queryProtocol } from '../api-call.js';
import { notPlayed } from '../gateway.js';
import { arnOf } from '../template/physical.js';
import { addressesIn, headerOf, splitMail } from './mail-headers.js';
import type { MailStore, StoredMail } from './mail-store.js';
import { receptionOf } from './mailbox-simulator.js';
import { quotaCheck, type SendQuota, sentLast24Hours } from './send-quota.js';

/** What the played SES asks of the house. */
export interface MailServiceDeps {
  readonly store: MailStore;
  /** Verified addresses and domains. */
  readonly identities: readonly string[];
  readonly configurationSets: readonly string[];
  readonly quota: SendQuota;
  now(): number;
  /** Called for each mail after it was accepted. */
  accepted(mail: StoredMail): void;
}

const limitBytes = 10 * 1024 * 1024;
const tagText = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,256}$/));

/** Plays SES v1: SendRawEmail and GetSendQuota. API: https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html */
export function mailService(deps: MailServiceDeps): ApiService {
  const protocol = queryProtocol('http://ses.amazonaws.com/doc/2010-12-01/');
  const checkQuota = quotaCheck(deps.quota, deps.store.mails);
  return {
    protocol,
    permission: (action) => `ses:${action}`,
    resources(call) {
      if (call.action !== 'SendRawEmail') return ['*'];
      const { from, configurationSet } = readSending(call);
      const identity = arnOf('ses', `identity/${identityOf(from, deps.identities) ?? from}`);
      return configurationSet ? [identity, arnOf('ses', `configuration-set/${configurationSet}`)] : [identity];
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

function readSending({ input }: ApiCall): Sending {
  const raw = Buffer.from(String(input['RawMessage.Data'] ?? ''), 'base64');
  const { headers } = splitMail(raw.subarray(0, 256 * 1024).toString('latin1'));
  const addressed = ['To', 'Cc', 'Bcc'].flatMap((name) => addressesIn(headerOf(headers, name) ?? ''));
  const given = members(input, 'Destinations');
  const names = members(input, 'Tags', 'Name');
  const values = members(input, 'Tags', 'Value');
  const set = input.ConfigurationSetName;
  return {
    raw,
    from: addressesIn(String(input.Source ?? headerOf(headers, 'From') ?? ''))[0] ?? '',
    to: given.length > 0 ? given.map((one) => addressesIn(one)[0] ?? one) : addressed,
    tags: Object.fromEntries(names.map((name, index) => [name, values[index] ?? ''])),
    ...(typeof set === 'string' && { configurationSet: set }),
  };
}

/** A list of a form: `Name.member.1`, `Name.member.2`, … */
function members(input: ApiCall['input'], list: string, field?: string): readonly string[] {
  const found: string[] = [];
  for (let index = 1; ; index += 1) {
    const value = input[`${list}.member.${index}${field ? `.${field}` : ''}`];
    if (value === undefined) return found;
    found.push(String(value));
  }
}

/** SES lets an address's own identity send for it, else its domain's or one of a domain above. */
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
  if (to.length === 0 || to.length > 50)
    throw new CallError('InvalidParameterValue', 'Recipient count is not 1 to 50.');
  const wrong = to.find((address) => !/^[\x21-\x7e]+@[a-z0-9.-]+$/i.test(address));
  if (wrong !== undefined) throw new CallError('InvalidParameterValue', 'Illegal address');
  if (
    !Object.entries(tags)
      .flat()
      .every((text) => tagText.safeParse(text).success)
  ) {
    throw new CallError('InvalidParameterValue', 'Tag names and values: 1 to 256 of A-Z a-z 0-9 _ -');
  }
  if (!identityOf(from, deps.identities)) {
    const failed = `The following identities failed the check in region US-EAST-1: ${from}`;
    throw new CallError('MessageRejected', `Email address is not verified. ${failed}`);
  }
}
