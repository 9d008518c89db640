import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { HouseClock } from '../clock.js';
import { place } from '../template/physical.js';
import type { Stack } from '../template/stack.js';
import type { Surroundings } from './activity.js';
import { type FunctionSpec, functionWorker, type InvocationError } from './function-worker.js';

const functionProperties = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  Environment: z._default(z.object({ Variables: z._default(z.record(z.string(), z.string()), {}) }), { Variables: {} }),
  DeadLetterConfig: z.optional(z.object({ TargetArn: z.string() })),
});

/** A function of the stack that can be invoked. */
export interface LambdaFunction {
  /** Logical id in the template. */
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly deadLetterArn?: string;
  /** Invokes it and records a failure; throws InvocationError. */
  invoke(event: unknown): Promise<unknown>;
  close(): Promise<void>;
}

export interface FunctionsDeps {
  readonly assembly: string;
  readonly clock: HouseClock;
  readonly overrides: Readonly<Record<string, string>>;
  readonly endpoint: string;
  readonly keyIdOf: (arn: string) => string;
  readonly log: (line: string) => void;
  readonly surroundings: Surroundings;
}

/** Reads every function of the stack, by ARN; each runs in a worker thread of its own. */
export function openFunctions(stack: Stack, deps: FunctionsDeps): ReadonlyMap<string, LambdaFunction> {
  const found = stack.all(['AWS::Lambda::Function'], functionProperties);
  return new Map(
    found.map(({ id, name, arn, properties }) => {
      const spec: FunctionSpec = {
        name,
        arn,
        folder: assetFolder(deps.assembly, id, properties.Code.S3Key),
        handler: properties.Handler,
        timeoutMs: properties.Timeout * 1000,
        memoryMb: properties.MemorySize,
        environment: environmentOf(name, arn, properties, deps),
      };
      const { activity, fail, isClosing } = deps.surroundings;
      const worker = functionWorker(spec, deps.clock.shared, deps.log);
      const invoke = (event: unknown) =>
        activity.run(() =>
          worker.invoke(event).catch((error: InvocationError) => {
            if (!isClosing()) fail(`${id} failed: ${error.errorType}: ${error.message}`);
            if (error.trace) deps.log(`${name}: ${error.trace}`);
            throw error;
          }),
        );
      const deadLetterArn = properties.DeadLetterConfig?.TargetArn;
      const { close } = worker;
      return [arn, { id, name, arn, roleArn: properties.Role, ...(deadLetterArn && { deadLetterArn }), invoke, close }];
    }),
  );
}

function environmentOf(
  name: string,
  arn: string,
  { Environment, MemorySize, Handler }: z.output<typeof functionProperties>,
  { overrides, endpoint, keyIdOf }: FunctionsDeps,
): Readonly<Record<string, string>> {
  const own = Object.entries(Environment.Variables).map(([key, value]) => [key, overrides[key] ?? value]);
  return {
    ...Object.fromEntries(own),
    AWS_ACCESS_KEY_ID: keyIdOf(arn),
    AWS_SECRET_ACCESS_KEY: 'not checked on this machine',
    AWS_REGION: place.region,
    AWS_DEFAULT_REGION: place.region,
    AWS_ENDPOINT_URL: endpoint,
    AWS_LAMBDA_FUNCTION_NAME: name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(MemorySize),
    _HANDLER: Handler,
    // Lambda's Node may be newer than this machine's: the SDK's advice would be wrong.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
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
