import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';

/** Over how long an alarm looks. */
export const alarmPeriod = Duration.minutes(5);

/** What an alarm watches, and what it tells who reads it at night. */
export interface ImpactAlarmProps {
  readonly metric: IMetric;
  /** Alarms at this value and above. */
  readonly threshold: number;
  /** Who is hurt, and how: the alarm's description begins with it. */
  readonly impact: string;
  /** What was seen. */
  readonly cause: string;
  /** How many periods in a row must breach: one, unless said. */
  readonly periods?: number;
  /** For what tells at a steady pace: silence breaches too. */
  readonly silenceBreaches?: boolean;
  /** Heading in docs/runbook.md. */
  readonly runbook: string;
}

/** An alarm that says in words who is hurt, what was seen and where to read on. */
export class ImpactAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: ImpactAlarmProps) {
    const { metric, threshold, impact, cause, runbook, periods = 1, silenceBreaches = false } = props;
    super(scope, id, {
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: silenceBreaches ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
      alarmDescription: `${impact}: ${cause}. What to do: docs/runbook.md#${runbook}`,
    });
  }
}
