import { Duration, Validations } from 'aws-cdk-lib';
import { type CfnRoute, type HttpApi, HttpRoute, HttpRouteKey } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { servePagesEnv } from '../../lambdas/serve-pages/env.js';
import { openBatches } from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import { PaperboyFunction } from '../constructs/paperboy-function.js';
import { mayQuery, mayRead, maySendTo, mayUse, type TableInUse } from '../constructs/permissions.js';
import { pagesImpact, routes, stageOf } from './pages-api.js';

interface ServePagesProps {
  readonly api: HttpApi;
  readonly papers: Table;
  readonly editions: Table;
  readonly subscribers: TableInUse;
  readonly runs: Table;
  readonly consents: Table;
  readonly keys: Secret;
  readonly notices: IQueue;
  readonly ingest: IQueue;
  readonly pagesUrl: string;
  readonly configuration: Configuration;
}

/** Answers every request at the pages' address. */
export function servePages(scope: Construct, props: ServePagesProps): void {
  const { api, papers, editions, subscribers, runs, consents, keys, notices, ingest, pagesUrl, configuration } = props;
  const pages = new PaperboyFunction(scope, 'ServePages', servePagesEnv, {
    lambda: 'serve-pages',
    impact: pagesImpact,
    environment: {
      PAPERS_TABLE: papers.tableName,
      EDITIONS_TABLE: editions.tableName,
      SUBSCRIBERS_TABLE: subscribers.tableName,
      RUNS_TABLE: runs.tableName,
      CONSENTS_TABLE: consents.tableName,
      KEYS_SECRET: keys.secretArn,
      NOTICE_QUEUE_URL: notices.queueUrl,
      INGEST_QUEUE_URL: ingest.queueUrl,
      PAGES_URL: pagesUrl,
      CONTACT: configuration.contact,
      SENDER: configuration.sender,
      POSTAL_ADDRESS: configuration.postalAddress,
      PUBLISH_HOUR: String(configuration.publishHour),
      ARXIV_CATEGORIES: configuration.categories.join(' '),
    },
    grants: [
      mayUse(papers, 'read'),
      mayUse(editions, 'read', 'query'),
      mayUse(subscribers, 'read', 'put', 'update', 'delete'),
      mayUse(runs, 'read', 'query'),
      mayQuery(runs, openBatches),
      mayUse(consents, 'query', 'put'),
      mayRead(keys),
      maySendTo(notices),
      maySendTo(ingest),
    ],
    timeout: Duration.seconds(20),
    // Two archives of 10,000 papers from their indexes take 150; one that must be made of its editions takes 330.
    memoryMb: 512,
  });
  const integration = new HttpLambdaIntegration('ServePages', pages.function);
  const others = new HttpRoute(scope, 'EveryPage', { httpApi: api, routeKey: HttpRouteKey.DEFAULT, integration });
  const own = Object.values(routes).flatMap(({ path, methods }) =>
    api.addRoutes({ path, methods: [...methods], integration }),
  );
  const reason =
    "The pages are public. A subscriber's own open by a signed link that the function verifies, and RFC 8058 asks that a one-click unsubscribe needs nothing else.";
  for (const route of [...own, others]) Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason });
  // A stage's settings may name only routes that exist.
  for (const route of own) stageOf(api).addResourceDependency(route.node.defaultChild as CfnRoute);
}
