import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { HouseClock } from '../clock.js';
import { place } from '../template/physical.js';
import type { Stack, StackResource } from '../template/stack.js';
import type { Surroundings } from './activity.js';
import type { Executions } from './executions.js';
import { type FunctionSpec, InvocationError, workerPool } from './function-worker.js';
import { continueLineage } from './lineage.js';

const functionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.string()), {}) }), { Variables: {} }),
  DeadLetterConfig: z.optional(z.object({ TargetArn: z.string() })),
  ReservedConcurrentExecutions: z.optional(z.undefined('the local runner plays no reserved concurrency')),
  RecursiveLoop: z._default(z.enum(['Allow', 'Terminate']), 'Terminate'),
});
type FunctionResource = StackResource<z.output<typeof functionProperties>>;

/** A function of the stack that can be invoked. */
export interface LambdaFunction {
  /** Logical id in the template. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutMs: number;
  readonly deadLetterArn?: string;
  /**
   * Invokes it, at the end of the chain that a trace names, and records a failure. Throws InvocationError, a throttle
   * when the account has no room.
   */
  invoke(event: unknown, trace?: string): Promise<unknown>;
  close(): Promise<void>;
}

export interface FunctionsDeps {
  readonly assembly: string;
  readonly clock: HouseClock;
  readonly overrides: Readonly<Record<string, string>>;
  readonly endpoint: string;
  readonly keyIdOf: (arn: string) => string;
  readonly log: (line: string) => void;
  readonly executions: Executions;
  readonly surroundings: Surroundings;
}

/** Reads every function of the stack, by ARN; each run of one has a worker thread of its own. */
export function openFunctions(stack: Stack, deps: FunctionsDeps): ReadonlyMap<string, LambdaFunction> {
  const found = stack.all(['AWS::Lambda::Function'], functionProperties);
  return new Map(found.map((resource) => [resource.arn, openFunction(resource, deps)]));
}

function openFunction(resource: FunctionResource, deps: FunctionsDeps): LambdaFunction {
  const { id, name, arn, properties } = resource;
  const { activity, fail, isClosing, metrics, now } = deps.surroundings;
  const pool = workerPool(specOf(resource, deps), deps.clock.shared, (line) => {
    deps.log(`${name}: ${line}`);
    metrics.readLine(line);
  });
  const count = (metric: string, value = 1) =>
    metrics.put({ namespace: 'AWS/Lambda', name: metric, dimensions: { FunctionName: name }, value, at: now() });

  async function run(event: unknown, trace: string | undefined): Promise<unknown> {
    const lineage = continueLineage(arn, trace);
    if (lineage.isLoop && properties.RecursiveLoop === 'Terminate') {
      count('RecursiveInvocationsDropped');
      fail(`${id} was not invoked: a message of its own making came back to it more than 16 times`);
      throw new InvocationError('RecursiveInvocationException', 'a recursive loop');
    }
    const end = deps.executions.begin();
    if (!end) {
      count('Throttles');
      throw new InvocationError('TooManyRequestsException', 'Rate Exceeded.');
    }
    const begun = performance.now();
    try {
      const answer = await pool.invoke(JSON.stringify(event), lineage.trace);
      count('Errors', 0);
      return answer;
    } catch (error) {
      const { errorType, message, trace: stack } = error as InvocationError;
      count('Errors');
      if (!isClosing()) fail(`${id} failed: ${errorType}: ${message}`);
      if (stack) deps.log(`${name}: ${stack}`);
      throw error;
    } finally {
      end();
      count('Invocations');
      count('Duration', performance.now() - begun);
    }
  }
  const deadLetterArn = properties.DeadLetterConfig?.TargetArn;
  return {
    id,
    name,
    arn,
    roleArn: properties.Role,
    timeoutMs: properties.Timeout * 1000,
    ...(deadLetterArn && { deadLetterArn }),
    invoke: (event, trace) => activity.run(() => run(event, trace)),
    close: pool.close,
  };
}

/** AWS counts the names and the values. */
const environmentLimitBytes = 4096;

function specOf({ id, name, arn, properties }: FunctionResource, deps: FunctionsDeps): FunctionSpec {
  const { Code, Environment, Handler, MemorySize, Timeout } = properties;
  const bytes = Buffer.byteLength(Object.entries(Environment.Variables).flat().join(''));
  if (bytes > environmentLimitBytes) {
    throw new Error(`the environment of ${id} has ${bytes} bytes; AWS takes ${environmentLimitBytes}`);
  }
  const own = Object.entries(Environment.Variables).map(([key, value]) => [key, deps.overrides[key] ?? value]);
  return {
    name,
    arn,
    folder: assetFolder(deps.assembly, id, Code.S3Key),
    handler: Handler,
    timeoutMs: Timeout * 1000,
    memoryMb: MemorySize,
    environment: {
      ...Object.fromEntries(own),
      AWS_ACCESS_KEY_ID: deps.keyIdOf(arn),
      AWS_SECRET_ACCESS_KEY: 'not checked on this machine',
      AWS_REGION: place.region,
      AWS_DEFAULT_REGION: place.region,
      AWS_ENDPOINT_URL: deps.endpoint,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
      _HANDLER: Handler,
      // Lambda's Node may be newer than this machine's: the SDK's advice would be wrong.
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
    },
  };
}

const assetManifest = z.object({ files: z.record(z.string(), z.object({ source: z.object({ path: z.string() }) })) });

/** Finds a function's code in a CDK assembly: the name of its object in the bucket is the asset's hash. */
function assetFolder(assembly: string, id: string, objectKey: string): string {
  const hash = objectKey.replace(/\.zip$/, '');
  const listed = readdirSync(assembly)
    .filter((name) => name.endsWith('.assets.json'))
    .map((name) => z.parse(assetManifest, JSON.parse(readFileSync(join(assembly, name), 'utf8'))).files[hash])
    .find((file) => file !== undefined);
  const folder = join(assembly, listed?.source.path ?? `asset.${hash}`);
  if (!existsSync(folder)) throw new Error(`the code of ${id} is not in ${assembly}: synthesize again`);
  return folder;
}
