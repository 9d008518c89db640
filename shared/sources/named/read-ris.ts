import { entriesRead, type FileEntry, type ReadEntries } from './named-entry.js';

const tagged = /^\s{0,4}([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/;

/** Whether a text has an entry of RIS. */
export const isRis = (text: string) => /^\s{0,4}TY {1,2}-/m.test(text);

/** Reads RIS: a tag a line, which goes on in lines without one; an entry begins with `TY`. */
export function readRis(text: string): ReadEntries {
  const entries: Map<string, string[]>[] = [];
  let last: string[] | undefined;
  for (const line of text.split(/\r\n|[\n\r]/)) {
    const [, tag, value = ''] = tagged.exec(line) ?? [];
    if (tag === undefined) last?.push(line);
    else if (tag === 'TY') {
      entries.push(new Map());
      last = undefined;
    } else {
      last = entries.at(-1)?.get(tag) ?? [];
      last.push(value);
      entries.at(-1)?.set(tag, last);
    }
  }
  return entriesRead(entries, entryOf);
}

function entryOf(tags: ReadonlyMap<string, readonly string[]>): FileEntry {
  const first = (...names: readonly string[]) => names.flatMap((name) => tags.get(name)?.join(' ') ?? [])[0];
  const places = ['DO', 'UR', 'L1', 'L2', 'LK', 'AN', 'M1', 'JO', 'N1'].flatMap((name) => tags.get(name) ?? []);
  return { title: first('TI', 'T1', 'CT'), abstract: first('AB', 'N2'), places, name: first('ID', 'AU', 'A1') };
}
