import { hourMs, minuteMs } from '../../../shared/domain/calendar-date.js';
import { subscriberIdOf } from '../../../shared/storage/subscribers/subscriber-rows.js';
import type { Chance } from '../engine/chance.js';
import { publicationOf } from '../engine/profile.js';
import { keys, type Reader, type Step } from './readers.js';

const addressOf = (number: number, which: string) => `elsewhere-${which}${number}@example.org`;

/** Who moves to another address in the midst of it all: once, to two at the same time, or leaving in between. */
export function movesOf(chance: Chance, number: number, editionAt: number): readonly Step[] {
  const at = publicationOf(chance, editionAt) + chance.between(-20 * minuteMs, 2 * hourMs, `move of ${number}`);
  const soon = at + chance.between(0, 20 * minuteMs, `next of ${number}`);
  const first: Step = { at, do: 'address', how: addressOf(number, 'first') };
  switch (number === 0 ? 'once' : chance.pick(['once', 'both', 'leave'], `moves of ${number}`)) {
    case 'both':
      return [first, { at: soon, do: 'address', how: addressOf(number, 'second') }];
    case 'leave':
      return [first, { at: soon, do: 'unsubscribe', how: 'one-click' }];
    default:
      return [first];
  }
}

/** The same people at their new addresses, numbered from `next` on; some who move once move on from there. */
export function newcomersOf(chance: Chance, readers: readonly Reader[], next: number): readonly Reader[] {
  const newcomers: Reader[] = [];
  const add = (reader: Reader, which: string, steps: readonly Step[]) => {
    const address = addressOf(reader.number, which);
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
    add(reader, 'first', movesOn ? [{ at, do: 'address', how: addressOf(number, 'second') }] : []);
    if (movesOn || moves.length > 1) add(reader, 'second', []);
  }
  return newcomers;
}
