import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** Mails every alarm that exists in the scope so far; AWS asks the address to confirm once. */
export function mailAlarms(scope: Construct, alarmAddress: string): void {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Paperboy', enforceSSL: true });
  topic.addSubscription(new EmailSubscription(alarmAddress));
  // A topic with a policy of its own takes alarms only from who is named in it.
  topic.grantPublish(new ServicePrincipal('cloudwatch.amazonaws.com'));
  for (const construct of scope.node.findAll()) {
    if (construct instanceof Alarm) construct.addAlarmAction(new SnsAction(topic));
  }
}

/** Mails the address when the account's month has cost 80 % of the budget, and when it will probably exceed it. */
export function monthlyBudget(scope: Construct, usd: number, address: string): void {
  const at = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: { notificationType, comparisonOperator: 'GREATER_THAN', threshold, thresholdType: 'PERCENTAGE' },
    subscribers: [{ subscriptionType: 'EMAIL', address }],
  });
  new CfnBudget(scope, 'Budget', {
    budget: { budgetType: 'COST', timeUnit: 'MONTHLY', budgetLimit: { amount: usd, unit: 'USD' } },
    notificationsWithSubscribers: [at('ACTUAL', 80), at('FORECASTED', 100)],
  });
}
