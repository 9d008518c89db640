import type { Dashboard } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Configuration } from '../configuration/configuration.js';
import type { Mail } from '../parts/mail.js';
import { mailAlarms, monthlyBudget } from './alarm-mail.js';
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
