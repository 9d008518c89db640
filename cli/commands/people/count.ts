import { subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { UsageError } from '../../command/cli-error.js';
import type { Command, Given } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { withOperator } from '../../house/operator.js';
import { type Counted, tally } from './tally.js';

/** Counts subscribers by where they stand. */
export const count: Command = {
  name: 'subscribers count',
  summary: 'counts subscribers by status, and by time zone or hour if asked',
  options: {
    by: {
      type: 'string',
      value: 'zone|hour',
      help: 'also counts those who get digests by their time zone or local hour',
    },
  },
  place: 'house',
  async run(given, io) {
    const by = readBy(given);
    const counted = await withOperator(given.place, ({ dynamo, output, now }) =>
      tally(subscriberRegister(dynamo, output('SubscribersTable')).everybody(now()), by),
    );
    io.out(countsInLines(counted));
    io.json(counted);
  },
};

function readBy(given: Given): 'zone' | 'hour' | undefined {
  const by = textOf(given, 'by');
  if (by === undefined || by === 'zone' || by === 'hour') return by;
  throw new UsageError('subscribers count: --by is zone or hour; see npm run cli -- subscribers count --help');
}

function countsInLines({ total, byStatus, bySlot }: Counted): string {
  const lines = (counts: Readonly<Record<string, number>>) =>
    Object.entries(counts).map(([what, number]) => `${String(number).padStart(9)}  ${what}`);
  const slots = bySlot === undefined ? [] : ['', ...lines(bySlot)];
  return [...lines(byStatus), ...lines({ 'in all': total }), ...slots].join('\n');
}
