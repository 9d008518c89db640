import type { Acknowledgment } from 'aws-cdk-lib';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';

const tableActions = {
  read: ['GetItem', 'BatchGetItem'],
  query: ['Query'],
  put: ['PutItem'],
  update: ['UpdateItem'],
  delete: ['DeleteItem'],
} as const;

/** A table of the stack, or one that the configuration names. */
export type TableInUse = Pick<ITable, 'tableName' | 'tableArn'>;

/** What a function may do with a table; never scan it. */
export type TableUse = keyof typeof tableActions;

/** Lets a function use the table's items in these ways. */
export function mayUse(table: TableInUse, ...uses: readonly TableUse[]): PolicyStatement {
  return new PolicyStatement({
    actions: uses.flatMap((use) => tableActions[use]).map((action) => `dynamodb:${action}`),
    resources: [table.tableArn],
  });
}

/** Lets a function query one index of the table. */
export function mayQuery(table: TableInUse, { index }: { readonly index: string }): PolicyStatement {
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

/** What mail is sent with. */
export interface MailSource {
  /** The sender's identity and configuration set. */
  readonly sendingArns: readonly string[];
  /** Identities that may receive mail while the account is in the sandbox. */
  readonly recipientArns: string;
  /** The bare address that every mail comes from. */
  readonly address: string;
}

/** Lets a function send mail from this source, and read the account's quota. */
export function maySendMail({ sendingArns, recipientArns, address }: MailSource): readonly PolicyStatement[] {
  return [
    // In the sandbox SES wants the right on the recipient's identity too; with any other sender it is worth nothing.
    new PolicyStatement({
      actions: ['ses:SendRawEmail'],
      resources: [...sendingArns, recipientArns],
      conditions: { StringEquals: { 'ses:FromAddress': address } },
    }),
    mayReadQuota(),
  ];
}

/** Lets a function read what the account may send. The quota is the account's: IAM has no resource for it. */
export function mayReadQuota(): PolicyStatement {
  return new PolicyStatement({ actions: ['ses:GetSendQuota'], resources: ['*'] });
}

/** Why that names no single resource. */
export const quotaWildcard: Acknowledgment = {
  id: 'AwsSolutions-IAM5[Resource::*]',
  reason: "The only action is ses:GetSendQuota, which reads the account's quota: IAM has no resource for it.",
};

/** Why two of these grants name no single resource, for whoever reviews the template. */
export const mailWildcards: readonly Acknowledgment[] = [
  {
    id: 'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:ses:<AWS::Region>:<AWS::AccountId>:identity/*]',
    reason:
      "In the sandbox SES checks the right on the recipient's identity too. The condition on ses:FromAddress makes it worth nothing for any other sender.",
  },
  quotaWildcard,
];
