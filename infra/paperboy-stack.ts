import { CfnOutput, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import type { Configuration } from './configuration.js';
import { ingestPapers } from './ingest-papers.js';
import { keysSecret } from './keys-secret.js';
import { Mail } from './mail.js';
import { mailAlarms } from './mail-alarms.js';
import { planDigests } from './plan-digests.js';
import { recordMailEvents } from './record-mail-events.js';
import { scoreTrends } from './score-trends.js';
import { sendDigest } from './send-digest.js';
import { servePages } from './serve-pages.js';
import { tables } from './tables.js';

/** The whole house. What a part is handed here is all that it can reach. */
export class PaperboyStack extends Stack {
  constructor(scope: Construct, id: string, { configuration }: { readonly configuration: Configuration }) {
    super(scope, id, { description: 'Paperboy: trending papers in your inbox, once a day' });

    const { papers, editions, subscribers, runs } = tables(this);
    const keys = keysSecret(this);
    const bus = new EventBus(this, 'Events');
    const mail = new Mail(this, 'Mail', configuration);

    ingestPapers(this, { papers, bus, configuration });
    scoreTrends(this, { papers, editions, bus, configuration });
    // Mails link to the pages, and planning fills the sender's queue: each comes after what it points at.
    const pagesUrl = servePages(this, { editions, subscribers, keys, configuration });
    const digests = sendDigest(this, { editions, subscribers, runs, keys, mail, pagesUrl, configuration });
    planDigests(this, { editions, subscribers, runs, bus, digests, configuration });
    recordMailEvents(this, { subscribers, runs, mail });

    if (configuration.alarmAddress !== undefined) mailAlarms(this, configuration.alarmAddress);

    new CfnOutput(this, 'PagesUrl', { value: pagesUrl });
    new CfnOutput(this, 'PapersTable', { value: papers.tableName });
    new CfnOutput(this, 'EditionsTable', { value: editions.tableName });
    new CfnOutput(this, 'SubscribersTable', { value: subscribers.tableName });
    new CfnOutput(this, 'RunsTable', { value: runs.tableName });
    new CfnOutput(this, 'KeysSecret', { value: keys.secretArn });
  }
}
