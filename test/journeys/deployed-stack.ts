import { describedStack, type playServices, resourceList } from '../support/played-services.js';
import { stackOutputs } from '../support/played-stack.js';
import type { OpenedHouse, Synthesized } from './opened-house.js';

/** The domain that mails of the stack come from. */
export const mailDomain = 'papers.reader.dev';

type Answers = Parameters<typeof playServices>[0];

/** Answers of the services that a house does not play, of a stack that all goes well with. */
export function wellAnswers({ house }: OpenedHouse, { template }: Synthesized): Answers {
  const outputs = Object.fromEntries(stackOutputs.map((name) => [name, house.output(name)]));
  const wanted = /Queue$|DynamoDB::Table$|Lambda::Function$|Alarm$|Rule$|EventSourceMapping$|Secret$|LogGroup$|Api$/;
  const resources = Object.entries(template.Resources)
    .filter(([, { Type }]) => wanted.test(Type))
    .map(([logicalId, { Type: type }]) => {
      const queue = house.queues().find(({ name }) => name.startsWith(logicalId))?.name;
      return {
        type,
        logicalId,
        name: queue === undefined ? logicalId : `${house.endpoint}/000000000000/${queue}`,
      };
    });
  const topic = { type: 'AWS::SNS::Topic', logicalId: 'Alarms', name: 'arn:aws:sns:us-east-1:123456789012:Alarms' };
  const identity = { type: 'AWS::SES::EmailIdentity', logicalId: 'Identity', name: mailDomain };
  return {
    'cloudformation:DescribeStacks': ({ input }) =>
      input.StackName === 'Paperboy' ? describedStack('Paperboy', outputs) : { refused: 'AccessDenied' },
    'cloudformation:ListStackResources': () => resourceList([...resources, topic, identity]),
    'sts:GetCallerIdentity': () =>
      '<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:user/ann</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>',
    'ssm:GetParameter': () => ({ Parameter: { Value: '28' } }),
    'monitoring:DescribeAlarms': ({ input }) => ({
      MetricAlarms: (input.AlarmNames as string[]).map((AlarmName) => ({
        ...{ AlarmName, StateValue: 'OK', AlarmActions: [topic.name] },
        ...(AlarmName.startsWith('RuleFails') && {
          Metrics: [
            { Id: 'a', MetricStat: {} },
            { Id: 'b', MetricStat: {} },
          ],
        }),
      })),
    }),
    'monitoring:GetMetricData': ({ input }) => ({
      MetricDataResults: (
        input.MetricDataQueries as { Id: string; MetricStat: { Metric: { MetricName: string } } }[]
      ).map(({ Id, MetricStat }) => ({ Id, Values: MetricStat.Metric.MetricName === 'Invocations' ? [100, 25] : [] })),
    }),
    'monitoring:ListMetrics': () => ({
      Metrics: [{ MetricName: 'EditionAgeHours' }, { MetricName: 'HoursSinceIngest' }],
    }),
    'events:DescribeRule': () => ({ State: 'ENABLED' }),
    'lambda:/2015-03-31/event-source-mappings/': () => ({ State: 'Enabled' }),
    'lambda:/2015-03-31/functions/': () => ({ MemorySize: 512 }),
    'lambda:/2016-08-19/account-settings': () => ({ AccountLimit: { UnreservedConcurrentExecutions: 1000 } }),
    'ses:/v2/email/account': () => ({
      ...{ SendingEnabled: true, ProductionAccessEnabled: true },
      SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: 1 },
    }),
    'ses:/v2/email/identities': () => ({
      ...{ VerifiedForSendingStatus: true, DkimAttributes: { Tokens: ['aaa'] } },
      MailFromAttributes: { MailFromDomain: `mail.${mailDomain}` },
    }),
    'sns:GetTopicAttributes': () => topicWith(1, 0),
  };
}

/** How many hear the alarms, and how many have not confirmed that they want to. */
export const topicWith = (confirmed: number, pending: number) =>
  `<GetTopicAttributesResponse><GetTopicAttributesResult><Attributes><entry><key>SubscriptionsConfirmed</key><value>${confirmed}</value></entry><entry><key>SubscriptionsPending</key><value>${pending}</value></entry></Attributes></GetTopicAttributesResult></GetTopicAttributesResponse>`;
