import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { countByStatus } from '../../../shared/storage/subscribers/subscriber-counts.js';
import type { Command, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { describeStatus, statusScreen } from '../../house/status/describe-status.js';
import { factsAsJson, type StatusFacts } from '../../house/status/facts.js';
import { gatherFacts, type Machinery } from '../../house/status/gather-facts.js';

/** Shows on one screen how everything is going. */
export const status: Command = {
  name: 'status',
  summary: 'shows how everything is going: sources, edition, run, queues, alarms, sending, subscribers',
  place: 'house',
  more: `A line with "!" needs your attention: docs/runbook.md has a heading for each alarm, and \`doctor\` says what to do.
A line with "?" is a fact that could not be read; the others are shown, and the exit code is 1.
Subscribers are counted by reading their whole table, which takes a while where there are very many.`,
  async run({ place }, io) {
    const facts = await withOperator(place, (operator) => factsOf(operator, io));
    const view = describeStatus(facts);
    io.out(statusScreen(view, io.paint));
    io.json(factsAsJson(facts));
    if (view.lines.some(({ state }) => state === 'unknown')) io.exitWith(1);
  },
};

/** Reads every fact of a house that was reached, with a bar while the subscribers are counted. */
export async function factsOf(operator: Operator, { progress }: Pick<Io, 'progress'>): Promise<StatusFacts> {
  const { kind, name, dynamo } = operator;
  return gatherFacts({
    ...operator,
    place: kind === 'local' ? `The house in ${name}` : `The stack ${name}`,
    machinery: await machineryOf(operator),
    async countSubscribers() {
      const bar = progress('Counting subscribers, by items read', await roughItems(operator));
      return countByStatus(dynamo, operator.output('SubscribersTable'), bar.step).finally(bar.end);
    },
  });
}

/** Loaded when it is needed: whoever looks at a folder asks no service of AWS. */
async function machineryOf({ house, name, clients }: Operator): Promise<Machinery> {
  if (house) return (await import('../../house/status/local-machinery.js')).localMachinery(house, 'at-rest');
  const { stackResources } = await import('../../house/stack-resources.js');
  const { deployedMachinery } = await import('../../house/status/deployed-machinery.js');
  return deployedMachinery(clients.settings, stackResources(clients.settings, name));
}

/** As DynamoDB last counted it, up to six hours ago: enough for a bar. */
async function roughItems({ dynamo, output }: Operator): Promise<number> {
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: output('SubscribersTable') }));
  return Math.max(1, Table?.ItemCount ?? 1);
}
