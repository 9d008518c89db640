import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Template } from '../../infra/synthesize.js';
import { mailEventTypes } from '../../shared/contract/events.js';
import { ingestPapers } from '../../shared/contract/messages.js';
import { metricNames } from '../../shared/contract/metrics.js';
import {
  all,
  exampleConfiguration,
  type Found,
  fullConfiguration,
  grants,
  plainName,
  pointsAt,
  synthesized,
} from './synthesized.js';

const template = synthesized();
const full = synthesized(fullConfiguration);
const functions = all(template, 'AWS::Lambda::Function');
const queues = all(template, 'AWS::SQS::Queue');
const alarms = all(full, 'AWS::CloudWatch::Alarm');
const usualAlarms = all(template, 'AWS::CloudWatch::Alarm');
const rules = all(template, 'AWS::Events::Rule');
const mappings = all(template, 'AWS::Lambda::EventSourceMapping');

const byName = (found: readonly Found[], name: string) => found.find(({ id }) => plainName(id) === name)!;
const rulesOf = (name: string) =>
  rules.filter(({ props }) => pointsAt(props.Targets, byName([...functions, ...queues], name).id));
const deadLettersOf = (queue: Found) =>
  (queue.props.RedrivePolicy as { deadLetterTargetArn?: unknown } | undefined)?.deadLetterTargetArn;

describe('tables and keys', () => {
  const tables = all(template, 'AWS::DynamoDB::Table');

  it('keeps the tables’ logical ids: another id would be a new, empty table', () => {
    expect(tables.map(({ id }) => id)).toEqual([
      'PapersFCDB0EBE',
      'Editions6D86CEE6',
      'SubscribersF56A45C7',
      'RunsE45A2291',
      'ConsentsAF6B1C00',
    ]);
  });

  it('retains every table, protected and restorable to any second', () => {
    for (const { DeletionPolicy, props } of tables) {
      expect(DeletionPolicy).toBe('Retain');
      expect(props).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      });
    }
  });

  it('uses a configured table of subscribers in place of its own, which it keeps, with the same grants', () => {
    const configured = synthesized({ ...exampleConfiguration, subscribersTable: 'Paperboy-restored' });
    expect(all(configured, 'AWS::DynamoDB::Table').map(({ id }) => id)).toEqual(tables.map(({ id }) => id));
    const own = tables.find(({ id }) => id.startsWith('Subscribers'))!.id;
    const inUse = (found: Template) =>
      [...grants(found)].map(([name, statements]) => [
        name,
        statements
          .filter(({ resources }) => /Subscribers|Paperboy-restored/.test(JSON.stringify(resources)))
          .map(({ actions, resources }) => [actions, JSON.stringify(resources).includes('/index/')]),
      ]);
    expect(inUse(configured)).toEqual(inUse(template));
    const others = ['AWS::DynamoDB::Table', 'AWS::CloudWatch::Dashboard'];
    const users = Object.values(configured.Resources).filter(({ Type }) => !others.includes(Type));
    expect(users.filter((resource) => pointsAt(resource, own))).toEqual([]);
    expect(configured.Outputs.SubscribersTable?.Value).toBe('Paperboy-restored');
    const origins = (found: Template) =>
      all(found, 'AWS::Lambda::Function').flatMap(({ props }) => {
        const { Variables } = props.Environment as { Variables: Record<string, unknown> };
        return Variables.SUBSCRIBERS_ORIGIN ?? [];
      });
    expect(origins(template)).toEqual(['generated', 'generated', 'generated', 'generated']);
    expect(origins(configured)).toEqual(['configured', 'configured', 'configured', 'configured']);
  });

  it('retains the one secret, generated in the form the functions read', () => {
    const [secret, ...others] = all(template, 'AWS::SecretsManager::Secret');
    expect(others).toEqual([]);
    expect(secret!.DeletionPolicy).toBe('Retain');
    // Its id in the template is how it is imported again after the stack was deleted: docs/upgrade.md.
    expect(secret!.id).toBe('Keys4E30B592');
    expect(secret!.props.GenerateSecretString).toMatchObject({
      SecretStringTemplate: '{"signing":["k1"]}',
      GenerateStringKey: 'root',
      PasswordLength: 64,
    });
  });

  it('tells where the pages, tables and queues are, and what to do next', () => {
    expect(Object.keys(template.Outputs).sort()).toEqual([
      'ConsentsTable',
      'DashboardUrl',
      'DigestQueue',
      'EditionsTable',
      'EventBus',
      'IngestQueue',
      'KeysSecret',
      'MailEventsQueue',
      'Next1VerifySender',
      'Next2AskForProductionAccess',
      'Next3Alarms',
      'NoticeQueue',
      'PagesUrl',
      'PapersTable',
      'RunsTable',
      'SubscribersTable',
    ]);
  });
});

