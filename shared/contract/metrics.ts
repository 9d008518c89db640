/** Namespace of Paperboy's own CloudWatch metrics. */
export const metricsNamespace = 'Paperboy';

/** Service by which every one of them is told from others' metrics. */
export const metricsService = 'paperboy';

/** Dimension that tells the metrics of one function from another's; its value is the function's name. */
export const functionDimension = 'function';

/** Names of the metrics, shared by who counts and what alarms. */
export const metricNames = {
  /** Sources that gave nothing new in one ingest: down, or stale. */
  sourcesDown: 'SourcesDown',
  /** 1 when GitHub, where it is configured, gave no stars in one ingest, else 0. */
  starsMissing: 'StarsMissing',
  /** 1 when a job of digests ended early because SES took no more mail (quota, rate or a paused account), else 0. */
  sendingStopped: 'SendingStopped',
  /** Digests of one job that a fault of ours kept from being sent; they stay open and are tried again. */
  digestsBroken: 'DigestsBroken',
  /** 1 when digests, or the notices that strangers can cause, are halted after bounces or complaints, else 0. */
  sendingHalted: 'SendingHalted',
  /** Slots and batches that one tick could not plan, since a row cannot be read or a time zone is not known. */
  planningSkipped: 'PlanningSkipped',
  /** Messages of a queue that failed in one invocation and will come again; one metric for each function. */
  failedMessages: 'FailedMessages',
} as const;
