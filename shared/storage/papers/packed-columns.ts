import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { PaperId } from '../../domain/paper/paper-id.js';

/** A number per paper; `null` where there is none. */
type Column = readonly (number | null)[];

/** Papers with some numbers each, column by column. */
interface Columns<Name extends string> {
  readonly ids: readonly PaperId[];
  readonly columns: Readonly<Record<Name, Column>>;
}

// Hundreds of thousands of numbers are read at once: a schema for each would take longer than everything else.
const column = z.custom<Column>(
  (given) => Array.isArray(given) && given.every((one) => one === null || Number.isFinite(one)),
);
const stored = z.object({ ids: z.string(), columns: z.record(z.string(), column) });

/** Packs numbers of papers, sorted by id: JSON, column by column, deflated. */
export function packColumns<Name extends string>(
  papers: ReadonlyMap<PaperId, Readonly<Partial<Record<Name, number | undefined>>>>,
  names: readonly Name[],
): Buffer {
  const sorted = [...papers].sort(([one], [other]) => (one < other ? -1 : 1));
  const columns = Object.fromEntries(names.map((name) => [name, sorted.map(([, numbers]) => numbers[name] ?? null)]));
  return deflateRawSync(JSON.stringify({ ids: sorted.map(([id]) => id).join(' '), columns }));
}

/** Unpacks what `packColumns` made; throws when it is anything else. The ids are not judged: they are only looked up. */
export function unpackColumns<Name extends string>(bytes: Uint8Array, names: readonly Name[]): Columns<Name> {
  const { ids: text, columns } = z.parse(stored, JSON.parse(inflateRawSync(bytes).toString('utf8')));
  const ids = text === '' ? [] : (text.split(' ') as PaperId[]);
  for (const name of names) {
    if (columns[name]?.length !== ids.length)
      throw new Error(`the column ${name} is not as long as the list of papers`);
  }
  return { ids, columns: columns as Record<Name, Column> };
}
