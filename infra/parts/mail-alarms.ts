import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';

/** Mails every alarm that stands in the scope by now; AWS asks the address once whether it wants them. */
export function mailAlarms(scope: Construct, alarmAddress: string): void {
  const topic = new Topic(scope, 'Alarms', { displayName: 'Paperboy' });
  topic.addSubscription(new EmailSubscription(alarmAddress));
  for (const construct of scope.node.findAll()) {
    if (construct instanceof Alarm) construct.addAlarmAction(new SnsAction(topic));
  }
}
