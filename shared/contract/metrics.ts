/** Namespace of Paperboy's own CloudWatch metrics. */
export const metricsNamespace = 'Paperboy';

/** Dimension that sets the metrics of one stage apart from another's. */
export const serviceDimension = 'service';

/** Value of that dimension where there is one stage; another's comes from its environment. */
export const metricsService = 'paperboy';

/** Variable of a function's environment that names the service of its metrics and log lines, where it is another. */
export const serviceVariable = 'POWERTOOLS_SERVICE_NAME';

/** Dimension that sets the metrics of one function apart from another's; its value is the function's name. */
export const functionDimension = 'function';

/** Names of the metrics, shared by who counts and what alarms. */
export const metricNames = {
  /** Sources that gave nothing new in one ingest: down, or stale. */
  sourcesDown: 'SourcesDown',
  /** Hours since a source last answered, told by every hourly message; silence means that ingest does not run. */
  hoursSinceIngest: 'HoursSinceIngest',
  /** Hours since the newest edition was due, told by every tick; silence means that the clock stands still. */
  editionAgeHours: 'EditionAgeHours',
  /** 1 when GitHub, where it is configured, gave no stars in one ingest, else 0. */
  starsMissing: 'StarsMissing',
  /** Digests that ended so in one job; `uncertain` are those in doubt for good, for `quiet-noted` a still-here mail left. */
  digestsSent: 'DigestsSent',
  digestsQuietNoted: 'DigestsQuietNoted',
  digestsFailed: 'DigestsFailed',
  digestsExpired: 'DigestsExpired',
  digestsUncertain: 'DigestsUncertain',
  /** Digests of one job's batch without an outcome when it ends: in doubt, broken, or waiting for quota. */
  digestsOpen: 'DigestsOpen',
  /** 1 when a job of digests ended early because SES took no more mail (quota, rate or a paused account), else 0. */
  sendingStopped: 'SendingStopped',
  /** Digests of one job that a fault of ours kept from being sent; they stay open and are tried again. */
  digestsBroken: 'DigestsBroken',
  /** Own filters of subscribers that we took once and cannot read any more, in one choice of papers. */
  filtersUnreadable: 'FiltersUnreadable',
  /** 1 when digests, or the notices that strangers can cause, are halted after bounces or complaints, else 0. */
  sendingHalted: 'SendingHalted',
  /** 1 when the admin has paused digests, or a notice that waits, else 0. */
  sendingPaused: 'SendingPaused',
  /** Slots and batches that one tick could not plan, since a row cannot be read or a time zone is not known. */
  planningSkipped: 'PlanningSkipped',
  /** Messages of a queue that failed in one invocation and will come again; one metric for each function. */
  failedMessages: 'FailedMessages',
  /** Requests to unsubscribe that were answered with a 4xx status, counted in the access log. */
  unsubscribesRefused: 'UnsubscribesRefused',
} as const;
