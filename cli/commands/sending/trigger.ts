import { randomUUID } from 'node:crypto';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { arxivGroup, hourlyIngest } from '../../../shared/contract/messages.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';

/** The functions that have a schedule, by how their logical ids begin; ingest's puts a message on its queue. */
const scheduled: ReadonlyMap<string, string> = new Map([
  ['ingest-papers', 'IngestPapers'],
  ['plan-digests', 'PlanDigests'],
  ['review-editions', 'ReviewEditions'],
  ['learn-topics', 'LearnTopics'],
]);
const names = [...scheduled.keys()].join(', ');

/** Starts a function as its schedule does, without waiting for it. */
export const trigger: Command = {
  name: 'trigger',
  summary: 'starts a function now, as its schedule would',
  operands: [{ name: 'FUNCTION', help: names }],
  place: 'house',
  writes: true,
  more: `It asks for one extra run and does not wait for it: \`status\` and the function's log show how it went. ingest-papers handles the
messages of its queue one after the other, and starts score-trends when it is done. An extra run does no harm: no paper counts twice,
and nobody gets a digest twice.`,
  async run(given, io) {
    const [name = ''] = given.operands;
    const logicalId = scheduled.get(name);
    if (logicalId === undefined) {
      throw new UsageError(`trigger: FUNCTION is one of ${names}, not "${name}"; see npm run cli -- trigger --help`);
    }
    await withOperator(given.place, async (operator) => {
      const begin = await starterOf(name, logicalId, operator);
      if (!given.isDryRun) await begin();
      const asked = operator.kind === 'local' ? 'waits for this Paperboy to run again: npm start' : 'asked to run';
      io.out(`${name}: ${given.isDryRun ? 'would be asked to run' : asked}`);
      io.json({ function: name, asked: !given.isDryRun });
    });
  },
};

/** How to ask a function for a run, once it is known to be there. */
async function starterOf(name: string, logicalId: string, operator: Operator): Promise<() => Promise<unknown>> {
  const { house, clients } = operator;
  if (name === 'ingest-papers') return hourlyMessage(operator);
  if (house) return () => house.fire(logicalId);
  const FunctionName = await physicalName(logicalId, operator);
  // What EventBridge sends, in so far as a function and redrive look at it.
  const event = { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} };
  const request = { FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) } as const;
  return () => new LambdaClient(clients.settings).send(new InvokeCommand(request));
}

function hourlyMessage({ clients, output }: Operator): () => Promise<unknown> {
  const request = {
    QueueUrl: output('IngestQueue'),
    MessageBody: JSON.stringify(hourlyIngest),
    MessageGroupId: arxivGroup,
    // The schedule's is the hash of the body: soon after it, a second message would count as the same.
    MessageDeduplicationId: randomUUID(),
  };
  return () => clients.sqs.send(new SendMessageCommand(request));
}

async function physicalName(logicalId: string, { clients, name }: Operator): Promise<string> {
  const { stackResources } = await import('../../house/stack-resources.js');
  const found = (await stackResources(clients.settings, name)()).find(
    ({ type, logicalId: id }) => type === 'AWS::Lambda::Function' && id.startsWith(`${logicalId}Worker`),
  );
  if (found) return found.name;
  throw new CliError(`${name} has no function ${logicalId}: deploy this version of Paperboy`);
}
