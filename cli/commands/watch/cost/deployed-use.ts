import {
  CloudWatchClient,
  type MetricDataQuery,
  paginateGetMetricData,
  paginateListMetrics,
} from '@aws-sdk/client-cloudwatch';
import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetFunctionConfigurationCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { metricsNamespace, serviceDimension } from '../../../../shared/contract/metrics.js';
import { openBatches, papersByActiveDay, subscribersBySlot } from '../../../../shared/contract/tables.js';
import { inParallel } from '../../../../shared/storage/dynamo/reading.js';
import type { ClientSettings } from '../../../house/clients.js';
import type { StackResource } from '../../../house/stack-resources.js';
import { describeAlarms } from '../../../house/status/deployed-machinery.js';
import { reasonOf } from '../../../house/status/gather-facts.js';
import type { OtherUse, PricedUse } from '../../../prices/prices.js';
import type { MonthUse } from './cost-report.js';
import { type Month, metricPeriodSeconds } from './month.js';

interface Deployed {
  readonly client: ClientSettings;
  readonly stack: string;
  readonly resources: readonly StackResource[];
}

/** A sum over the month that counts for a kind of use, so many units for each. */
interface Counted {
  readonly kind: PricedUse | OtherUse;
  readonly namespace: string;
  readonly metric: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unitsEach: number;
  readonly isEstimated: boolean;
}

const callsAtOnce = 8;
/** GetMetricData takes no more at once. */
const queriesPerRequest = 500;

/** What a deployed stack has used since the month began, as CloudWatch counted it; `unknown` says what could not be read. */
export async function deployedUse(
  deployed: Deployed,
  month: Month,
): Promise<{ readonly use: readonly MonthUse[]; readonly unknown: readonly string[] }> {
  const unknown: string[] = [];
  const unlessRefused = async <Found>(
    what: string,
    read: () => Promise<readonly Found[]>,
  ): Promise<readonly Found[]> => {
    try {
      return await read();
    } catch (error) {
      unknown.push(`${what}: ${reasonOf(error)}`);
      return [];
    }
  };
  const counted = [
    ...(await unlessRefused('memory of the functions', () => functionCounts(deployed))),
    ...tableCounts(deployed),
    ...otherCounts(deployed),
  ];
  const use = [
    ...(await unlessRefused('metrics of the month', () => sums(deployed.client, counted, month))),
    ...(await unlessRefused('alarms', () => alarmUse(deployed, month))),
    ...(await unlessRefused('own metrics', () => ownMetricUse(deployed, month))),
    ...(await unlessRefused('sizes of the tables', () => storedUse(deployed, month))),
    {
      kind: 'secrets',
      units: namesOf(deployed, 'AWS::SecretsManager::Secret').length * month.share,
      isEstimated: false,
    } as const,
  ];
  return { use, unknown };
}

const namesOf = ({ resources }: Deployed, wanted: string) =>
  resources.filter(({ type }) => type === wanted).map(({ name }) => name);

async function functionCounts(deployed: Deployed): Promise<readonly Counted[]> {
  const lambda = new LambdaClient(deployed.client);
  const each = await inParallel(namesOf(deployed, 'AWS::Lambda::Function'), callsAtOnce, async (FunctionName) => {
    const { MemorySize = 128 } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const common = { namespace: 'AWS/Lambda', dimensions: { FunctionName }, isEstimated: false };
    return [
      { ...common, kind: 'lambdaRequests', metric: 'Invocations', unitsEach: 1 },
      { ...common, kind: 'lambdaGbSeconds', metric: 'Duration', unitsEach: MemorySize / 1024 / 1000 },
    ] as const;
  });
  return each.flat();
}

const indexes = [papersByActiveDay, subscribersBySlot, openBatches].map(({ index }) => index);

/** A table and its indexes are counted apart; of a table without such an index nothing is counted. */
function tableCounts(deployed: Deployed): readonly Counted[] {
  return namesOf(deployed, 'AWS::DynamoDB::Table').flatMap((TableName) =>
    [undefined, ...indexes].flatMap((index) => {
      const dimensions = { TableName, ...(index !== undefined && { GlobalSecondaryIndexName: index }) };
      const common = { namespace: 'AWS/DynamoDB', dimensions, unitsEach: 1, isEstimated: false };
      return [
        { ...common, kind: 'dynamoReadUnits', metric: 'ConsumedReadCapacityUnits' },
        { ...common, kind: 'dynamoWriteUnits', metric: 'ConsumedWriteCapacityUnits' },
      ] as const;
    }),
  );
}

