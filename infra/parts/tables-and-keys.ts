import { RemovalPolicy, Validations } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import {
  expiryAttribute,
  openBatches,
  papersByActiveDay,
  type SubscribersOrigin,
  subscribersBySlot,
  tableKeys,
} from '../../shared/contract/tables.js';
import type { Configuration } from '../configuration/configuration.js';
import type { TableInUse } from '../constructs/permissions.js';

/** An index by its name and its two key attributes. */
interface IndexKeys {
  readonly index: string;
  readonly pk: string;
  readonly sk: string;
}

const text = (name: string) => ({ name, type: AttributeType.STRING });

function retainedTable(scope: Construct, id: string, index?: IndexKeys): Table {
  const table = new Table(scope, id, {
    partitionKey: text(tableKeys.pk),
    sortKey: text(tableKeys.sk),
    billingMode: BillingMode.PAY_PER_REQUEST,
    timeToLiveAttribute: expiryAttribute,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  if (index) {
    table.addGlobalSecondaryIndex({
      indexName: index.index,
      partitionKey: text(index.pk),
      sortKey: text(index.sk),
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }
  return table;
}

type OwnTables = Readonly<Record<'papers' | 'editions' | 'runs' | 'consents', Table>>;

/**
 * Five tables that outlive the stack. Their ids are pinned by a test: a changed id is a new, empty table. Where the configuration
 * names a table of subscribers, the functions use that one, and the stack's own is kept beside it.
 */
export function tables(
  scope: Construct,
  { subscribersTable }: Pick<Configuration, 'subscribersTable'>,
): OwnTables & { readonly subscribers: TableInUse } {
  const papers = retainedTable(scope, 'Papers', papersByActiveDay);
  const editions = retainedTable(scope, 'Editions');
  const generated = retainedTable(scope, 'Subscribers', subscribersBySlot);
  return {
    papers,
    editions,
    subscribers:
      subscribersTable === undefined
        ? generated
        : Table.fromTableName(scope, 'ConfiguredSubscribers', subscribersTable),
    runs: retainedTable(scope, 'Runs', openBatches),
    consents: retainedTable(scope, 'Consents'),
  };
}

/** What the functions that send are told of their table of subscribers. */
export function subscribersOrigin({ subscribersTable }: Pick<Configuration, 'subscribersTable'>): SubscribersOrigin {
  return subscribersTable === undefined ? 'generated' : 'configured';
}

/** The one secret, `{"root":"<64 characters>","signing":["k1"]}`: generated once and kept when the stack is deleted. */
export function keysSecret(scope: Construct): Secret {
  const keys = new Secret(scope, 'Keys', {
    description: 'Paperboy: what every subscriber id and signed link is derived from. Never replace its root.',
    generateSecretString: {
      secretStringTemplate: JSON.stringify({ signing: ['k1'] }),
      generateStringKey: 'root',
      passwordLength: 64,
      excludePunctuation: true,
    },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const reason =
    'Subscriber ids derive from its root, which may never be replaced. `npm run cli -- rotate-keys` adds a signing key, and keeps the two before it: links in mails must go on opening.';
  Validations.of(keys).acknowledge({ id: 'AwsSolutions-SMG4', reason });
  return keys;
}
