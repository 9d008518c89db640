import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import type { Command, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { countSubscribers } from '../../house/status/count-subscribers.js';
import { describeStatus, statusScreen } from '../../house/status/describe-status.js';
import { factsAsJson, type StatusFacts } from '../../house/status/facts.js';
import { gatherFacts } from '../../house/status/gather-facts.js';
import { sourcesOf } from '../../house/status/house-facts.js';

/** Shows on one screen how everything is going. */
export const status: Command = {
  name: 'status',
  summary: 'shows how everything is going: sources, edition, run, queues, alarms, sending, subscribers',
  place: 'house',
  more: `A line with "!" needs your attention: docs/runbook.md has a heading for each alarm, and \`doctor\` says what to do.
A line with "?" is a fact that could not be read; the others are shown, and the exit code is 1.
Subscribers are counted by reading the whole table, which takes a while if there are very many.`,
  async run({ place }, io) {
    const facts = await withOperator(place, (operator) => factsOf(operator, io));
    const view = describeStatus(facts);
    io.out(statusScreen(view, io.paint));
    io.json(factsAsJson(facts));
    if (view.lines.some(({ state }) => state === 'unknown')) io.exitWith(1);
  },
};

/** Reads every fact of a house that was reached, with a bar while the subscribers are counted. */
async function factsOf(operator: Operator, { progress }: Io): Promise<StatusFacts> {
  const { dynamo, output } = operator;
  return gatherFacts({
    ...(await sourcesOf(operator)),
    async countSubscribers() {
      const TableName = output('SubscribersTable');
      // Two items of each, as DynamoDB last counted them up to six hours ago: enough for a bar.
      const { Table } = await dynamo.send(new DescribeTableCommand({ TableName }));
      const bar = progress('Counting subscribers', Math.max(1, Math.round((Table?.ItemCount ?? 0) / 2)));
      return countSubscribers(subscriberRegister(dynamo, TableName), operator.now(), bar.step).finally(bar.end);
    },
  });
}
