import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { CliError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import { type Operator, withOperator } from '../../house/operator.js';
import { isWanted, yesOption } from './ask-first.js';
import { type DeadLetters, findDeadLetters } from './redrive/dead-letters.js';
import { type Emptied, emptyInto } from './redrive/empty-queue.js';

/** Does again what was given up on. */
export const redrive: Command = {
  name: 'redrive',
  summary: 'lists the dead-letter queues, or retries what is in one of them',
  operands: [{ name: 'QUEUE', isOptional: true, help: 'a queue as the list names it, such as send-notice' }],
  options: { ...yesOption, all: { type: 'boolean', help: 'every queue' } },
  place: 'house',
  writes: true,
  more: `Without QUEUE or --all it only lists them. Fix the cause first (docs/runbook.md has a heading for each queue), or the messages come
back. A queue's message goes back to that queue, and an event to Paperboy's bus. What has since repeated itself (a tick, the hourly
run, the scores of a day that is over) is deleted, because the next one made up for it. Messages of unknown origin stay where they
are. Each message is delivered before it is deleted here, and handling one twice is harmless, so the command may be interrupted.`,
  async run(given, io) {
    await withOperator(given.place, async (operator) => {
      const all = await findDeadLetters(operator);
      const chosen = chosenFrom(all, given.operands[0]);
      for (const { name, count } of chosen) io.out(`${name}: ${count === 0 ? 'empty' : `${count} messages`}`);
      const filled = chosen.filter(({ count }) => count > 0);
      const isAsked = given.operands[0] !== undefined || given.options.all === true;
      const emptied = isAsked ? await emptyAll(filled, operator, given, io) : [];
      io.json({ queues: chosen.map(({ name, count }) => ({ name, count })), emptied });
    });
  },
};

function chosenFrom(all: readonly DeadLetters[], wanted: string | undefined): readonly DeadLetters[] {
  const chosen = all.filter(({ name }) => wanted === undefined || name === wanted);
  if (chosen.length > 0) return chosen;
  throw new CliError(`QUEUE: there is none called "${wanted}"; there are ${all.map(({ name }) => name).join(', ')}`);
}

async function emptyAll(
  filled: readonly DeadLetters[],
  operator: Operator,
  given: Given,
  io: Io,
): Promise<readonly Emptied[]> {
  if (filled.length === 0) return [];
  const question = 'Move back or invoke again what is lost otherwise, and delete what repeats itself?';
  if (!given.isDryRun && !(await isWanted(given, 'redrive', question))) {
    io.out('nothing was done');
    return [];
  }
  const outside = {
    sqs: operator.clients.sqs,
    events: new EventBridgeClient(operator.clients.settings),
    bus: operator.output('EventBus'),
    now: operator.now(),
    isDryRun: given.isDryRun,
  };
  const emptied: Emptied[] = [];
  for (const letters of filled) {
    const done = await emptyInto(letters, outside);
    io.out(inWords(done, given.isDryRun));
    emptied.push(done);
  }
  return emptied;
}

function inWords({ name, moved, invoked, deleted, kept }: Emptied, isDryRun: boolean): string {
  const parts = [
    [moved, 'back into the queue'],
    [invoked, 'on the bus again'],
    [deleted, 'deleted, since the next run does the same'],
    [kept, 'kept, since nobody here knows them'],
  ] as const;
  const said = parts.flatMap(([count, what]) => (count > 0 ? [`${count} ${what}`] : []));
  return `${name}: ${isDryRun ? 'of the first ten, would be: ' : ''}${said.join('; ') || 'nothing'}`;
}
