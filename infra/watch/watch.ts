import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm, type Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.js';
import type { Mail } from '../parts/mail.js';
import { heartbeatAlarms, ownMetricAlarms, reputationAlarms } from './alarms.js';
import { dashboard } from './dashboard.js';
import { functionAlarms } from './function-alarms.js';

/** Watches everything in the scope so far: alarms, who hears them, and one page to look at. */
export function watch(scope: Construct, mail: Mail, configuration: Configuration): Dashboard {
  heartbeatAlarms(scope);
  ownMetricAlarms(scope, configuration);
  reputationAlarms(scope, mail);
  functionAlarms(scope);
  const { alarmAddress, monthlyBudgetUsd } = configuration;
  if (alarmAddress !== undefined) {
    mailAlarms(scope, alarmAddress);
    if (monthlyBudgetUsd !== undefined) monthlyBudget(scope, monthlyBudgetUsd, alarmAddress);
  }
  return dashboard(scope, mail);
}

/** Mails every alarm that exists in the scope so far; AWS asks the address to confirm once. */
function mailAlarms(scope: Construct, alarmAddress: string): void {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Paperboy', enforceSSL: true });
  topic.addSubscription(new EmailSubscription(alarmAddress));
  // A topic with a policy of its own takes alarms only from who is named in it.
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
  for (const construct of scope.node.findAll()) {
    if (construct instanceof Alarm) construct.addAlarmAction(new SnsAction(topic));
  }
}

/** Mails the address when the account's month has cost 80 % of the budget, and when it will probably exceed it. */
function monthlyBudget(scope: Construct, usd: number, address: string): void {
  const at = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
    subscribers: [{ subscriptionType: 'EMAIL', address }],
  });
  new CfnBudget(scope, 'Budget', {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: usd, unit: 'USD' } },
    notificationsWithSubscribers: [at('ACTUAL', 80), at('FORECASTED', 100)],
  });
}
