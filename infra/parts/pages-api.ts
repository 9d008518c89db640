import { type CfnStage, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import type { Construct } from 'constructs';
import { alarmPeriod, ImpactAlarm } from '../constructs/impact-alarm.js';

/** Who is hurt when a page fails. */
export const pagesImpact = 'Readers see an error page, and someone may be unable to unsubscribe';

/** The public address of the pages, before there is anyone to answer at it: mails link to it. */
export function pagesApi(scope: Construct): HttpApi {
  const api = new HttpApi(scope, 'Pages');
  const stage = api.defaultStage?.node.defaultChild as CfnStage;
  // A flood of page views must not take the concurrency that sending and unsubscribing need.
  stage.defaultRouteSettings = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };
  // A page that fails answers 500 instead of throwing: the function's own errors do not show it.
  new ImpactAlarm(api, 'ServerErrors', {
    metric: api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
    threshold: 1,
    impact: pagesImpact,
    cause: 'the pages answered with a server error',
    runbook: 'serve-pages-server-errors',
  });
  return api;
}
