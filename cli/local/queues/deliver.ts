import type { Surroundings } from '../functions/activity.js';
import type { AsyncInvocations } from '../functions/async-invocations.js';
import type { LambdaFunction } from '../functions/functions.js';
import { deduplicationIdOf } from './queue-calls.js';
import type { Queue } from './queues.js';
import type { Deliver, RuleTarget } from './rules.js';

interface DeliverDeps {
  readonly functions: ReadonlyMap<string, LambdaFunction>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly invocations: AsyncInvocations;
  readonly surroundings: Pick<Surroundings, 'fail' | 'metrics' | 'now'>;
}

/** Delivers events to functions and queues; what a target does not take goes to the rule's dead-letter queue. */
export function deliverTo({ functions, queues, invocations, surroundings }: DeliverDeps): Deliver {
  const { fail, metrics, now } = surroundings;
  return (target, event, rule) => {
    const { Arn, SqsParameters, DeadLetterConfig } = target;
    const queue = queues.get(Arn);
    const why = queue && refusal(queue, target);
    const body = JSON.stringify(event);
    if (functions.has(Arn)) return invocations.accept(Arn, event);
    if (queue && why === undefined) {
      const deduplicationId = deduplicationIdOf(queue, body);
      const order = SqsParameters && { group: SqsParameters.MessageGroupId };
      queue.send({ body, ...order, ...(deduplicationId && { deduplicationId }) });
      return;
    }
    const deadLetters = queues.get(DeadLetterConfig?.Arn ?? '');
    deadLetters?.send({ body });
    const dimensions = { RuleName: rule.name, ...(rule.bus !== undefined && { EventBusName: rule.bus }) };
    metrics.put({ namespace: 'AWS/Events', name: 'FailedInvocations', dimensions, value: 1, at: now() });
    fail(`rule ${rule.name} could not deliver to ${Arn}: ${why ?? 'it is no function or queue of the template'}`);
  };
}

/** Why a queue does not take what a rule sends; `undefined` when it does. */
function refusal(queue: Queue, { SqsParameters }: RuleTarget): string | undefined {
  if (!queue.isFifo) return SqsParameters && 'only a FIFO queue takes a message group';
  if (!SqsParameters) return 'a FIFO queue needs a message group';
  return queue.isContentDeduplicated ? undefined : 'a FIFO queue must deduplicate by content, since a rule gives no id';
}
