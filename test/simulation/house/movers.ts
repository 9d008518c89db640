import { hourMs } from '../../../shared/domain/calendar-date.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import type { Chance } from '../engine/chance.js';
import { keys, newAddressOf, type Reader, type Step } from './readers.js';

/** The same people at their new addresses, numbered from `next` on; some who move once move on from there. */
export function newcomersOf(chance: Chance, readers: readonly Reader[], next: number): readonly Reader[] {
  const newcomers: Reader[] = [];
  const add = (reader: Reader, which: string, steps: readonly Step[]) => {
    const address = newAddressOf(reader.number, which);
    const [id, profile] = [subscriberIdOf(address, keys.identity), { ...reader.profile, address }];
    const number = next + newcomers.length;
    newcomers.push({ ...reader, number, id, profile, origin: 'stranger', steps, movesFrom: reader.number });
  };
  for (const reader of readers) {
    const { number, steps } = reader;
    const moves = steps.filter((step) => step.do === 'address');
    const [first] = moves;
    if (!first) continue;
    const at = first.at + chance.between(0.2, 14, `second move of ${number}`) * hourMs;
    const movesOn = steps.length === 1 && chance.isBelow(0.5, `moves on ${number}`);
    add(reader, 'first', movesOn ? [{ at, do: 'address', how: newAddressOf(number, 'second') }] : []);
    if (movesOn || moves.length > 1) add(reader, 'second', []);
  }
  return newcomers;
}
