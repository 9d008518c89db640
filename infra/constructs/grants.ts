import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Mail } from '../parts/mail.js';

const tableActions = {
  read: ['GetItem', 'BatchGetItem'],
  query: ['Query'],
  put: ['PutItem'],
  update: ['UpdateItem'],
  delete: ['DeleteItem'],
} as const;

/** What a function may ask of a table: no scan. */
export type TableUse = keyof typeof tableActions;

/** Lets a function use the table's items in these ways. */
export function mayUse(table: Table, ...uses: readonly TableUse[]): PolicyStatement {
  return new PolicyStatement({
    actions: uses.flatMap((use) => tableActions[use]).map((action) => `dynamodb:${action}`),
    resources: [table.tableArn],
  });
}

/** Lets a function query one index of the table. */
export function mayQuery(table: Table, { index }: { readonly index: string }): PolicyStatement {
  return new PolicyStatement({ actions: ['dynamodb:Query'], resources: [`${table.tableArn}/index/${index}`] });
}

/** Lets a function read the secret. */
export function mayRead(secret: Pick<Secret, 'secretArn'>): PolicyStatement {
  return new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] });
}

/** Lets a function put events on the bus. */
export function mayPublishTo(bus: EventBus): PolicyStatement {
  return new PolicyStatement({ actions: ['events:PutEvents'], resources: [bus.eventBusArn] });
}

/** Lets a function send messages to the queue. */
export function maySendTo(queue: IQueue): PolicyStatement {
  return new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [queue.queueArn] });
}

/** Lets a function send mail with these identities and configuration sets, and ask for the account's quota. */
export function maySendMail({ sendingArns, recipientArns, address }: Mail): readonly PolicyStatement[] {
  return [
    new PolicyStatement({ actions: ['ses:SendRawEmail'], resources: [...sendingArns] }),
    // In the sandbox SES asks for the right on the receiver's identity too; it is worth nothing with another sender.
    new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [recipientArns],
      conditions: { StringEquals: { 'ses:FromAddress': address } },
    }),
    // The quota is the account's: IAM knows no resource for it.
    new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] }),
  ];
}
