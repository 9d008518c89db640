import { Duration } from 'aws-cdk-lib';
import { type CfnStage, HttpApi, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { servePagesEnv } from '../../lambdas/serve-pages/env.js';
import type { Configuration } from '../configuration/configuration.js';
import { alarmPeriod, ImpactAlarm } from '../constructs/impact-alarm.js';
import { PaperboyFunction } from '../constructs/paperboy-function.js';
import { mayRead, maySendTo, mayUse } from '../constructs/permissions.js';

const impact = 'Readers see an error page, and someone may be unable to unsubscribe';

/** The public address of the pages, made before anything answers at it because mails link to it. */
export function pagesApi(scope: Construct): HttpApi {
  const api = new HttpApi(scope, 'Pages');
  const stage = api.defaultStage?.node.defaultChild as CfnStage;
  // A flood of page views must not use up the concurrency that sending and unsubscribing need.
  stage.defaultRouteSettings = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };
  // A page that fails answers 500 instead of throwing, so the function's own errors do not show it.
  new ImpactAlarm(api, 'ServerErrors', {
    metric: api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
    threshold: 1,
    impact,
    cause: 'the pages answered with a server error',
    runbook: 'serve-pages-server-errors',
  });
  return api;
}

interface ServePagesProps {
  readonly api: HttpApi;
  readonly editions: Table;
  readonly subscribers: Table;
  readonly consents: Table;
  readonly keys: Secret;
  readonly notices: IQueue;
  readonly configuration: Configuration;
}

/** Answers every request at the pages' address. */
export function servePages(scope: Construct, props: ServePagesProps): void {
  const { api, editions, subscribers, consents, keys, notices, configuration } = props;
  const pages = new PaperboyFunction(scope, 'ServePages', servePagesEnv, {
    lambda: 'serve-pages',
    impact,
    environment: {
      EDITIONS_TABLE: editions.tableName,
      SUBSCRIBERS_TABLE: subscribers.tableName,
      CONSENTS_TABLE: consents.tableName,
      KEYS_SECRET: keys.secretArn,
      NOTICE_QUEUE_URL: notices.queueUrl,
      CONTACT: configuration.contact,
      SENDER: configuration.sender,
      POSTAL_ADDRESS: configuration.postalAddress,
      PUBLISH_HOUR: String(configuration.publishHour),
      ARXIV_CATEGORIES: configuration.categories.join(' '),
    },
    grants: [
      mayUse(editions, 'read', 'query'),
      mayUse(subscribers, 'read', 'put', 'update', 'delete'),
      mayUse(consents, 'query', 'put'),
      mayRead(keys),
      maySendTo(notices),
    ],
    timeout: Duration.seconds(20),
    // A whole virtual CPU, to index a month of papers in seconds, and memory for two such months of 10,000 papers.
    memoryMb: 1769,
  });
  new HttpRoute(scope, 'EveryPage', {
    httpApi: api,
    routeKey: HttpRouteKey.DEFAULT,
    integration: new HttpLambdaIntegration('ServePages', pages.function),
  });
}
