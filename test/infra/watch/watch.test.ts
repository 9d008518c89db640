import { describe, expect, it } from '@jest/globals';
import { statistics } from '../../../infra/constructs/own-metric.js';
import { metricNames } from '../../../shared/contract/metrics.js';
import {
  all,
  exampleConfiguration,
  type Found,
  fullConfiguration,
  plainName,
  pointsAt,
  synthesized,
} from '../synthesized.js';

const template = synthesized(fullConfiguration);
const alarms = all(template, 'AWS::CloudWatch::Alarm');
const functions = all(template, 'AWS::Lambda::Function');
const alarmOn = (name: string) => alarms.find(({ props }) => props.MetricName === name)!.props;
const byRunbook = (heading: string) =>
  alarms.find(({ props }) => String(props.AlarmDescription).endsWith(`#${heading}`))!.props;

interface AlarmMetric {
  readonly Expression?: string;
  readonly MetricStat?: { readonly Metric: { readonly MetricName: string; readonly Dimensions: unknown } };
}
const metricsOf = (alarm: Found['props']) =>
  (alarm.Metrics as AlarmMetric[]).flatMap(({ MetricStat }) => MetricStat?.Metric ?? []);
const expressionOf = (alarm: Found['props']) =>
  (alarm.Metrics as AlarmMetric[]).flatMap(({ Expression }) => Expression ?? []).join();

describe('heartbeats', () => {
  it('breach when they fall silent, and nothing else does', () => {
    const silent = alarms.filter(({ props }) => props.TreatMissingData === 'breaching');
    expect(silent.map(({ props }) => props.MetricName).sort()).toEqual(['EditionAgeHours', 'HoursSinceIngest']);
  });

  it('tell of an ingest after two silent hours, and of a tick after one', () => {
    expect(alarmOn('HoursSinceIngest')).toMatchObject({
      Period: 3600,
      EvaluationPeriods: 2,
      Threshold: 2,
      Statistic: 'Maximum',
    });
    expect(alarmOn('EditionAgeHours')).toMatchObject({
      Period: 3600,
      EvaluationPeriods: 1,
      Threshold: 26,
      Statistic: 'Maximum',
    });
  });
});

describe('the sender’s reputation', () => {
  it('alarms before SES reviews the account, by what the configuration set counts', () => {
    const set = all(template, 'AWS::SES::ConfigurationSet')[0]!;
    expect(set.props).toMatchObject({ ReputationOptions: { ReputationMetricsEnabled: true } });
    for (const [name, threshold] of [
      ['Reputation.BounceRate', 0.04],
      ['Reputation.ComplaintRate', 0.0008],
    ] as const) {
      expect(alarmOn(name)).toMatchObject({
        Threshold: threshold,
        Dimensions: [{ Name: 'ses:configuration-set', Value: { Ref: set.id } }],
      });
    }
  });
});

describe('alarms over all functions and rules', () => {
  it('watch the throttles of every function', () => {
    const alarm = byRunbook('functions-are-throttled');
    for (const { id } of functions) expect(pointsAt(metricsOf(alarm), id)).toBe(true);
    expect(metricsOf(alarm)).toHaveLength(functions.length);
    expect(alarm).toMatchObject({ EvaluationPeriods: 3, Threshold: 1 });
  });

  it('watch how near each function comes to its time limit, save the one that stops by itself', () => {
    const alarm = byRunbook('a-function-is-near-its-time-limit');
    const metrics = metricsOf(alarm);
    const slow = functions.filter(({ id }) => plainName(id) !== 'SendDigest');
    expect(metrics).toHaveLength(slow.length);
    for (const { id, props } of slow) {
      const at = metrics.findIndex(({ Dimensions }) => pointsAt(Dimensions, id));
      expect(expressionOf(alarm)).toContain(`m${at} / ${Number(props.Timeout) * 1000}`);
    }
    expect(alarm.Threshold).toBe(90);
  });

  it('watch every rule: by its name on the default bus, by both names on another', () => {
    const metrics = metricsOf(byRunbook('a-rule-fails'));
    const rules = all(template, 'AWS::Events::Rule');
    expect(metrics).toHaveLength(rules.length);
    for (const { id, props } of rules) {
      const { Dimensions } = metrics.find((metric) => pointsAt(metric.Dimensions, id))!;
      const names = (Dimensions as { Name: string }[]).map(({ Name }) => Name).sort();
      expect(names).toEqual(props.EventBusName === undefined ? ['RuleName'] : ['EventBusName', 'RuleName']);
    }
  });
});

describe('the dashboard', () => {
  const [dashboard] = all(template, 'AWS::CloudWatch::Dashboard');
  const body = JSON.stringify(dashboard!.props.DashboardBody);

  it('is one, and draws every metric of Paperboy’s own', () => {
    expect(all(template, 'AWS::CloudWatch::Dashboard')).toHaveLength(1);
    for (const name of Object.values(metricNames)) expect(body).toContain(`\\"${name}\\"`);
    expect(Object.keys(statistics).sort()).toEqual(Object.keys(metricNames).sort());
  });

  it('draws the age of every queue, the dead letters, the errors and the reputation', () => {
    for (const { id, props } of all(template, 'AWS::SQS::Queue')) {
      expect(body).toContain(`["${id}","QueueName"]`);
      expect(props).toBeDefined();
    }
    for (const { id } of functions) expect(body).toContain(`{"Ref":"${id}"}`);
    expect(body).toContain('Reputation.BounceRate');
    expect(body).toContain('Reputation.ComplaintRate');
  });
});

describe('the monthly budget', () => {
  it('tells at 80 % and before it is exceeded, where it is configured', () => {
    const [budget] = all(template, 'AWS::Budgets::Budget');
    expect(budget!.props).toMatchObject({
      Budget: { BudgetType: 'COST', TimeUnit: 'MONTHLY', BudgetLimit: { Amount: 20, Unit: 'USD' } },
      NotificationsWithSubscribers: [
        {
          Notification: { NotificationType: 'ACTUAL', Threshold: 80 },
          Subscribers: [{ Address: 'night@example.org' }],
        },
        { Notification: { NotificationType: 'FORECASTED', Threshold: 100 } },
      ],
    });
    expect(all(synthesized(exampleConfiguration), 'AWS::Budgets::Budget')).toEqual([]);
  });
});

describe('the topic of the alarms', () => {
  it('takes them from CloudWatch, and nothing without TLS', () => {
    const [policy] = all(template, 'AWS::SNS::TopicPolicy');
    const { Statement } = policy!.props.PolicyDocument as { Statement: object[] };
    expect(Statement).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
      }),
    );
    expect(Statement).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});
