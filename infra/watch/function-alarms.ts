import { Fn } from 'aws-cdk-lib';
import { type IMetric, MathExpression, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { type CfnRule, Rule } from 'aws-cdk-lib/aws-events';
import type { Construct, IConstruct } from 'constructs';
import { alarmPeriod, ImpactAlarm } from '../constructs/impact-alarm.js';
import { PaperboyFunction } from '../constructs/paperboy-function.js';

/** CloudWatch alarms on an expression over at most so many metrics. */
const mostMetrics = 10;

/** Share of its time limit at which a function is too slow. */
const nearLimit = 0.9;

/** Stops by itself shortly before its limit, and goes on in the next job. */
const stopsInTime = 'send-digest';

type Kind<Found> = abstract new (...args: never[]) => Found;

const allOf = <Found extends IConstruct>(scope: Construct, kind: Kind<Found>): readonly Found[] =>
  scope.node.findAll().filter((one): one is Found => one instanceof kind);

/** Alarms over all functions and rules of the scope so far: throttled, near the time limit, not started. */
export function functionAlarms(scope: Construct): void {
  const functions = allOf(scope, PaperboyFunction);
  new ImpactAlarm(scope, 'FunctionsAreThrottled', {
    metric: overAll(functions.map((one) => one.function.metricThrottles({ period: alarmPeriod }))),
    threshold: 1,
    // Queues and events try again by themselves: only what goes on hurts.
    periods: 3,
    impact: 'Pages fail and digests go out late',
    cause: 'for a quarter of an hour Lambda has refused to run functions, since the account has no more executions',
    runbook: 'functions-are-throttled',
  });
  const limited = functions.filter(({ lambda }) => lambda !== stopsInTime);
  new ImpactAlarm(scope, 'FunctionIsSlow', {
    metric: overAll(
      limited.map((one) => one.function.metricDuration({ period: alarmPeriod, statistic: 'Maximum' })),
      (ids) => `100 * MAX([${ids.map((id, at) => `${id} / ${limited[at]?.timeout.toMilliseconds()}`).join(', ')}])`,
    ),
    threshold: 100 * nearLimit,
    impact: 'Papers, digests or pages will soon fail, whichever the slow function makes',
    cause: 'a run took nine tenths of its time limit',
    runbook: 'a-function-is-near-its-time-limit',
  });
  new ImpactAlarm(scope, 'RuleFails', {
    metric: overAll(allOf(scope, Rule).map(failedInvocations)),
    threshold: 1,
    impact: 'Papers, editions or digests come late, or bounces are not heeded',
    cause: 'EventBridge could not start a function or fill a queue',
    runbook: 'a-rule-fails',
  });
}

/** A rule of the default bus is counted by its name alone, one of another bus by both names. */
function failedInvocations(rule: Rule): Metric {
  const bus = (rule.node.defaultChild as CfnRule).eventBusName;
  return new Metric({
    namespace: 'AWS/Events',
    metricName: 'FailedInvocations',
    // CloudFormation refers to a rule of another bus as `bus|rule`.
    dimensionsMap: bus === undefined ? { RuleName: rule.ruleName } : { EventBusName: bus, RuleName: ownName(rule) },
    statistic: 'Sum',
    period: alarmPeriod,
  });
}

const ownName = (rule: Rule) => Fn.select(1, Fn.split('|', rule.ruleName));

function overAll(
  metrics: readonly IMetric[],
  expression = (_ids: readonly string[]) => 'SUM(METRICS())',
): MathExpression {
  if (metrics.length > mostMetrics) throw new Error(`an alarm takes ${mostMetrics} metrics, not ${metrics.length}`);
  const usingMetrics = Object.fromEntries(metrics.map((metric, at) => [`m${at}`, metric]));
  return new MathExpression({ expression: expression(Object.keys(usingMetrics)), usingMetrics, period: alarmPeriod });
}
