import * as z from 'zod/mini';
import { outcomes } from '../../domain/subscriber/outcome.js';
import type { EditionOutcome } from '../../domain/subscriber/subscriber.js';
import { calendarDate } from '../domain-schemas.js';

const keptOutcomes = 7;

const storedOutcome = z.object({ edition: calendarDate, outcome: z.enum(outcomes), batch: z.string() });

/** The outcomes with one more, in the order of their editions; the last seven are kept. */
export function withOutcome(kept: readonly EditionOutcome[], added: EditionOutcome): EditionOutcome[] {
  const others = kept.filter(({ edition }) => edition !== added.edition);
  return [...others, added].sort((a, b) => (a.edition < b.edition ? -1 : 1)).slice(-keptOutcomes);
}

/** The slot of a batch's id, `<slot>#<seq4>`. */
const slotIn = (batch = '') => batch.slice(0, Math.max(0, batch.lastIndexOf('#')));

/**
 * One line `<edition> <outcome> <batch>` each, which is short, and a condition compares them at once. A batch of the same slot as the
 * one before it is written without the slot, `#<seq4>`. `undefined` when there are none.
 */
export function outcomesText(kept: readonly EditionOutcome[]): string | undefined {
  if (kept.length === 0) return undefined;
  const lines = kept.map(({ edition, outcome, batch }, index) => {
    const isSameSlot = index > 0 && slotIn(batch) === slotIn(kept[index - 1]?.batch);
    return `${edition} ${outcome} ${isSameSlot ? batch.slice(slotIn(batch).length) : batch}`;
  });
  return lines.join('\n');
}

/** Reads what `outcomesText` wrote. */
export function readOutcomes(text: string | undefined): EditionOutcome[] {
  let slot = '';
  return (text?.split('\n') ?? []).map((line) => {
    const [edition, outcome, written = ''] = line.split(' ');
    const batch = written.startsWith('#') ? slot + written : written;
    slot = slotIn(batch);
    return z.parse(storedOutcome, { edition, outcome, batch });
  });
}
