import { createHash } from 'node:crypto';
import type { Happening } from '../queues/rules.js';
import { arnOf, place } from '../template/physical.js';
import { addressesIn, decodeWords, headerOf, splitMail } from './mail-headers.js';
import type { StoredMail } from './mail-store.js';

/** Detail type of each event, by its `eventType`. List: https://docs.aws.amazon.com/eventbridge/latest/ref/events-ref-ses.html */
const detailTypes = {
  Send: 'Email Sent',
  Delivery: 'Email Delivered',
  Bounce: 'Email Bounced',
  Complaint: 'Email Complaint Received',
  Reject: 'Email Rejected',
} as const;
export type MailEventType = keyof typeof detailTypes;

/** What becomes of a mail, in order, by how it was received. */
export function eventTypesOf({ simulated }: StoredMail): readonly MailEventType[] {
  if (simulated === 'rejected') return ['Send', 'Reject'];
  if (simulated === 'bounced' || simulated === 'suppressed') return ['Send', 'Bounce'];
  return simulated === 'complained' ? ['Send', 'Delivery', 'Complaint'] : ['Send', 'Delivery'];
}

/** An event of a mail as SES puts it on the default bus. Format: https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-sns-contents.html */
export function mailHappening(mail: StoredMail, type: MailEventType): Happening {
  return {
    source: 'aws.ses',
    detailType: detailTypes[type],
    resources: mail.configurationSet ? [arnOf('ses', `configuration-set/${mail.configurationSet}`)] : [],
    detail: { eventType: type, mail: mailPart(mail), [type.toLowerCase()]: ownPart(mail, type) },
  };
}

function mailPart({ messageId, at, from, to, tags, configurationSet, raw }: StoredMail): object {
  const { headers } = splitMail(raw.toString('latin1'));
  const header = (name: string) => headerOf(headers, name) ?? '';
  const custom = Object.entries(tags).map(([name, value]) => [name, [value]]);
  return {
    timestamp: new Date(at).toISOString(),
    source: from,
    sourceArn: arnOf('ses', `identity/${from}`),
    sendingAccountId: place.account,
    messageId,
    destination: to,
    headersTruncated: false,
    headers: headers.map(([name, value]) => ({ name, value })),
    commonHeaders: {
      from: [header('From')],
      to: addressesIn(header('To')),
      messageId,
      subject: decodeWords(header('Subject')),
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
