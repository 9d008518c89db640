import { createHash } from 'node:crypto';

/** How often Lambda lets a function come back to itself in one chain of messages. */
const longestChain = 16;

/** The chain of invocations that led to one, as the functions' SDK passes it on in `X-Amzn-Trace-Id`. */
export interface Lineage {
  /** The header's value for what this invocation sends. */
  readonly trace: string;
  /** Whether Lambda would stop it here. */
  readonly isLoop: boolean;
}

/**
 * Continues a chain with one more invocation of a function; without a trace a chain begins. Format:
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-recursion.html
 */
export function continueLineage(functionArn: string, trace = ''): Lineage {
  const id = createHash('sha256').update(functionArn).digest('hex').slice(0, 8);
  const counts = countsIn(trace).filter(([known]) => known !== id);
  const count = countOf(trace, id) + 1;
  const lineage = [...counts, [id, count]].map((pair) => pair.join(':')).join('|');
  return { trace: `${rootOf(trace, id)};Sampled=0;Lineage=${lineage}`, isLoop: count > longestChain };
}

/** The trace of several messages that are handled together: the one with the longest chain. */
export function longestTrace(traces: readonly (string | undefined)[]): string | undefined {
  const length = (trace: string) => Math.max(0, ...countsIn(trace).map(([, count]) => count));
  return traces.flatMap((trace) => trace ?? []).sort((one, other) => length(other) - length(one))[0];
}

function countsIn(trace: string): readonly (readonly [id: string, count: number])[] {
  const [, lineage = ''] = /Lineage=([^;]*)/.exec(trace) ?? [];
  return Array.from(lineage.matchAll(/([0-9a-f]+):(\d+)/g), ([, id = '', count]) => [id, Number(count)]);
}

function countOf(trace: string, id: string): number {
  return countsIn(trace).find(([known]) => known === id)?.[1] ?? 0;
}

function rootOf(trace: string, id: string): string {
  return /Root=[^;]+/.exec(trace)?.[0] ?? `Root=1-00000000-${id.padStart(24, '0')}`;
}
