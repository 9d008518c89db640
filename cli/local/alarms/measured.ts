import * as z from 'zod/mini';
import type { Stack } from '../template/stack.js';
import type { MetricId } from './metrics.js';

/** What the house measures in AWS's own namespaces, and the dimension that names the resource. */
const measured: Readonly<Record<string, { readonly names: readonly string[]; readonly by: string }>> = {
  'AWS/ApiGateway': { names: ['Count', '4xx', '5xx', 'Latency'], by: 'ApiId' },
  'AWS/Events': { names: ['FailedInvocations'], by: 'RuleName' },
  'AWS/Lambda': {
    names: ['Invocations', 'Errors', 'Throttles', 'Duration', 'RecursiveInvocationsDropped'],
    by: 'FunctionName',
  },
  'AWS/SQS': { names: ['ApproximateNumberOfMessagesVisible', 'ApproximateAgeOfOldestMessage'], by: 'QueueName' },
};

/** Metrics that AWS alone can know: alarms on them stay silent here. */
export const onlyAws: readonly string[] = ['AWS/SES', 'AWS/Billing'];

const resourceTypes = ['AWS::ApiGatewayV2::Api', 'AWS::Events::Rule', 'AWS::Lambda::Function', 'AWS::SQS::Queue'];

/**
 * Makes the check that an alarm watches something that is there; any namespace but AWS's own is measured by functions
 * and log filters. It answers what is wrong, in words.
 */
export function watchCheck(stack: Stack): (id: MetricId) => string | undefined {
  const resources = stack.all(resourceTypes, z.unknown());
  // A rule's own name differs from how others refer to it, an API's identifier from its name.
  const names = new Set(resources.flatMap(({ name, attributes }) => [name, attributes.ApiId ?? name]));
  return ({ namespace, name, dimensions }) => {
    if (!namespace.startsWith('AWS/')) return undefined;
    const kind = measured[namespace];
    if (!kind?.names.includes(name)) return `${namespace} ${name}, which the local runner does not measure`;
    const resource = dimensions[kind.by] ?? 'nothing';
    return names.has(resource) ? undefined : `${name} of ${resource}, which the template does not have`;
  };
}
