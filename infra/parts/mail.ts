import { Stack } from 'aws-cdk-lib';
import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  EmailIdentity,
  EmailSendingEvent,
  EventDestination,
  Identity,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { mailEventTypes } from '../../shared/contract/events.js';
import type { Configuration } from '../configuration/configuration.js';
import { senderAddress } from '../configuration/settings.js';
import type { MailSource } from '../constructs/permissions.js';
import type { Domain } from './domain.js';

const sendingEvents: Record<(typeof mailEventTypes)[number], EmailSendingEvent> = {
  Send: EmailSendingEvent.SEND,
  Bounce: EmailSendingEvent.BOUNCE,
  Complaint: EmailSendingEvent.COMPLAINT,
  Reject: EmailSendingEvent.REJECT,
};

/** The identity that mail is sent from, and the configuration set that reports what becomes of it. */
export class Mail extends Construct implements MailSource {
  readonly sendingArns: readonly string[];
  readonly configurationSetName: string;
  readonly address: string;
  readonly recipientArns: string;
  /** Matches the events that SES puts on the default bus about mail sent with this configuration set. */
  readonly events: EventPattern;

  constructor(scope: Construct, id: string, { sender, identity }: Configuration, domain?: Domain) {
    super(scope, id);
    const set = new ConfigurationSet(this, 'ConfigurationSet', {
      reputationMetrics: true,
      // Who bounced may come back, so SES must not swallow their confirmation: our own suppression holds bounces back.
      suppressionReasons: SuppressionReasons.COMPLAINTS_ONLY,
    });
    // SES sends events to the default bus only.
    set.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: mailEventTypes.map((type) => sendingEvents[type]),
    });
    const { emailIdentityArn } =
      identity !== undefined
        ? EmailIdentity.fromEmailIdentityName(this, 'Identity', identity)
        : (domain?.mailIdentity() ??
          new EmailIdentity(this, 'Identity', { identity: Identity.email(senderAddress(sender) ?? sender) }));
    this.configurationSetName = set.configurationSetName;
    this.address = senderAddress(sender) ?? sender;
    this.recipientArns = Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: '*' });
    this.sendingArns = [
      emailIdentityArn,
      Stack.of(this).formatArn({
        service: 'ses',
        resource: 'configuration-set',
        resourceName: set.configurationSetName,
      }),
    ];
    this.events = {
      source: ['aws.ses'],
      detail: {
        eventType: [...mailEventTypes],
        mail: { tags: { 'ses:configuration-set': [set.configurationSetName] } },
      },
    };
  }
}
