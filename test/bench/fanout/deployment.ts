import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize, type Template } from '../../../infra/synthesize.js';

/** What is deployed for an account of a send rate: the template, and the folder with the functions' code. */
export interface Deployment {
  readonly template: Template;
  readonly assembly: string;
  remove(): void;
}

const configuration = {
  sender: 'Paperboy <post@paperboy.example.org>',
  postalAddress: '1 Long Lane, 12345 Smalltown',
  contact: 'post@paperboy.example.org',
};

/** Synthesizes the stack as it is deployed for so many mails a second; without code it takes a third of the time. */
export function deploymentFor(sendRate: number, hasCode: boolean): Deployment {
  const assembly = mkdtempSync(join(tmpdir(), 'paperboy-fanout-'));
  const context = hasCode ? {} : { 'aws:cdk:bundling-stacks': [] };
  const { template } = synthesize({ outdir: assembly, configuration: { ...configuration, sendRate }, context });
  return { template, assembly, remove: () => rmSync(assembly, { recursive: true, force: true }) };
}

/** How a queue feeds one of its functions, as the template says. */
export interface FedFunction {
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly batchSize: number;
  readonly maxConcurrency: number;
  readonly windowMs: number;
  /** Variables that are plain text; those that refer to resources are left out. */
  readonly environment: Readonly<Record<string, string>>;
}

type Properties = Readonly<Record<string, unknown>>;

/** The functions of the stack that a queue feeds, by the beginning of their logical ids. */
export function fedFunction({ Resources }: Template, idPrefix: string): FedFunction {
  const named = (type: string) =>
    Object.entries(Resources).find(([id, { Type }]) => Type === type && id.startsWith(idPrefix))?.[1].Properties ?? {};
  const lambda: Properties = named('AWS::Lambda::Function');
  const mapping: Properties = named('AWS::Lambda::EventSourceMapping');
  const { Variables = {} } = (lambda.Environment ?? {}) as { Variables?: Properties };
  const { MaximumConcurrency = 1 } = (mapping.ScalingConfig ?? {}) as { MaximumConcurrency?: number };
  const plain = Object.entries(Variables).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value]] : [],
  );
  return {
    memoryMb: Number(lambda.MemorySize),
    timeoutMs: Number(lambda.Timeout) * 1000,
    batchSize: Number(mapping.BatchSize),
    maxConcurrency: MaximumConcurrency,
    windowMs: Number(mapping.MaximumBatchingWindowInSeconds ?? 0) * 1000,
    environment: Object.fromEntries(plain),
  };
}