describe('tags', () => {
  const tagsOf = ({ Tags = [] }: Found['props']): object =>
    Array.isArray(Tags) ? Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])) : (Tags as object);

  it.each([
    'AWS::DynamoDB::Table',
    'AWS::Lambda::Function',
    'AWS::Logs::LogGroup',
    'AWS::SQS::Queue',
    'AWS::SecretsManager::Secret',
    'AWS::ApiGatewayV2::Api',
    'AWS::CloudWatch::Alarm',
  ])('name project and app on every %s, so that costs can be told apart', (type) => {
    const found = all(template, type);
    expect(found.length).toBeGreaterThan(0);
    for (const { props } of found) {
      expect(tagsOf(props)).toEqual({ project: 'paperboy', app: 'Paperboy', 'managed-by': 'cdk' });
    }
  });
});

describe('functions', () => {
  it('runs all of them on Node 24 and arm64, with a log of a month', () => {
    expect(functions).toHaveLength(9);
    for (const { props } of functions) {
      expect(props).toMatchObject({ Runtime: 'nodejs24.x', Architectures: ['arm64'] });
      const log = all(template, 'AWS::Logs::LogGroup').find(({ id }) => pointsAt(props.LoggingConfig, id))!;
      expect(log.props.RetentionInDays).toBe(30);
    }
  });

  it('ingests one run at a time: arXiv allows one connection, so all that asks it is one group of a FIFO queue', () => {
    const queue = byName(queues, 'IngestPapersQueue');
    expect(queue.props).toMatchObject({
      FifoQueue: true,
      ContentBasedDeduplication: true,
      // Four days.
      MessageRetentionPeriod: 345_600,
      RedrivePolicy: { maxReceiveCount: 3 },
    });
    const deadLetters = queues.find(({ id }) => pointsAt(deadLettersOf(queue), id))!;
    expect(deadLetters.props.FifoQueue).toBe(true);
    const [mapping] = mappings.filter(({ props }) => pointsAt(props.EventSourceArn, queue.id));
    expect(pointsAt(mapping!.props.FunctionName, byName(functions, 'IngestPapers').id)).toBe(true);
    expect(mapping!.props).toMatchObject({ BatchSize: 1 });
    expect(mapping!.props.ScalingConfig).toBeUndefined();
    const [rule, ...others] = rules.filter(({ props }) => pointsAt(props.Targets, queue.id));
    expect(others).toEqual([]);
    const [target] = rule!.props.Targets as { Input: string; SqsParameters: object }[];
    expect(target).toMatchObject({ SqsParameters: { MessageGroupId: 'arxiv' } });
    expect(ingestPapers.parse(JSON.parse(target!.Input))).toEqual({ kind: 'hourly' });
  });

  it('lets a function that puts messages on its own queue go on: Lambda would stop it after 16 rounds', () => {
    const feeding = mappings
      .map(({ props }) => ({
        worker: functions.find(({ id }) => pointsAt(props.FunctionName, id))!,
        queue: queues.find(({ id }) => pointsAt(props.EventSourceArn, id))!,
      }))
      .filter(({ worker, queue }) =>
        grants(template)
          .get(plainName(worker.id))!
          .some(({ actions, resources }) => actions.includes('sqs:SendMessage') && pointsAt(resources, queue.id)),
      );
    expect(feeding.map(({ worker }) => plainName(worker.id))).toEqual(['IngestPapers', 'SendNotice']);
    for (const { id, props } of functions) {
      const feedsItself = feeding.some(({ worker }) => worker.id === id);
      expect(props.RecursiveLoop).toBe(feedsItself ? 'Allow' : undefined);
    }
  });

  it('starts ingest by the hour, scores after it, and plans by the quarter and after an edition', () => {
    const startsOf = (name: string) => rulesOf(name).map(({ props }) => props.ScheduleExpression ?? props.EventPattern);
    expect(startsOf('IngestPapersQueue')).toEqual(['cron(0 * * * ? *)']);
    const asked = ['papers.ingested', 'edition.remake-asked'];
    expect(startsOf('ScoreTrends')).toEqual([{ source: ['paperboy'], 'detail-type': asked }]);
    expect(startsOf('PlanDigests')).toEqual([
      'cron(0/15 * * * ? *)',
      { source: ['paperboy'], 'detail-type': ['edition.published'] },
    ]);
  });

  it('reviews editions once a day, half a day away from the publish hour', () => {
    const scheduleOf = (publishHour: number) => {
      const other = synthesized({ ...exampleConfiguration, publishHour });
      const review = byName(all(other, 'AWS::Lambda::Function'), 'ReviewEditions');
      return all(other, 'AWS::Events::Rule')
        .filter(({ props }) => pointsAt(props.Targets, review.id))
        .map(({ props }) => props.ScheduleExpression);
    };
    expect(rulesOf('ReviewEditions').map(({ props }) => props.ScheduleExpression)).toEqual(['cron(30 17 * * ? *)']);
    expect(scheduleOf(20)).toEqual(['cron(30 8 * * ? *)']);
  });

  it('keeps the event of every failed asynchronous start', () => {
    const started = functions.filter(({ id }) => rulesOf(plainName(id)).length > 0);
    expect(started).toHaveLength(4);
    for (const { props } of started) {
      expect(queues.filter(({ id }) => pointsAt(props.DeadLetterConfig, id))).toHaveLength(1);
    }
  });

  it('keeps every event that a rule cannot hand on, in an ordinary queue as EventBridge asks', () => {
    expect(rules).toHaveLength(8);
    for (const { props } of rules) {
      for (const { DeadLetterConfig } of props.Targets as { DeadLetterConfig: unknown }[]) {
        const [queue, ...others] = queues.filter(({ id }) => pointsAt(DeadLetterConfig, id));
        expect(others).toEqual([]);
        expect(queue!.props.FifoQueue).toBeUndefined();
      }
    }
  });
});

