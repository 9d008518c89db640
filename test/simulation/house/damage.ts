import { hourMs } from '../../../shared/domain/calendar-date.js';
import type { Item } from '../../../shared/storage/dynamo/rows.js';
import type { World } from '../engine/world.js';
import { env } from './functions.js';
import type { Reader } from './readers.js';

/** What happens to a row that is spoilt: newer code wrote it, or its contents make no sense. */
const spoiled: Readonly<Record<string, (item: Item) => Item>> = {
  newer: (item) => ({ ...item, v: 99 }),
  outcomes: (item) => ({ ...item, outcomes: '2026-08-04 perplexed Nowhere@07#0000' }),
  slot: (item) => ({ ...item, slot: 'Mars/Phobos@07' }),
};

/** Spoils one row of one subscriber, or adds a slot that nobody can be in, before or while the first edition goes out. */
export function damageOf(world: World, readers: readonly Reader[], firstAt: number): void {
  const { chance } = world.faults;
  const reader = chance.pick(
    readers.filter(({ origin }) => origin === 'active'),
    'damaged',
  );
  const kind = chance.pick(['newer', 'outcomes', 'slot', 'profile', 'unknown zone', 'no slot'], 'damage');
  world.scheduler.at(firstAt + chance.between(-hourMs / 2, hourMs / 2, 'damaged at'), () => {
    world.trace(`damage: ${kind} of reader ${reader.number}`);
    const table = world.dynamo.table(env.SUBSCRIBERS_TABLE);
    if (kind === 'unknown zone' || kind === 'no slot') {
      const sk = kind === 'no slot' ? 'nonsense' : 'Mars/Phobos@07';
      table.write({ pk: 'slots', sk }, { pk: 'slots', sk, v: 1 }, world.scheduler.now);
      return;
    }
    world.damaged.push(reader.id);
    const key = { pk: reader.id, sk: kind === 'profile' ? 'profile' : 'state' };
    const item = table.stored(key)?.item;
    const spoil = spoiled[kind] ?? ((row: Item) => ({ ...row, topics: 'none' }));
    if (item) table.write(key, spoil(item), world.scheduler.now);
  });
}
