import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.js';
import { ImpactAlarm } from '../constructs/impact-alarm.js';
import { ownMetric } from '../constructs/own-metric.js';
import type { Mail } from '../parts/mail.js';

/** Alarms on what tells at a steady pace, or should: an ingest and a tick that fell silent. */
export function heartbeatAlarms(scope: Construct): void {
  new ImpactAlarm(scope, 'IngestIsSilent', {
    metric: ownMetric(scope, 'hoursSinceIngest', Duration.hours(1)),
    threshold: 2,
    periods: 2,
    silenceBreaches: true,
    impact: 'No new papers arrive, and if this goes on there is no edition today',
    cause: 'for two hours ingest-papers has not run, or no source has answered it',
    runbook: 'ingest-is-silent',
  });
  new ImpactAlarm(scope, 'EditionIsLate', {
    metric: ownMetric(scope, 'editionAgeHours', Duration.hours(1)),
    threshold: 26,
    silenceBreaches: true,
    impact: 'Nobody gets a digest of today',
    cause: "for an hour plan-digests has not run, or today's edition is two hours late",
    runbook: 'the-edition-is-late',
  });
}

/**
 * Alarms on what no function's errors show: a source that is silent or stale, missing stars, an SES that takes no mail,
 * digests that we cannot make.
 */
export function ownMetricAlarms(scope: Construct, { githubTokenSecret }: Configuration): void {
  new ImpactAlarm(scope, 'SourceIsDown', {
    metric: ownMetric(scope, 'sourcesDown', Duration.hours(6)),
    threshold: 1,
    impact: 'Editions miss new papers or their votes',
    cause: 'in every run of six hours a source did not answer, or had listed nothing new for days',
    runbook: 'a-source-is-stale-or-down',
  });
  if (githubTokenSecret !== undefined) {
    new ImpactAlarm(scope, 'StarsAreMissing', {
      metric: ownMetric(scope, 'starsMissing', Duration.hours(6)),
      threshold: 1,
      impact: 'Editions rank papers without the stars of their code',
      cause: 'in every run of six hours GitHub gave none',
      runbook: 'stars-are-missing',
    });
  }
  new ImpactAlarm(scope, 'SendingIsStopped', {
    // A stopped job is asked for again about every half hour: one throttle, or one of each sender, is no alarm.
    metric: ownMetric(scope, 'sendingStopped', Duration.hours(2)),
    threshold: 3,
    impact: 'Subscribers wait for their digest, and get none today if this lasts',
    cause: 'SES ended three jobs early within two hours',
    runbook: 'sending-is-stopped',
  });
  new ImpactAlarm(scope, 'DigestsAreBroken', {
    metric: ownMetric(scope, 'digestsBroken', Duration.hours(1)),
    threshold: 1,
    impact: 'Some subscribers, and maybe all, get no digest today unless a fault of ours is mended',
    cause: 'send-digest failed for them, or could not compose their mail',
    runbook: 'digests-are-broken',
  });
  new ImpactAlarm(scope, 'FiltersAreUnreadable', {
    metric: ownMetric(scope, 'filtersUnreadable', Duration.hours(1)),
    threshold: 1,
    impact: 'Some subscribers get no papers of a filter that they wrote',
    cause: 'a stored filter cannot be read any more',
    runbook: 'filters-are-unreadable',
  });
  new ImpactAlarm(scope, 'SendingIsHalted', {
    metric: ownMetric(scope, 'sendingHalted', Duration.minutes(15)),
    threshold: 1,
    impact: 'Nobody gets a digest, or a confirmation mail, until the admin lets sending go on',
    cause: 'too many mails of the last 24 hours bounced or were complained of',
    runbook: 'sending-is-halted',
  });
  new ImpactAlarm(scope, 'SendingIsPaused', {
    metric: ownMetric(scope, 'sendingPaused', Duration.hours(1)),
    threshold: 1,
    impact: 'Nobody gets a digest, or a notice, until the admin lets sending go on',
    cause: 'the admin paused sending, and mail is waiting',
    runbook: 'sending-is-paused',
  });
  new ImpactAlarm(scope, 'PlanningIsIncomplete', {
    metric: ownMetric(scope, 'planningSkipped', Duration.hours(1)),
    threshold: 1,
    impact: 'The subscribers of a slot or a batch get no digest until a row is mended',
    cause: 'plan-digests skipped what it cannot read, or a time zone that it does not know',
    runbook: 'planning-is-incomplete',
  });
}

/** The share of mails that bounced or were complained about, as SES judges the sender by it. */
export function reputation(mail: Mail): Readonly<Record<'bounces' | 'complaints', Metric>> {
  const rate = (metricName: string) =>
    new Metric({
      namespace: 'AWS/SES',
      metricName,
      dimensionsMap: { 'ses:configuration-set': mail.configurationSetName },
      statistic: 'Maximum',
      period: Duration.hours(1),
    });
  return { bounces: rate('Reputation.BounceRate'), complaints: rate('Reputation.ComplaintRate') };
}

/** SES reviews an account at 5 % bounces or 0.1 % complaints, and pauses it at 10 % or 0.5 %: these come before. */
export function reputationAlarms(scope: Construct, mail: Mail): void {
  const { bounces, complaints } = reputation(mail);
  new ImpactAlarm(scope, 'ManyBounces', {
    metric: bounces,
    threshold: 0.04,
    impact: 'SES may soon review or pause the account, and then nobody gets a digest',
    cause: 'four of a hundred mails bounced',
    runbook: 'many-mails-bounce',
  });
  new ImpactAlarm(scope, 'ManyComplaints', {
    metric: complaints,
    threshold: 0.0008,
    impact: 'SES may soon review or pause the account, and mailbox providers begin to refuse the sender',
    cause: 'eight of ten thousand mails were reported as spam',
    runbook: 'many-complaints',
  });
}
