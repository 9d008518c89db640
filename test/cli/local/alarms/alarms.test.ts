import { describe, expect, it } from '@jest/globals';
import { noon, openTestHouse, passTime, publish, sendJobs, templateWith } from '../house-fixture.js';

const minuteMs = 60_000;

const alarm = (properties: object) => ({
  Alarm: {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: 'Somebody is hurt',
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      EvaluationPeriods: 1,
      Period: 300,
      Threshold: 1,
      TreatMissingData: 'notBreaching',
      ...properties,
    },
  },
});
const by = (Name: string, Value: unknown) => [{ Name, Value }];
const errorsOf = (id: string) => ({
  Namespace: 'AWS/Lambda',
  MetricName: 'Errors',
  Dimensions: by('FunctionName', { Ref: id }),
  Statistic: 'Sum',
});
const queued = (MetricName: string) => ({
  Namespace: 'AWS/SQS',
  MetricName,
  Dimensions: by('QueueName', { 'Fn::GetAtt': ['Jobs', 'QueueName'] }),
  Statistic: 'Maximum',
});
const silence = { Namespace: 'House', MetricName: 'Silence', Dimensions: by('service', 'test'), Statistic: 'Maximum' };

const openWith = (properties: object, more: Parameters<typeof templateWith>[0] = {}) =>
  openTestHouse({ template: templateWith({ ...alarm(properties), ...more }) });
const raisedAt = (house: { alarms(): readonly { id: string; since: number }[] }) =>
  house.alarms().map(({ id, since }) => [id, since - noon]);

describe('the alarms of a template', () => {
  it('rise at the next minute after a function failed, and fall when its period is over', async () => {
    const opened = await openWith(errorsOf('RecorderFn'));
    await publish(opened.house, { kind: 'note', fails: true });
    await passTime(opened, noon + minuteMs - 1);
    expect(raisedAt(opened.house)).toEqual([]);
    await passTime(opened, noon + minuteMs);
    expect(raisedAt(opened.house)).toEqual([['Alarm', minuteMs]]);
    await passTime(opened, noon + 7 * minuteMs);
    expect(raisedAt(opened.house)).toHaveLength(1);
    await passTime(opened, noon + 9 * minuteMs);
    expect(raisedAt(opened.house)).toEqual([]);
  });

  it('read what functions write in the embedded metric format, and may take silence as a breach', async () => {
    const opened = await openWith({ ...silence, Threshold: 5, TreatMissingData: 'breaching' });
    await sendJobs(opened.house, { act: 'measure', value: 1 });
    await passTime(opened, noon + 5 * minuteMs);
    expect(raisedAt(opened.house)).toEqual([]);
    await passTime(opened, noon + 20 * minuteMs);
    expect(raisedAt(opened.house)).toEqual([['Alarm', 6 * minuteMs]]);
    await sendJobs(opened.house, { act: 'measure', value: 5 });
    await passTime(opened, noon + 22 * minuteMs);
    expect(raisedAt(opened.house)).toHaveLength(1);
  });

  it.each([
    ['ApproximateNumberOfMessagesVisible', 1, minuteMs],
    ['ApproximateAgeOfOldestMessage', 600, 11 * minuteMs],
  ])('read %s of a queue every minute', async (metric, Threshold, after) => {
    const opened = await openWith({ ...queued(metric), Threshold }, { WorkerJobs: { Properties: { Enabled: false } } });
    await sendJobs(opened.house, { act: 'note', note: 'waits' });
    await passTime(opened, noon + 20 * minuteMs);
    expect(raisedAt(opened.house)).toEqual([['Alarm', after]]);
  });

  it('read metric math', async () => {
    const part = (Id: string, of: string) => {
      const { Statistic, ...Metric } = errorsOf(of);
      return { Id, MetricStat: { Metric, Period: 300, Stat: Statistic }, ReturnData: false };
    };
    const sum = { Id: 'e', Expression: 'SUM(METRICS())', ReturnData: true };
    const opened = await openWith({ Metrics: [sum, part('m0', 'RecorderFn'), part('m1', 'PagesFn')], Threshold: 2 });
    await fetch(`${opened.house.pagesUrl}/broken`);
    await publish(opened.house, { kind: 'note', fails: true });
    await passTime(opened, noon + minuteMs);
    expect(raisedAt(opened.house)).toEqual([['Alarm', minuteMs]]);
  });

  it('read the access log of the pages by its metric filters', async () => {
    const Format = '{"service":"s","route":"$context.routeKey","status":"$context.status"}';
    const refused = { Namespace: 'House', MetricName: 'Refused', Dimensions: by('service', 's'), Statistic: 'Sum' };
    const opened = await openWith(refused, {
      AccessLog: { Type: 'AWS::Logs::LogGroup' },
      HttpStage: {
        Properties: {
          AccessLogSettings: { DestinationArn: { 'Fn::GetAtt': ['AccessLog', 'Arn'] }, Format },
          DefaultRouteSettings: { ThrottlingBurstLimit: 1, ThrottlingRateLimit: 0.001 },
        },
      },
      Filter: {
        Type: 'AWS::Logs::MetricFilter',
        Properties: {
          FilterPattern: '{ ($.route = "*proxy+}") && ($.status = "4*") }',
          LogGroupName: { Ref: 'AccessLog' },
          MetricTransformations: [
            {
              MetricNamespace: 'House',
              MetricName: 'Refused',
              MetricValue: '1',
              Dimensions: [{ Key: 'service', Value: '$.service' }],
            },
          ],
        },
      },
    });
    await fetch(`${opened.house.pagesUrl}/one`);
    await passTime(opened, noon + minuteMs);
    expect(raisedAt(opened.house)).toEqual([]);
    await fetch(`${opened.house.pagesUrl}/two`);
    await passTime(opened, noon + 2 * minuteMs);
    expect(raisedAt(opened.house)).toEqual([['Alarm', 2 * minuteMs]]);
  });

  it('are shown on the inbox page', async () => {
    const opened = await openWith(errorsOf('PagesFn'));
    await fetch(`${opened.house.pagesUrl}/broken`);
    const shown = async () => (await fetch(opened.house.inboxUrl)).text();
    expect(await shown()).not.toContain('In alarm');
    await passTime(opened, noon + minuteMs);
    expect(await shown()).toMatch(/In alarm.*Somebody is hurt <small>since 2026-03-04 12:01 UTC/);
  });

  it.each([
    ['what is not measured', { ...errorsOf('PagesFn'), MetricName: 'ConcurrentExecutions' }, 'AWS/Lambda ConcurrentEx'],
    [
      'a function that is not there',
      { ...errorsOf('x'), Dimensions: by('FunctionName', 'Gone') },
      'Errors of Gone, which',
    ],
    [
      'a rule under the name by which CloudFormation refers to it',
      {
        Namespace: 'AWS/Events',
        MetricName: 'FailedInvocations',
        Dimensions: by('RuleName', { Ref: 'NotesRule' }),
        Statistic: 'Sum',
      },
      'FailedInvocations of HouseBus|NotesRule, which the template does not have',
    ],
  ])('are refused when they watch %s', async (_what, properties, message) => {
    await expect(openWith(properties)).rejects.toThrow(`alarm Alarm watches ${message}`);
  });
});
