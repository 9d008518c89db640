import * as z from 'zod/mini';
import { type CalendarDate, dateOf, type Instant, startOf } from '../../domain/calendar-date.js';
import type { Counts, Observation } from '../../domain/paper/paper.js';
import type { PaperId } from '../../domain/paper/paper-id.js';
import { type Item, rowReader } from '../dynamo/rows.js';
import { packColumns, unpackColumns } from './packed-columns.js';

/** What changes too often for a paper's row to be written each time. */
export interface Standing {
  /** The newest day on which the paper was listed or first seen. */
  readonly day: CalendarDate;
  readonly latest?: Observation;
  /** When arXiv last described it … */
  readonly describedAt?: Instant;
  /** … and in which version. */
  readonly version?: number;
}

/** What one run found: counts that changed, and the newest of every paper that may be in an edition. */
export interface Hour {
  readonly at: Instant;
  readonly changed: ReadonlyMap<PaperId, Counts>;
  readonly newest: ReadonlyMap<PaperId, Standing>;
}

const counted = ['upvotes', 'comments', 'stars'] as const satisfies readonly (keyof Counts)[];
const standing = [...counted, 'day', 'at', 'describedAt', 'version'] as const;

/** The row of a run; where it would be too large, its `parts` are rows of their own. */
export const readHourRow = rowReader(() =>
  z.object({
    at: z.number(),
    changed: z.exactOptional(z.instanceof(Uint8Array)),
    newest: z.exactOptional(z.instanceof(Uint8Array)),
    parts: z.exactOptional(z.string()),
  }),
);
export type HourRow = ReturnType<typeof readHourRow>;

const readPart = rowReader(() => z.object({ bytes: z.instanceof(Uint8Array) }));
export const joinParts = (items: readonly Item[]) => Buffer.concat(items.map((item) => readPart(item).bytes));

export const packChanged = (changed: Hour['changed']) => packColumns(changed, counted);

export function packNewest(newest: Hour['newest']): Buffer {
  const flat = [...newest].map(
    ([id, { day, latest, describedAt, version }]) =>
      [id, { ...latest, day: startOf(day), describedAt, version }] as const,
  );
  return packColumns(new Map(flat), standing);
}

type CountColumns = ReturnType<typeof unpackColumns<(typeof counted)[number]>>['columns'];

/** The counts of one place, into an object that is given. */
function addCounts<Target extends object>(columns: CountColumns, place: number, target: Target): Target & Counts {
  const counts: { upvotes?: number; comments?: number; stars?: number } & Target = target;
  for (const name of counted) {
    const count = columns[name][place];
    if (count !== null && count !== undefined) counts[name] = count;
  }
  return counts;
}

export function unpackNewest(bytes: Uint8Array): ReadonlyMap<PaperId, Standing> {
  const { ids, columns } = unpackColumns(bytes, standing);
  const days = new Map<number, CalendarDate>();
  const dayFrom = (start: number): CalendarDate => {
    const day = days.get(start) ?? dateOf(start);
    days.set(start, day);
    return day;
  };
  const standingAt = (place: number): Standing => {
    const [at, describedAt, version] = [columns.at[place], columns.describedAt[place], columns.version[place]];
    return {
      day: dayFrom(columns.day[place] ?? 0),
      ...(typeof at === 'number' && { latest: addCounts(columns, place, { at }) }),
      ...(typeof describedAt === 'number' && { describedAt }),
      ...(typeof version === 'number' && { version }),
    };
  };
  return new Map(ids.map((id, place) => [id, standingAt(place)]));
}

/** Appends every count that a run saw changed, as an observation of its instant, to the list that `listOf` has for the paper. */
export function addChanged(bytes: Uint8Array, at: Instant, listOf: (id: PaperId) => Observation[] | undefined): void {
  const { ids, columns } = unpackColumns(bytes, counted);
  for (const [place, id] of ids.entries()) listOf(id)?.push(addCounts(columns, place, { at }));
}

export function unpackChanged(bytes: Uint8Array): ReadonlyMap<PaperId, Counts> {
  const { ids, columns } = unpackColumns(bytes, counted);
  return new Map(ids.map((id, place) => [id, addCounts(columns, place, {})]));
}
