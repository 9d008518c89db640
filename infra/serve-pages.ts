import { Duration } from 'aws-cdk-lib';
import { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { servePagesEnv } from '../lambdas/serve-pages/env.js';
import type { Configuration } from './configuration.js';
import { mayRead, mayUse } from './grants.js';
import { alarmPeriod, ImpactAlarm } from './impact-alarm.js';
import { PaperboyFunction } from './paperboy-function.js';

interface ServePagesProps {
  readonly editions: Table;
  readonly subscribers: Table;
  readonly keys: Secret;
  readonly configuration: Configuration;
}

const impact = 'Readers see an error page, and someone may be unable to unsubscribe';

/** Every page, behind an HTTP API with one route. Returns the pages' address, without a slash at its end. */
export function servePages(scope: Construct, { editions, subscribers, keys, configuration }: ServePagesProps): string {
  const pages = new PaperboyFunction(scope, 'ServePages', servePagesEnv, {
    lambda: 'serve-pages',
    impact,
    environment: {
      EDITIONS_TABLE: editions.tableName,
      SUBSCRIBERS_TABLE: subscribers.tableName,
      KEYS_SECRET: keys.secretArn,
      CONTACT: configuration.contact,
    },
    grants: [mayUse(editions, 'read', 'query'), mayUse(subscribers, 'read', 'update'), mayRead(keys)],
    timeout: Duration.seconds(10),
    memoryMb: 512,
  });
  const api = new HttpApi(scope, 'Pages', {
    defaultIntegration: new HttpLambdaIntegration('ServePages', pages.function),
  });
  // A page that fails answers 500 instead of throwing: the function's own errors do not show it.
  new ImpactAlarm(api, 'ServerErrors', {
    metric: api.metricServerError({ period: alarmPeriod, statistic: 'Sum' }),
    threshold: 1,
    impact,
    cause: 'the pages answered with a server error',
    runbook: 'serve-pages-server-errors',
  });
  return api.apiEndpoint;
}
