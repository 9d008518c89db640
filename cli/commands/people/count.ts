import { type Standing, subscriberRegister } from '../../../shared/storage/register/subscriber-register.js';
import { UsageError } from '../../command/cli-error.js';
import type { Command, Given } from '../../command/command.js';
import { textOf } from '../../command/read-given.js';
import { withOperator } from '../../house/operator.js';
import { standings } from './file/file-fields.js';

/** Counts subscribers by where they stand. */
export const count: Command = {
  name: 'subscribers count',
  summary: 'counts subscribers by status and, on request, by time zone or hour',
  options: {
    by: {
      type: 'string',
      value: 'zone|hour',
      help: 'also counts those who get digests, by time zone or local hour',
    },
  },
  place: 'house',
  async run(given, io) {
    const by = readBy(given);
    const counted = await withOperator(given.place, ({ dynamo, output, now }) => {
      const tellUnreadable = (id: string) => io.tell(`${id}: its row is of another version; it is not counted`);
      return tally(subscriberRegister(dynamo, output('SubscribersTable')).everybody(now(), tellUnreadable), by);
    });
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

/** How many subscribers there are. */
interface Counted {
  readonly total: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** By zone or hour, those whose digests come, or come again after a pause. */
  readonly bySlot?: Readonly<Record<string, number>>;
}

const partOf = {
  zone: (slot: string) => slot.split('@')[0] ?? '',
  hour: (slot: string) => slot.split('@')[1]?.slice(0, 2) ?? '',
};

/** Counts subscribers as they come, in every status that there can be, and by a part of their slots. */
export async function tally(
  pages: AsyncIterable<readonly Pick<Standing, 'standing' | 'slot'>[]>,
  by: 'zone' | 'hour' | undefined,
): Promise<Counted> {
  const byStatus = new Map<string, number>(standings.map((standing) => [standing, 0]));
  const bySlot = new Map<string, number>();
  const add = (counts: Map<string, number>, what: string) => counts.set(what, (counts.get(what) ?? 0) + 1);
  let total = 0;
  for await (const page of pages) {
    total += page.length;
    for (const { standing, slot } of page) {
      add(byStatus, standing);
      if (by !== undefined && slot !== undefined) add(bySlot, partOf[by](slot));
    }
  }
  const sorted = Object.fromEntries(
    [...bySlot]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([what, n]) => [by === 'hour' ? `${what}:00` : what, n]),
  );
  return { total, byStatus: Object.fromEntries(byStatus), ...(by !== undefined && { bySlot: sorted }) };
}
