import * as z from 'zod/mini';
import { calendarDate, paperId } from '../../contract/ids.js';
import { type CalendarDate, dateOf, dayMs, startOf } from '../../domain/calendar-date.js';
import { once } from '../../domain/once.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { type Outcome, outcomes } from '../../domain/subscriber/outcome.js';
import type { EditionOutcome } from '../../domain/subscriber/subscriber.js';

const keptOutcomes = 7;

const storedOutcome = once(() => z.object({ edition: calendarDate, outcome: z.enum(outcomes), batch: z.string() }));

/** The outcomes with one more, in the order of their editions; the last seven are kept. */
export function withOutcome(kept: readonly EditionOutcome[], added: EditionOutcome): EditionOutcome[] {
  const others = kept.filter(({ edition }) => edition !== added.edition);
  return [...others, added].sort((a, b) => (a.edition < b.edition ? -1 : 1)).slice(-keptOutcomes);
}

/** The slot of a batch's id, `<slot>#<seq>`. */
const slotIn = (batch = '') => batch.slice(0, Math.max(0, batch.lastIndexOf('#')));

/** A letter for each outcome, as rows have them. */
const letters: Readonly<Record<Outcome, string>> = {
  sent: 's',
  unmatched: 'n',
  'quiet-noted': 'q',
  suppressed: 'p',
  failed: 'f',
  expired: 'e',
  uncertain: 'u',
};

/** A batch as it is written after another: without its slot, `#<seq>`, when that is the same. */
function writtenBatches(kept: readonly EditionOutcome[]): readonly string[] {
  return kept.map(({ batch }, index) => {
    const isSameSlot = index > 0 && slotIn(batch) === slotIn(kept[index - 1]?.batch);
    return isSameSlot ? batch.slice(slotIn(batch).length) : batch;
  });
}

/**
 * One line each, which is short, and a condition compares them at once: the edition's day since 1970 in three digits of base
 * 36 (enough until 2097), the outcome's letter, the batch. `undefined` when there are none.
 */
export function outcomesText(kept: readonly EditionOutcome[]): string | undefined {
  if (kept.length === 0) return undefined;
  const text = texts.get(kept) ?? textOf(kept);
  texts.set(kept, text);
  return text;
}

/** What lists were written as before: a claim and its outcome both write and compare the same one. */
const texts = new WeakMap<readonly EditionOutcome[], string>();

function textOf(kept: readonly EditionOutcome[]): string {
  const batches = writtenBatches(kept);
  const dayOf = (edition: CalendarDate) => (startOf(edition) / dayMs).toString(36).padStart(3, '0');
  return kept.map(({ edition, outcome }, at) => `${dayOf(edition)}${letters[outcome]}${batches[at]}`).join('\n');
}

/** The same as earlier versions wrote it: `<edition> <outcome> <batch>`. */
export function formerOutcomesText(kept: readonly EditionOutcome[]): string | undefined {
  if (kept.length === 0) return undefined;
  const batches = writtenBatches(kept);
  return kept.map(({ edition, outcome }, at) => `${edition} ${outcome} ${batches[at]}`).join('\n');
}

/** The texts that lists were read from. */
const readFrom = new WeakMap<readonly EditionOutcome[], string>();

/** The texts that a row may hold which has this list: the one it was read from or, where that is not known, both forms. */
export function storedForms(kept: readonly EditionOutcome[]): readonly (string | undefined)[] {
  const known = readFrom.get(kept);
  return known === undefined ? [outcomesText(kept), formerOutcomesText(kept)] : [known];
}

/** Reads what `outcomesText` wrote, or an earlier version. */
export function readOutcomes(text: string | undefined): EditionOutcome[] {
  let slot = '';
  const kept = (text?.split('\n') ?? []).map((line) => {
    const { written = '', ...rest } = outcomeIn(line);
    const batch = written.startsWith('#') ? slot + written : written;
    slot = slotIn(batch);
    return z.parse(storedOutcome(), { ...rest, batch });
  });
  if (text !== undefined) readFrom.set(kept, text);
  return kept;
}

function outcomeIn(line: string) {
  const [, day, letter, written] = /^([0-9a-z]{3})([a-z])(.*)$/.exec(line) ?? [];
  if (day !== undefined) {
    const outcome = outcomes.find((each) => letters[each] === letter);
    return { edition: dateOf(Number.parseInt(day, 36) * dayMs), outcome, written };
  }
  const [edition, outcome, formerly] = line.split(' ');
  return { edition, outcome, written: formerly };
}

/** The `<yymm>.` of an id; empty for those of before April 2007. */
const monthOf = (id = '') => /^\d{4}\./.exec(id)?.[0] ?? '';

/** The papers of a claim; one of the same month as the one before it is written without `<yymm>.`. */
export function claimedPapersText(papers: readonly PaperId[]): string {
  const shortened = papers.map((id, index) => {
    const month = monthOf(papers[index - 1]);
    return month !== '' && id.startsWith(month) ? id.slice(month.length) : id;
  });
  return shortened.join(' ');
}

/** Reads what `claimedPapersText` wrote, or an earlier version, which wrote every id whole. */
export function readClaimedPapers(text: string): PaperId[] {
  let month = '';
  const ids = (text === '' ? [] : text.split(' ')).map((written) => {
    const id = /^\d+$/.test(written) ? month + written : written;
    month = monthOf(id);
    return id;
  });
  return z.parse(z.array(paperId), ids);
}
