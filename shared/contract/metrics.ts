/** Namespace of Paperboy's own CloudWatch metrics. */
export const metricsNamespace = 'Paperboy';

/** Names of the metrics, shared by who counts and what alarms. */
export const metricNames = {
  /** Sources that gave nothing new in one ingest: down, or stale. */
  sourcesDown: 'SourcesDown',
  /** 1 when GitHub, where it is configured, gave no stars in one ingest, else 0. */
  starsMissing: 'StarsMissing',
  /** Jobs that ended early because SES took no more mail: quota, rate or a paused account. */
  sendingStopped: 'SendingStopped',
} as const;