describe('queues', () => {
  it('gives every worker partial failures, a dead-letter queue and time to finish', () => {
    expect(mappings.map(({ props }) => plainName((props.FunctionName as { Ref: string }).Ref)).sort()).toEqual([
      'IngestPapers',
      'RecordMailEvents',
      'SendDigest',
      'SendNotice',
    ]);
    for (const { props } of mappings) {
      expect(props.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
      const queue = queues.find(({ id }) => pointsAt(props.EventSourceArn, id))!;
      const worker = functions.find(({ id }) => pointsAt(props.FunctionName, id))!;
      const timeout = Number(worker.props.Timeout);
      expect(queue.props.VisibilityTimeout).toBe(queue.props.FifoQueue ? timeout + 60 : 6 * timeout);
      expect(queues.filter(({ id }) => pointsAt(deadLettersOf(queue), id))).toHaveLength(1);
    }
  });

  it('has as many senders as send-digest is told to share the send rate with', () => {
    const sender = byName(functions, 'SendDigest');
    const mapping = mappings.find(({ props }) => pointsAt(props.FunctionName, sender.id))!;
    const { SENDERS } = (sender.props.Environment as { Variables: Record<string, string> }).Variables;
    expect(mapping.props).toMatchObject({ BatchSize: 4, ScalingConfig: { MaximumConcurrency: Number(SENDERS) } });
  });

  it('records mail events many at a time, by as many workers as the send rate needs', () => {
    const workersAt = (sendRate: number) => {
      const made = sendRate === 14 ? template : synthesized({ ...exampleConfiguration, sendRate });
      const worker = byName(all(made, 'AWS::Lambda::Function'), 'RecordMailEvents');
      const [mapping] = all(made, 'AWS::Lambda::EventSourceMapping').filter(({ props }) =>
        pointsAt(props.FunctionName, worker.id),
      );
      expect(mapping!.props).toMatchObject({ BatchSize: 100, MaximumBatchingWindowInSeconds: 5 });
      return (mapping!.props.ScalingConfig as { MaximumConcurrency: number }).MaximumConcurrency;
    };
    expect([14, 400, 500, 10_000].map(workersAt)).toEqual([2, 2, 3, 50]);
  });

  it('refuses whoever comes without TLS', () => {
    const policies = all(template, 'AWS::SQS::QueuePolicy').map(({ props }) => JSON.stringify(props));
    for (const { id } of queues) {
      const policy = policies.find((text) => text.includes(`"Queues":[{"Ref":"${id}"}]`));
      expect(policy).toContain('"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny"');
    }
  });

  it('lets SES hold back mail only to those who complained: who bounced can be asked to confirm again', () => {
    const [set] = all(template, 'AWS::SES::ConfigurationSet');
    expect(set!.props.SuppressionOptions).toEqual({ SuppressedReasons: ['COMPLAINT'] });
  });

  it('brings what SES tells of our mails to the queue of mail events', () => {
    const [rule] = rules.filter(({ props }) => JSON.stringify(props.EventPattern ?? '').includes('aws.ses'));
    const set = all(template, 'AWS::SES::ConfigurationSet')[0]!.id;
    expect(rule!.props.EventPattern).toEqual({
      source: ['aws.ses'],
      detail: { eventType: [...mailEventTypes], mail: { tags: { 'ses:configuration-set': [{ Ref: set }] } } },
    });
    expect(rule!.props.EventBusName).toBeUndefined();
    expect(pointsAt(rule!.props.Targets, byName(queues, 'RecordMailEventsQueue').id)).toBe(true);
    const [destination] = all(template, 'AWS::SES::ConfigurationSetEventDestination');
    expect(destination!.props.EventDestination).toMatchObject({
      Enabled: true,
      MatchingEventTypes: ['send', 'bounce', 'complaint', 'reject'],
    });
  });
});

describe('alarms', () => {
  const watches = (id: string) => alarms.filter(({ props }) => pointsAt(props.Dimensions, id));
  const queueNameOf = (id: string) =>
    alarms.filter(({ props }) => JSON.stringify(props.Dimensions ?? null).includes(`["${id}","QueueName"]`));

  it('watches every function and every queue', () => {
    const workers = mappings.map(({ props }) => (props.FunctionName as { Ref: string }).Ref);
    for (const { id } of functions) {
      const expected = workers.includes(id) ? ['Errors', metricNames.failedMessages] : ['Errors'];
      expect(watches(id).map(({ props }) => props.MetricName)).toEqual(expected);
    }
    for (const queue of queues) {
      const expected = deadLettersOf(queue) ? 'ApproximateAgeOfOldestMessage' : 'ApproximateNumberOfMessagesVisible';
      expect(queueNameOf(queue.id).map(({ props }) => props.MetricName)).toEqual([expected]);
    }
  });

  it('watches the pages’ own error answers, which are no errors of the function', () => {
    const [api] = all(template, 'AWS::ApiGatewayV2::Api');
    expect(watches(api!.id).map(({ props }) => props.MetricName)).toEqual(['5xx']);
  });

  it('watches what no error shows: a silent source, and an SES that takes no mail; and GitHub, where it is asked', () => {
    const namesOf = (found: readonly Found[]) =>
      found.filter(({ props }) => props.Namespace === 'Paperboy').map(({ props }) => String(props.MetricName));
    const { failedMessages, digestsSent, digestsQuietNoted, digestsFailed, digestsExpired, ...watched } = metricNames;
    const { digestsUncertain, digestsOpen, ...own } = watched;
    const ofEachQueue = mappings.map(() => failedMessages);
    expect(namesOf(alarms).sort()).toEqual([...Object.values(own), ...ofEachQueue].sort());
    expect(namesOf(alarms).filter((name) => !namesOf(usualAlarms).includes(name))).toEqual([metricNames.starsMissing]);
  });

  it('watches the messages that a worker gives back, which are no errors of the function', () => {
    const found = alarms.filter(({ props }) => props.MetricName === metricNames.failedMessages);
    expect(found).toHaveLength(mappings.length);
    for (const { props } of mappings) {
      const { Ref } = props.FunctionName as { Ref: string };
      const [alarm, ...others] = found.filter(({ props }) => pointsAt(props.Dimensions, Ref));
      expect(others).toEqual([]);
      expect(alarm!.props).toMatchObject({
        Namespace: 'Paperboy',
        Dimensions: [
          { Name: 'function', Value: { Ref } },
          { Name: 'service', Value: 'paperboy' },
        ],
        Statistic: 'Sum',
        Threshold: 1,
        TreatMissingData: 'notBreaching',
      });
    }
  });

  it('alarms on one digest that we cannot make, and on an SES that stops more than two jobs', () => {
    const alarmOf = (name: string) => alarms.find(({ props }) => props.MetricName === name)!.props;
    expect(alarmOf(metricNames.digestsBroken)).toMatchObject({ Statistic: 'Sum', Threshold: 1, Period: 3600 });
    expect(alarmOf(metricNames.sendingStopped)).toMatchObject({ Statistic: 'Sum', Threshold: 3, Period: 7200 });
  });

  it('begins each with who is hurt and ends with a heading of the runbook of its own', () => {
    const descriptions = alarms.map(({ props }) => String(props.AlarmDescription));
    for (const text of descriptions)
      expect(text).toMatch(/^[A-Z][^:]{15,}: [^:]+\. What to do: docs\/runbook\.md#[a-z-]+$/);
    expect(new Set(descriptions.map((text) => text.split('#')[1])).size).toBe(alarms.length);
    const runbook = readFileSync(join(__dirname, '../../docs/runbook.md'), 'utf8');
    const headings = runbook.split('\n').filter((line) => line.startsWith('## '));
    expect(headings).toEqual(expect.arrayContaining(descriptions.map((text) => `## ${text.split('#')[1]}`)));
  });

  it('mails every alarm when the configuration says where to, and none otherwise', () => {
    expect(usualAlarms.filter(({ props }) => props.AlarmActions !== undefined)).toEqual([]);
    const [topic] = all(full, 'AWS::SNS::Topic');
    const [subscription] = all(full, 'AWS::SNS::Subscription');
    expect(subscription!.props).toMatchObject({
      Protocol: 'email',
      Endpoint: 'night@example.org',
      TopicArn: { Ref: topic!.id },
    });
    for (const { props } of alarms) expect(props.AlarmActions).toEqual([{ Ref: topic!.id }]);
  });
});
