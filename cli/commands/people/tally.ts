import type { Standing } from '../../../shared/storage/register/subscriber-register.js';
import { standings } from './file-fields.js';

/** How many subscribers there are. */
export interface Counted {
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
