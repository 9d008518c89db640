import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetMetricDataCommand,
  type MetricAlarm,
} from '@aws-sdk/client-cloudwatch';
import { DescribeRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { GetEventSourceMappingCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { minuteMs } from '../../../shared/domain/calendar-date.js';
import { inParallel } from '../../../shared/storage/dynamo/reading.js';
import type { ClientSettings } from '../clients.js';
import type { StackResource } from '../stack-resources.js';
import type { AlarmFacts, MailAccountFact, QueueFact, SwitchFact } from './facts.js';
import type { Machinery } from './gather-facts.js';
import { queueOf, withoutHash } from './queue-names.js';

const callsAtOnce = 8;

/** The machinery of a deployed stack, which is asked for and never changed. */
export function deployedMachinery(
  client: ClientSettings,
  resources: () => Promise<readonly StackResource[]>,
): Machinery {
  const ofType = async (type: string) => (await resources()).filter((resource) => resource.type === type);
  return {
    queues: async () => queuesOf(client, await ofType('AWS::SQS::Queue')),
    alarms: async () => alarmsOf(client, await ofType('AWS::CloudWatch::Alarm')),
    async switches() {
      const [rules, buses] = [await ofType('AWS::Events::Rule'), await ofType('AWS::Events::EventBus')];
      const mappings = await ofType('AWS::Lambda::EventSourceMapping');
      return [...(await rulesOf(client, rules, buses)), ...(await mappingsOf(client, mappings))];
    },
    mailAccount: () => mailAccountOf(client),
  };
}

async function queuesOf(client: ClientSettings, queues: readonly StackResource[]): Promise<readonly QueueFact[]> {
  const sqs = new SQSClient({ ...client, useQueueUrlAsEndpoint: false });
  const ages = await agesOf(client, queues);
  return inParallel(queues, callsAtOnce, async ({ logicalId, name }) => {
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({
        QueueUrl: name,
        AttributeNames: [
          'ApproximateNumberOfMessages',
          'ApproximateNumberOfMessagesNotVisible',
          'ApproximateNumberOfMessagesDelayed',
        ],
      }),
    );
    const count = (state: string) => Number(Attributes?.[`ApproximateNumberOfMessages${state}` as 'QueueArn'] ?? 0);
    const oldestMs = ages.get(logicalId);
    return {
      ...queueOf(logicalId),
      visible: count('') + count('Delayed'),
      inFlight: count('NotVisible'),
      ...(oldestMs !== undefined && { oldestMs }),
    };
  });
}

/** SQS itself does not tell how old a message is; CloudWatch does, a few minutes late. */
async function agesOf(client: ClientSettings, queues: readonly StackResource[]): Promise<ReadonlyMap<string, number>> {
  if (queues.length === 0) return new Map();
  const end = Date.now();
  const { MetricDataResults = [] } = await new CloudWatchClient(client).send(
    new GetMetricDataCommand({
      StartTime: new Date(end - 15 * minuteMs),
      EndTime: new Date(end),
      ScanBy: 'TimestampDescending',
      MetricDataQueries: queues.map(({ name }, at) => ({
        Id: `q${at}`,
        MetricStat: {
          Metric: {
            Namespace: 'AWS/SQS',
            MetricName: 'ApproximateAgeOfOldestMessage',
            Dimensions: [{ Name: 'QueueName', Value: name.split('/').at(-1) ?? name }],
          },
          Period: 60,
          Stat: 'Maximum',
        },
      })),
    }),
  );
  const newest = MetricDataResults.flatMap(({ Id, Values }) => {
    const queue = queues[Number(Id?.slice(1))];
    const seconds = Values?.[0];
    return queue && seconds !== undefined ? [[queue.logicalId, seconds * 1000] as const] : [];
  });
  return new Map(newest);
}

/** DescribeAlarms takes no more names at once. */
const alarmsPerRequest = 100;

/** These alarms as CloudWatch has them. */
export async function describeAlarms(
  client: ClientSettings,
  names: readonly string[],
): Promise<readonly MetricAlarm[]> {
  const cloudWatch = new CloudWatchClient(client);
  const found: MetricAlarm[] = [];
  for (let from = 0; from < names.length; from += alarmsPerRequest) {
    const AlarmNames = names.slice(from, from + alarmsPerRequest);
    const request = new DescribeAlarmsCommand({ AlarmNames, MaxRecords: alarmsPerRequest });
    found.push(...((await cloudWatch.send(request)).MetricAlarms ?? []));
  }
  return found;
}

async function alarmsOf(client: ClientSettings, alarms: readonly StackResource[]): Promise<AlarmFacts> {
  const names = alarms.map(({ name }) => name);
  const found = await describeAlarms(client, names);
  const nameOf = (name = '') => withoutHash(alarms.find((alarm) => alarm.name === name)?.logicalId ?? name);
  return {
    watched: found.length,
    unheard: found.filter(
      ({ ActionsEnabled, AlarmActions = [] }) => ActionsEnabled === false || AlarmActions.length === 0,
    ).length,
    raised: found
      .filter(({ StateValue }) => StateValue === 'ALARM')
      .map(({ AlarmName, AlarmDescription = '', StateTransitionedTimestamp, StateUpdatedTimestamp }) => ({
        name: nameOf(AlarmName),
        description: AlarmDescription,
        since: (StateTransitionedTimestamp ?? StateUpdatedTimestamp ?? new Date(0)).getTime(),
      })),
  };
}

/** CloudFormation names a rule of another bus than the default one `bus|rule`; an emulator may leave the bus out. */
function rulesOf(
  client: ClientSettings,
  rules: readonly StackResource[],
  buses: readonly StackResource[],
): Promise<readonly SwitchFact[]> {
  const events = new EventBridgeClient(client);
  return inParallel(rules, callsAtOnce, async ({ logicalId, name }) => {
    const [Name, named] = name.split('|').reverse();
    for (const EventBusName of named === undefined ? [undefined, ...buses.map((bus) => bus.name)] : [named]) {
      const rule = await unlessMissing(events.send(new DescribeRuleCommand({ Name, EventBusName })));
      if (rule) return { name: withoutHash(logicalId), isOn: rule.State !== 'DISABLED' };
    }
    return { name: `${withoutHash(logicalId)} (missing)`, isOn: false };
  });
}

function mappingsOf(client: ClientSettings, mappings: readonly StackResource[]): Promise<readonly SwitchFact[]> {
  const lambda = new LambdaClient(client);
  return inParallel(mappings, callsAtOnce, async ({ logicalId, name }) => {
    const mapping = await unlessMissing(lambda.send(new GetEventSourceMappingCommand({ UUID: name })));
    if (!mapping) return { name: `${feedNameOf(logicalId)} (missing)`, isOn: false };
    return { name: feedNameOf(logicalId), isOn: !/^Disabl/.test(mapping.State ?? '') };
  });
}

/** Somebody may have deleted by hand what the stack still lists. */
async function unlessMissing<Answer>(asked: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asked;
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** The CDK names a mapping by the function, its source and hashes of both: the function is enough. */
function feedNameOf(logicalId: string): string {
  return logicalId.replace(/(Worker)?(Function)?SqsEventSource.*$/, 'Feed');
}

async function mailAccountOf(client: ClientSettings): Promise<MailAccountFact> {
  const { SendingEnabled, ProductionAccessEnabled, SendQuota } = await new SESv2Client(client).send(
    new GetAccountCommand({}),
  );
  return {
    isSending: SendingEnabled !== false,
    isSandboxed: ProductionAccessEnabled !== true,
    perDay: SendQuota?.Max24HourSend ?? 0,
    perSecond: SendQuota?.MaxSendRate ?? 0,
    sentLast24Hours: SendQuota?.SentLast24Hours ?? 0,
  };
}