/** SQS counts messages, not requests: those that went together are counted as one each. */
const queueMetrics = [
  'NumberOfMessagesSent',
  'NumberOfMessagesReceived',
  'NumberOfMessagesDeleted',
  'NumberOfEmptyReceives',
];

function otherCounts(deployed: Deployed): readonly Counted[] {
  const queues = namesOf(deployed, 'AWS::SQS::Queue').flatMap((url) =>
    queueMetrics.map((metric): Counted => {
      const dimensions = { QueueName: url.split('/').at(-1) ?? url };
      return { kind: 'sqsRequests', namespace: 'AWS/SQS', metric, dimensions, unitsEach: 1, isEstimated: true };
    }),
  );
  const logs = namesOf(deployed, 'AWS::Logs::LogGroup').map((LogGroupName): Counted => {
    const common = { kind: 'logGigabytes', namespace: 'AWS/Logs', metric: 'IncomingBytes' } as const;
    return { ...common, dimensions: { LogGroupName }, unitsEach: 1e-9, isEstimated: false };
  });
  const pages = namesOf(deployed, 'AWS::ApiGatewayV2::Api').map((ApiId): Counted => {
    const common = { kind: 'apiRequests', namespace: 'AWS/ApiGateway', metric: 'Count' } as const;
    return { ...common, dimensions: { ApiId }, unitsEach: 1, isEstimated: false };
  });
  return [...queues, ...logs, ...pages];
}

async function sums(client: ClientSettings, counted: readonly Counted[], { from, until }: Month) {
  const cloudWatch = new CloudWatchClient(client);
  const use: MonthUse[] = [];
  for (let start = 0; start < counted.length; start += queriesPerRequest) {
    const some = counted.slice(start, start + queriesPerRequest);
    const span = { StartTime: new Date(from), EndTime: new Date(until) };
    const request = { ...span, MetricDataQueries: some.map(queryFor) };
    for await (const { MetricDataResults = [] } of paginateGetMetricData({ client: cloudWatch }, request)) {
      for (const { Id, Values = [] } of MetricDataResults) {
        const { kind, unitsEach = 0, isEstimated = false } = some[Number(Id?.slice(1))] ?? {};
        const units = Values.reduce((sum, value) => sum + value, 0) * unitsEach;
        if (kind !== undefined) use.push({ kind, units, isEstimated });
      }
    }
  }
  return use;
}

function queryFor({ namespace, metric, dimensions }: Counted, at: number): MetricDataQuery {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const Metric = { Namespace: namespace, MetricName: metric, Dimensions };
  return { Id: `m${at}`, MetricStat: { Metric, Period: metricPeriodSeconds, Stat: 'Sum' } };
}

/** An alarm costs by the metrics that it looks at. */
async function alarmUse(deployed: Deployed, { share }: Month): Promise<readonly MonthUse[]> {
  const alarms = await describeAlarms(deployed.client, namesOf(deployed, 'AWS::CloudWatch::Alarm'));
  const metrics = alarms.map(({ Metrics = [] }) => Metrics.filter(({ MetricStat }) => MetricStat).length || 1);
  return [{ kind: 'alarmMetrics', units: metrics.reduce((sum, each) => sum + each, 0) * share, isEstimated: false }];
}

/** Those that were written in the last three hours are taken for those that are written every hour. */
async function ownMetricUse({ client, stack }: Deployed, { share }: Month): Promise<readonly MonthUse[]> {
  let metrics = 0;
  const pages = paginateListMetrics(
    { client: new CloudWatchClient(client) },
    {
      Namespace: metricsNamespace,
      Dimensions: [{ Name: serviceDimension, Value: stack.toLowerCase() }],
      RecentlyActive: 'PT3H',
    },
  );
  for await (const { Metrics = [] } of pages) metrics += Metrics.length;
  return [{ kind: 'customMetrics', units: metrics * share, isEstimated: true }];
}

async function storedUse(deployed: Deployed, { share }: Month): Promise<readonly MonthUse[]> {
  const dynamo = new DynamoDBClient(deployed.client);
  const sizes = await inParallel(namesOf(deployed, 'AWS::DynamoDB::Table'), callsAtOnce, async (TableName) => {
    const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
    return Table?.TableSizeBytes ?? 0;
  });
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return [{ kind: 'storedGigabytes', units: (bytes / 1e9) * share, isEstimated: true }];
}
