import type { Template } from '../../infra/synthesize.js';
import { hourMs } from '../../shared/domain/calendar-date.js';

/** One value that a function told CloudWatch. */
export interface DataPoint {
  readonly name: string;
  readonly at: number;
  readonly value: number;
}

/** Reads the metrics in a function's log lines (embedded metric format); other lines are passed over. */
export function dataPointsIn(lines: readonly string[]): readonly DataPoint[] {
  return lines.flatMap((line) => {
    const start = line.indexOf('{"_aws"');
    if (start < 0) return [];
    const entry = JSON.parse(line.slice(start)) as Record<string, unknown> & {
      _aws: { Timestamp: number; CloudWatchMetrics: { Metrics: { Name: string }[] }[] };
    };
    const names = entry._aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name));
    return names.flatMap((name) =>
      [entry[name]].flat().map((value) => ({ name, at: entry._aws.Timestamp, value: Number(value) })),
    );
  });
}

interface AlarmProperties {
  readonly AlarmDescription: string;
  readonly MetricName?: string;
  readonly Namespace?: string;
  readonly Statistic?: 'Sum' | 'Minimum' | 'Maximum';
  readonly Period?: number;
  readonly EvaluationPeriods: number;
  readonly Threshold: number;
  readonly TreatMissingData: string;
}

const statistics = {
  Sum: (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0),
  Minimum: (values: readonly number[]) => Math.min(...values),
  Maximum: (values: readonly number[]) => Math.max(...values),
};

function breaches(alarm: AlarmProperties, points: readonly DataPoint[], begin: number, end: number): boolean {
  const values = points
    .filter(({ name, at }) => name === alarm.MetricName && at >= begin && at < end)
    .map(({ value }) => value);
  if (values.length === 0) return alarm.TreatMissingData === 'breaching';
  return statistics[alarm.Statistic ?? 'Sum'](values) >= alarm.Threshold;
}

/**
 * The alarms on Paperboy's own metrics that go off within a span, by their heading in the runbook, each with its hours
 * from the span's begin. Periods are whole ones since midnight: CloudWatch is never slower than that.
 */
export function alarmsWithin(
  template: Template,
  points: readonly DataPoint[],
  { from, to }: { readonly from: number; readonly to: number },
): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { Type, Properties } of Object.values(template.Resources)) {
    const alarm = Properties as unknown as AlarmProperties;
    if (Type !== 'AWS::CloudWatch::Alarm' || alarm.Namespace !== 'Paperboy') continue;
    const periodMs = (alarm.Period ?? 0) * 1000;
    for (let end = Math.ceil(from / periodMs) * periodMs; end <= to; end += periodMs) {
      const spans = Array.from({ length: alarm.EvaluationPeriods }, (_, back) => end - back * periodMs);
      if (!spans.every((until) => breaches(alarm, points, until - periodMs, until))) continue;
      found[alarm.AlarmDescription.split('#')[1] ?? ''] = (end - from) / hourMs;
      break;
    }
  }
  return found;
}
