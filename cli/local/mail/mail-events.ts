import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Surroundings } from '../functions/activity.js';
import { busArnOf, type Happening, type Rules } from '../queues/rules.js';
import { arnOf, place } from '../template/physical.js';
import type { Stack } from '../template/stack.js';
import type { MailStore, Reception, StoredMail } from './mail-store.js';
import { type ReadableMail, readMail } from './read-mail.js';

const destinationProperties = z.object({
  ConfigurationSetName: z.string(),
  EventDestination: z.object({
    Enabled: z._default(z.boolean(), true),
    EventBridgeDestination: z.object({ EventBusArn: z.string() }),
    MatchingEventTypes: z.array(z.string()),
  }),
});

/** Reports what became of mails on the default bus, as far as their configuration set asks for it. */
export interface MailEvents {
  /** Reports on one mail, after its sender has been answered. */
  report(mail: StoredMail): void;
  /** Reports on the mails of an earlier process that ended before it had done so. */
  resume(): void;
}

export function mailEvents(stack: Stack, rules: Rules, store: MailStore, surroundings: Surroundings): MailEvents {
  const destinations = stack
    .all(['AWS::SES::ConfigurationSetEventDestination'], destinationProperties)
    .map(({ properties }) => properties)
    .filter(({ EventDestination }) => EventDestination.Enabled);
  const publishAll = async (mail: StoredMail) => {
    await new Promise(setImmediate);
    if (surroundings.isClosing()) return;
    const content = await readMail(mail.raw);
    for (const { ConfigurationSetName, EventDestination } of destinations) {
      if (ConfigurationSetName !== mail.configurationSet) continue;
      const wanted = EventDestination.MatchingEventTypes.map((type) => type.toLowerCase());
      for (const type of eventTypesOf(mail)) {
        if (!wanted.includes(type.toLowerCase())) continue;
        rules.publish(busArnOf('default'), mailHappening(mail, content, type), mail.at);
      }
    }
    store.markTold(mail);
  };
  const failed = (mail: StoredMail, error: unknown) =>
    surroundings.fail(`no events of mail ${mail.messageId}: ${String(error)}`);
  const report = (mail: StoredMail) =>
    void surroundings.activity.run(() => publishAll(mail).catch((error: unknown) => failed(mail, error)));
  return { report, resume: () => store.untold.forEach(report) };
}

/**
 * What the addresses of SES's mailbox simulator do.
 * List: https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
const simulated: Readonly<Record<string, Reception>> = {
  success: 'delivered',
  ooto: 'delivered',
  bounce: 'bounced',
  suppressionlist: 'suppressed',
  complaint: 'complained',
};

const simulator = /^([^+@]*)(?:\+[^@]*)?@simulator\.amazonses\.com$/i;

/** Whether an address is one of SES's mailbox simulator, which everybody may mail. */
export function isSimulator(address: string): boolean {
  return simulator.test(address);
}

/** The standard text for testing mail scanners; SES rejects a mail that contains it. */
const testVirus = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE';

/**
 * How the recipients of a mail take it: every address but the simulator's accepts it. Labels (`bounce+any@…`) are
 * allowed.
 */
export function receptionOf(recipients: readonly string[], raw: Buffer): Reception {
  if (raw.includes(testVirus)) return 'rejected';
  const receptions = recipients.map((recipient) => {
    const [, name = ''] = simulator.exec(recipient) ?? [];
    return simulated[name.toLowerCase()] ?? 'delivered';
  });
  return receptions.find((reception) => reception !== 'delivered') ?? 'delivered';
}

/**
 * Detail type of each event, by its `eventType`.
 * List: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html
 */
const detailTypes = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
} as const;
type MailEventType = keyof typeof detailTypes;

/** What becomes of a mail, in order, given how its recipient took it. */
function eventTypesOf({ simulated }: StoredMail): readonly MailEventType[] {
  if (simulated === 'rejected') return ['Send', 'Reject'];
  if (simulated === 'bounced' || simulated === 'suppressed') return ['Send', 'Bounce'];
  return simulated === 'complained' ? ['Send', 'Delivery', 'Complaint'] : ['Send', 'Delivery'];
}

/**
 * An event about a mail, as SES puts it on the default bus.
 * Format: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html
 */
function mailHappening(mail: StoredMail, content: ReadableMail, type: MailEventType): Happening {
  return {
    source: 'aws.ses',
    detailType: detailTypes[type],
    resources: mail.configurationSet ? [arnOf('ses', `configuration-set/${mail.configurationSet}`)] : [],
    detail: { eventType: type, mail: mailPart(mail, content), [type.toLowerCase()]: ownPart(mail, type) },
  };
}

function mailPart({ messageId, at, from, to, tags, configurationSet }: StoredMail, content: ReadableMail): object {
  const custom = Object.entries(tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: new Date(at).toISOString(),
    source: from,
    sourceArn: arnOf('ses', `identity/${from}`),
    sendingAccountId: place.account,
    messageId,
    destination: to,
    headersTruncated: false,
    headers: content.headers.map(([name, value]) => ({ name, value })),
    commonHeaders: {
      from: content.headers.filter(([name]) => name.toLowerCase() === 'from').map(([, value]) => value),
      to: content.to,
      messageId,
      subject: content.subject,
    },
    tags: {
      'ses:operation': ['SendRawEmail'],
      ...(configurationSet && { 'ses:configuration-set': [configurationSet] }),
      'ses:source-ip': ['127.0.0.1'],
      'ses:from-domain': [from.split('@').at(-1) ?? ''],
      ...Object.fromEntries(custom),
    },
  };
}

function ownPart({ messageId, at, to, simulated }: StoredMail, type: MailEventType): object {
  const timestamp = new Date(at).toISOString();
  const feedbackId = createHash('sha256').update(`${messageId} ${type}`).digest('hex').slice(0, 32);
  if (type === 'Send') return {};
  if (type === 'Reject') return { reason: 'Bad content' };
  if (type === 'Delivery') {
    return { timestamp, processingTimeMillis: 1, recipients: to, smtpResponse: '250 OK', reportingMTA: 'local' };
  }
  if (type === 'Complaint') {
    const complainedRecipients = to.map((emailAddress) => ({ emailAddress }));
    return { feedbackId, complaintSubType: null, complainedRecipients, timestamp, complaintFeedbackType: 'abuse' };
  }
  return {
    feedbackId,
    bounceType: 'Permanent',
    bounceSubType: simulated === 'suppressed' ? 'Suppressed' : 'General',
    bouncedRecipients: to.map((emailAddress) => ({
      emailAddress,
      action: 'failed',
      status: simulated === 'suppressed' ? '5.1.0' : '5.1.1',
      diagnosticCode: 'smtp; 550 user unknown',
    })),
    timestamp,
    reportingMTA: 'dns; local',
  };
}
