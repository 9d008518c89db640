import { CfnOutput, Stack, Tags } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration/configuration.js';
import { mailAlarms, ownMetricAlarms } from './parts/alarms.js';
import { ingestPapers } from './parts/ingest-papers.js';
import { Mail } from './parts/mail.js';
import { planDigests } from './parts/plan-digests.js';
import { recordMailEvents } from './parts/record-mail-events.js';
import { reviewEditions } from './parts/review-editions.js';
import { scoreTrends } from './parts/score-trends.js';
import { sendDigest } from './parts/send-digest.js';
import { sendNotice } from './parts/send-notice.js';
import { pagesApi, servePages } from './parts/serve-pages.js';
import { keysSecret, tables } from './parts/tables-and-keys.js';

/** The whole house. A part can reach what it is handed here and nothing else. */
export class PaperboyStack extends Stack {
  constructor(scope: Construct, id: string, { configuration }: { readonly configuration: Configuration }) {
    super(scope, id, { description: 'Paperboy: trending papers in your inbox, once a day' });

    const { papers, editions, subscribers, runs, consents } = tables(this);
    const keys = keysSecret(this);
    const bus = new EventBus(this, 'Events');
    const mail = new Mail(this, 'Mail', configuration);
    const api = pagesApi(this);
    const pagesUrl = api.apiEndpoint;

    ingestPapers(this, { papers, bus, configuration });
    scoreTrends(this, { papers, editions, bus, configuration });
    reviewEditions(this, { papers, editions, configuration });
    // Planning fills the queue of digests and the pages fill the queue of notices: each comes after the queue it fills.
    const digests = sendDigest(this, { editions, subscribers, runs, consents, keys, mail, pagesUrl, configuration });
    planDigests(this, { editions, subscribers, runs, bus, digests, configuration });
    recordMailEvents(this, { subscribers, runs, consents, mail });

    const notices = sendNotice(this, { editions, subscribers, runs, consents, keys, mail, pagesUrl, configuration });
    servePages(this, { api, editions, subscribers, consents, keys, notices, configuration });

    ownMetricAlarms(this, configuration);
    if (configuration.alarmAddress !== undefined) mailAlarms(this, configuration.alarmAddress);

    Tags.of(this).add('project', 'paperboy');
    Tags.of(this).add('app', this.stackName);
    Tags.of(this).add('managed-by', 'cdk');

    new CfnOutput(this, 'PagesUrl', { value: pagesUrl });
    new CfnOutput(this, 'PapersTable', { value: papers.tableName });
    new CfnOutput(this, 'EditionsTable', { value: editions.tableName });
    new CfnOutput(this, 'SubscribersTable', { value: subscribers.tableName });
    new CfnOutput(this, 'RunsTable', { value: runs.tableName });
    new CfnOutput(this, 'ConsentsTable', { value: consents.tableName });
    new CfnOutput(this, 'KeysSecret', { value: keys.secretArn });
  }
}
