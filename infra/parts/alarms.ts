import { Duration } from 'aws-cdk-lib';
import { Alarm, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { metricNames, metricsNamespace, metricsService } from '../../shared/contract/metrics.js';
import type { Configuration } from '../configuration/configuration.js';
import { ImpactAlarm } from '../constructs/impact-alarm.js';

const metric = (name: keyof typeof metricNames, statistic: 'Minimum' | 'Sum', period: Duration) =>
  new Metric({
    namespace: metricsNamespace,
    metricName: metricNames[name],
    dimensionsMap: { service: metricsService },
    statistic,
    period,
  });

/**
 * Alarms on what no function's errors show: a source that is silent or stale, missing stars, an SES that takes no mail,
 * digests that we cannot make.
 */
export function ownMetricAlarms(scope: Construct, { githubTokenSecret }: Configuration): void {
  new ImpactAlarm(scope, 'SourceIsDown', {
    metric: metric('sourcesDown', 'Minimum', Duration.hours(6)),
    threshold: 1,
    impact: 'Editions miss new papers or their votes',
    cause: 'in every run of six hours a source did not answer, or had listed nothing new for days',
    runbook: 'a-source-is-stale-or-down',
  });
  if (githubTokenSecret !== undefined) {
    new ImpactAlarm(scope, 'StarsAreMissing', {
      metric: metric('starsMissing', 'Minimum', Duration.hours(6)),
      threshold: 1,
      impact: 'Editions rank papers without the stars of their code',
      cause: 'in every run of six hours GitHub gave none',
      runbook: 'stars-are-missing',
    });
  }
  new ImpactAlarm(scope, 'SendingIsStopped', {
    // A stopped job is asked for again about every half hour: one throttle, or one of each sender, is no alarm.
    metric: metric('sendingStopped', 'Sum', Duration.hours(2)),
    threshold: 3,
    impact: 'Subscribers wait for their digest, and get none today if this lasts',
    cause: 'SES ended three jobs early within two hours',
    runbook: 'sending-is-stopped',
  });
  new ImpactAlarm(scope, 'DigestsAreBroken', {
    metric: metric('digestsBroken', 'Sum', Duration.hours(1)),
    threshold: 1,
    impact: 'Some subscribers, and maybe all, get no digest today unless a fault of ours is mended',
    cause: 'send-digest failed for them, or could not compose their mail',
    runbook: 'digests-are-broken',
  });
  new ImpactAlarm(scope, 'SendingIsHalted', {
    metric: metric('sendingHalted', 'Sum', Duration.minutes(15)),
    threshold: 1,
    impact: 'Nobody gets a digest, or a confirmation mail, until the admin lets sending go on',
    cause: 'too many mails of the last 24 hours bounced or were complained of',
    runbook: 'sending-is-halted',
  });
  new ImpactAlarm(scope, 'PlanningIsIncomplete', {
    metric: metric('planningSkipped', 'Sum', Duration.hours(1)),
    threshold: 1,
    impact: 'The subscribers of a slot or a batch get no digest until a row is mended',
    cause: 'plan-digests skipped what it cannot read, or a time zone that it does not know',
    runbook: 'planning-is-incomplete',
  });
}

/** Mails every alarm that exists in the scope so far; AWS asks the address to confirm once. */
export function mailAlarms(scope: Construct, alarmAddress: string): void {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Paperboy' });
  topic.addSubscription(new EmailSubscription(alarmAddress));
  for (const construct of scope.node.findAll()) {
    if (construct instanceof Alarm) construct.addAlarmAction(new SnsAction(topic));
  }
}
