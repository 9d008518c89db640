import { GetEmailIdentityCommand, NotFoundException, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { configurationFile } from '../../../../infra/configuration/configuration.js';
import { errorName } from '../../../../infra/preflight/finding.js';
import type { ClientSettings } from '../../../house/clients.js';
import type { StackResource } from '../../../house/stack-resources.js';
import { type Check, checksOf } from './check.js';
import type { SesIdentity } from './check-dns.js';

/** Whether somebody hears the alarms of a stack: a subscription counts once whoever it mails has confirmed it. */
export async function checkListeners(
  client: ClientSettings,
  resources: () => Promise<readonly StackResource[]>,
): Promise<Check> {
  const { ok, failure } = checksOf('alarm-listeners');
  try {
    const topics = (await resources()).filter(({ type }) => type === 'AWS::SNS::Topic');
    if (topics.length === 0)
      return failure('nobody hears the alarms', `write alarmAddress in ${configurationFile} and deploy again`);
    const sns = new SNSClient(client);
    const counts = await Promise.all(
      topics.map(
        async ({ name }) => (await sns.send(new GetTopicAttributesCommand({ TopicArn: name }))).Attributes ?? {},
      ),
    );
    const sum = (name: string) => counts.reduce((total, attributes) => total + Number(attributes[name] ?? 0), 0);
    const [confirmed, pending] = [sum('SubscriptionsConfirmed'), sum('SubscriptionsPending')];
    if (confirmed > 0) return ok(`${confirmed} confirmed`);
    return pending > 0
      ? failure(
          'nobody has confirmed to hear the alarms',
          'click the link in the mail "AWS Notification - Subscription Confirmation"',
        )
      : failure(
          'the topic of the alarms has no listener',
          'deploy again: the subscription was removed, or never confirmed in time',
        );
  } catch (error) {
    return failure(
      `the listeners could not be read (${errorName(error)})`,
      'allow sns:GetTopicAttributes to who looks',
    );
  }
}

/** What SES knows of a domain; `unknown` where it has no such identity, `undefined` where it could not be asked. */
export async function sesIdentity(
  client: Pick<ClientSettings, 'region' | 'endpoint'>,
  EmailIdentity: string,
): Promise<SesIdentity | 'unknown' | undefined> {
  try {
    const found = await new SESv2Client(client).send(new GetEmailIdentityCommand({ EmailIdentity }));
    const mailFrom = found.MailFromAttributes?.MailFromDomain;
    const { Tokens = [], SigningAttributesOrigin, Status } = found.DkimAttributes ?? {};
    const ownKey = SigningAttributesOrigin === 'EXTERNAL' ? { isOwnKeyFound: Status === 'SUCCESS' } : {};
    return { dkimTokens: Tokens, ...ownKey, ...(mailFrom && { mailFrom }) };
  } catch (error) {
    return error instanceof NotFoundException ? 'unknown' : undefined;
  }
}
