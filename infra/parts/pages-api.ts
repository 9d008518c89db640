import { RemovalPolicy } from 'aws-cdk-lib';
import { type CfnStage, HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { FilterPattern, LogGroup, MetricFilter, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { metricNames, metricsNamespace, serviceDimension } from '../../shared/contract/metrics.js';
import { dayPath, digestNowPath, searchPaths } from '../../shared/contract/page-routes.js';
import { alarmPeriod, ImpactAlarm } from '../constructs/impact-alarm.js';
import { ownMetric, serviceOf } from '../constructs/own-metric.js';

/** Who is hurt while the pages fail. */
export const pagesImpact = 'Readers see an error page, and someone may be unable to unsubscribe';

/** Requests a second that a route takes, and how many at once. */
interface Throttle {
  readonly rate: number;
  readonly burst: number;
}

/**
 * Searching a month of ten thousand papers: the first search of a process takes a sixth of a second of CPU, and one for a
 * phrase a quarter, which is this long on 0.29 of one (512 MB); others take a tenth of it. While a month has no index yet, a search takes ten times as
 * long, once in each process.
 */
export const slowestSearchSeconds = 1;

/**
 * What the page of a day, or a digest for a form's choices, takes to read and index an edition of two thousand papers,
 * before it is remembered: 0.6 seconds of CPU, half of them for the words of the papers, on 0.29 of one.
 */
export const slowestDaySeconds = 2.1;

/**
 * Paths with a throttle of their own. All functions of a new account share ten executions. Searching holds at most
 * 5 at once and 3.75 a second × 1 s = 3.75 on: less than nine however it is flooded. The page of a day and the
 * digest for a form's choices hold at most 2 at once each, and 2.8 a second × 2.1 s on while their edition is cold; warm, they
 * take a twentieth of that.
 * Unsubscribing has its own budget, and what floods the other pages does not touch it.
 */
export const routes = {
  unsubscribe: { path: '/unsubscribe', methods: [HttpMethod.GET, HttpMethod.POST], throttle: { rate: 50, burst: 50 } },
  search: { path: searchPaths.search, methods: [HttpMethod.ANY], throttle: { rate: 1.5, burst: 2 } },
  preview: { path: searchPaths.preview, methods: [HttpMethod.ANY], throttle: { rate: 1.5, burst: 2 } },
  day: { path: dayPath, methods: [HttpMethod.ANY], throttle: { rate: 1.4, burst: 2 } },
  digestNow: { path: digestNowPath, methods: [HttpMethod.ANY], throttle: { rate: 1.4, burst: 2 } },
  tryTopics: { path: searchPaths.tryTopics, methods: [HttpMethod.ANY], throttle: { rate: 0.75, burst: 1 } },
} as const satisfies Record<string, { path: string; methods: readonly HttpMethod[]; throttle: Throttle }>;

/** Every other page: warm, it answers within a tenth of a second. */
const otherPages: Throttle = { rate: 25, burst: 25 };

/** The public address of the pages, made before anything answers at it because mails link to it. */
export function pagesApi(scope: Construct): HttpApi {
  const api = new HttpApi(scope, 'Pages');
  // A year of links in mails holds its address: it is kept, to be imported again (docs/upgrade.md).
  api.applyRemovalPolicy(RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE);
  const stage = stageOf(api);
  stage.defaultRouteSettings = {
    throttlingRateLimit: otherPages.rate,
    throttlingBurstLimit: otherPages.burst,
  };
  // The CDK takes these as they are, so their names begin as in a template.
  stage.routeSettings = Object.fromEntries(
    Object.values(routes).flatMap(({ path, methods, throttle }) =>
      methods.map((method) => [
        `${method} ${path}`,
        { ThrottlingRateLimit: throttle.rate, ThrottlingBurstLimit: throttle.burst },
      ]),
    ),
  );
  const log = accessLog(api, stage);
  // A page that fails answers 500 instead of throwing, so the function's own errors do not show it.
  new ImpactAlarm(api, 'ServerErrors', {
    metric: api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
    threshold: 1,
    impact: pagesImpact,
    cause: 'the pages answered with a server error',
    runbook: 'serve-pages-server-errors',
  });
  unsubscribeAlarm(log);
  return api;
}

/** The one stage of the API. */
export function stageOf(api: HttpApi): CfnStage {
  return api.defaultStage?.node.defaultChild as CfnStage;
}

/** One line a request, with the route and not the path: a path or a query may hold a token or an address. */
function accessLog(api: HttpApi, stage: CfnStage): LogGroup {
  const log = new LogGroup(api, 'AccessLog', {
    retention: RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const line = {
    [serviceDimension]: serviceOf(api),
    time: '$context.requestTime',
    route: '$context.routeKey',
    status: '$context.status',
    latencyMs: '$context.responseLatency',
    functionMs: '$context.integrationLatency',
    error: '$context.error.message',
  };
  stage.accessLogSettings = { destinationArn: log.logGroupRef.logGroupArn, format: JSON.stringify(line) };
  return log;
}

/** Counted in the access log: what a throttle refuses never reaches the function, and metrics by route cost more. */
function unsubscribeAlarm(log: LogGroup): void {
  new MetricFilter(log, 'UnsubscribesRefused', {
    logGroup: log,
    filterPattern: FilterPattern.literal(`{ ($.route = "*${routes.unsubscribe.path}") && ($.status = "4*") }`),
    metricNamespace: metricsNamespace,
    metricName: metricNames.unsubscribesRefused,
    metricValue: '1',
    dimensions: { [serviceDimension]: `$.${serviceDimension}` },
  });
  new ImpactAlarm(log, 'UnsubscribeRefusals', {
    metric: ownMetric(log, 'unsubscribesRefused', alarmPeriod),
    threshold: 5,
    impact: 'People cannot unsubscribe, and will report the mails as spam',
    cause: 'five requests to unsubscribe were refused within five minutes',
    runbook: 'unsubscribing-is-refused',
  });
}
