import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration/configuration.js';
import { Domain } from './parts/domain.js';
import { ingestPapers } from './parts/ingest-papers.js';
import { learnTopics } from './parts/learn-topics.js';
import { Mail } from './parts/mail.js';
import { nextSteps, refuseExampleValues } from './parts/next-steps.js';
import { pagesApi } from './parts/pages-api.js';
import { planDigests } from './parts/plan-digests.js';
import { recordMailEvents } from './parts/record-mail-events.js';
import { reviewEditions } from './parts/review-editions.js';
import { scoreTrends } from './parts/score-trends.js';
import { sendDigest } from './parts/send-digest.js';
import { sendNotice } from './parts/send-notice.js';
import { servePages } from './parts/serve-pages.js';
import { keysSecret, tables } from './parts/tables-and-keys.js';
import { watch } from './watch/watch.js';

interface PaperboyStackProps {
  readonly configuration: Configuration;
  readonly stackName: string;
}

/** The whole house. A part can reach what it is handed here and nothing else. */
export class PaperboyStack extends Stack {
  constructor(scope: Construct, id: string, { configuration, stackName }: PaperboyStackProps) {
    super(scope, id, { stackName, description: 'Paperboy: trending papers in your inbox, once a day' });

    const { papers, editions, subscribers, runs, consents } = tables(this, configuration);
    const keys = keysSecret(this);
    // The CDK names a bus by its place in the app, which is the same in every stage.
    const busName = configuration.stage === undefined ? {} : { eventBusName: `${stackName}-Events` };
    const bus = new EventBus(this, 'Events', busName);
    const domain =
      configuration.domain === undefined ? undefined : new Domain(this, 'Domain', configuration.domain, configuration);
    const mail = new Mail(this, 'Mail', configuration, domain);
    const api = pagesApi(this);
    domain?.servePages(api);
    const pagesUrl = configuration.domain === undefined ? api.apiEndpoint : `https://${configuration.domain}`;

    const ingest = ingestPapers(this, { papers, bus, configuration });
    scoreTrends(this, { papers, editions, bus, configuration });
    reviewEditions(this, { papers, editions, configuration });
    learnTopics(this, { papers, editions, subscribers, bus, ingest, configuration });
    // Planning fills the queue of digests and the pages fill the queue of notices: each comes after the queue it fills.
    const digests = sendDigest(this, { editions, subscribers, runs, consents, keys, mail, pagesUrl, configuration });
    planDigests(this, { editions, subscribers, runs, bus, digests, configuration });
    const mailEvents = recordMailEvents(this, { subscribers, runs, consents, mail, configuration });

    const notices = sendNotice(this, { editions, subscribers, runs, consents, keys, mail, pagesUrl, configuration });
    servePages(this, {
      api,
      papers,
      editions,
      subscribers,
      runs,
      consents,
      keys,
      notices,
      ingest,
      pagesUrl,
      configuration,
    });

    const page = watch(this, mail, configuration);

    // CloudFormation has taken tags on dashboards only recently, and a dashboard costs nothing.
    const taggable = { excludeResourceTypes: ['AWS::CloudWatch::Dashboard'] };
    Tags.of(this).add('project', 'paperboy', taggable);
    Tags.of(this).add('app', this.stackName, taggable);
    Tags.of(this).add('managed-by', 'cdk', taggable);

    const outputs = {
      PagesUrl: pagesUrl,
      PapersTable: papers.tableName,
      EditionsTable: editions.tableName,
      SubscribersTable: subscribers.tableName,
      RunsTable: runs.tableName,
      ConsentsTable: consents.tableName,
      KeysSecret: keys.secretArn,
      EventBus: bus.eventBusName,
      IngestQueue: ingest.queueUrl,
      DigestQueue: digests.queueUrl,
      NoticeQueue: notices.queueUrl,
      MailEventsQueue: mailEvents.queueUrl,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
    nextSteps(this, configuration, page);
    refuseExampleValues(this, configuration);
  }
}
