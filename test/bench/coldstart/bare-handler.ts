import { join } from 'node:path';
import { type BuildOptions, buildSync } from 'esbuild';

/** For each package of the SDK that our functions import: what of it a handler that only calls AWS would. */
const used: Readonly<Record<string, { readonly names: string; readonly made: string }>> = {
  '@aws-sdk/client-dynamodb': { names: 'DynamoDBClient', made: 'new DynamoDBClient({})' },
  '@aws-sdk/lib-dynamodb': {
    names: 'DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, UpdateCommand',
    made: 'DynamoDBDocumentClient.from(new DynamoDBClient({})), GetCommand, PutCommand, QueryCommand, UpdateCommand',
  },
  '@aws-sdk/client-eventbridge': {
    names: 'EventBridgeClient, PutEventsCommand',
    made: 'new EventBridgeClient({}), PutEventsCommand',
  },
  '@aws-sdk/client-secrets-manager': {
    names: 'SecretsManagerClient, GetSecretValueCommand',
    made: 'new SecretsManagerClient({}), GetSecretValueCommand',
  },
  '@aws-sdk/client-ses': {
    names: 'SESClient, SendRawEmailCommand, GetSendQuotaCommand',
    made: 'new SESClient({}), SendRawEmailCommand, GetSendQuotaCommand',
  },
  '@aws-sdk/client-sqs': {
    names: 'SQSClient, SendMessageBatchCommand',
    made: 'new SQSClient({}), SendMessageBatchCommand',
  },
};

const options: BuildOptions = {
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'cjs',
  minify: true,
  mainFields: ['module', 'main'],
  logLevel: 'warning',
};

/** The packages of the SDK that are in a function's bundle because its own code imports them. */
export function clientsOf(lambda: string): readonly string[] {
  const entry = join('lambdas', lambda, 'handler.ts');
  const { metafile } = buildSync({
    ...options,
    entryPoints: [entry],
    outfile: 'index.js',
    packages: 'external',
    write: false,
    metafile: true,
  });
  const imported = Object.values(metafile.outputs).flatMap(({ imports }) => imports.map(({ path }) => path));
  return [...new Set(imported)].filter((path) => path.startsWith('@aws-sdk/')).sort();
}

/** Bundles a handler that makes these clients and does nothing; gives its file. */
export function bareHandler(folder: string, clients: readonly string[]): string {
  const parts = clients.map((client) => {
    const part = used[client];
    if (!part) throw new Error(`say in the bench what a bare handler imports of ${client}`);
    return { client, ...part };
  });
  const contents = [
    ...parts.map(({ client, names }) => `import { ${names} } from '${client}';`),
    `const made = [${parts.map(({ made }) => made).join(', ')}];`,
    'export const handler = async () => made.length;',
  ].join('\n');
  const outfile = join(folder, 'bare', `${clients.map((client) => client.replace(/\W+/g, '-')).join('')}.js`);
  buildSync({ ...options, stdin: { contents, resolveDir: process.cwd() }, outfile });
  return outfile;
}
