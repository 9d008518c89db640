import { entriesRead, type FileEntry, type ReadEntries } from './named-entry.js';

/** Whether a text begins like CSL-JSON; a list may begin with a number in brackets. */
export const isJson = (text: string) => /^\s*(?:\[\s*[[{"\]]|\{\s*["}])/.test(text);

/** The items of CSL-JSON, bare or exported as `{ "items": [...] }`; `undefined` for a text that is damaged. */
export function cslItems(text: string): readonly unknown[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return value;
    const items = fieldsOf(value).items;
    return Array.isArray(items) ? items : [value];
  } catch {
    return undefined;
  }
}

/** Reads items of CSL-JSON (https://citeproc-js.readthedocs.io/en/latest/csl-json/markup.html). */
export function readCsl(items: readonly unknown[]): ReadEntries {
  return entriesRead(items, entryOf);
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function entryOf(item: unknown): FileEntry {
  // A list of plain texts names papers too.
  if (typeof item === 'string') return { title: item, abstract: undefined, places: [item], name: item };
  const fields = fieldsOf(item);
  const textOf = (name: string) => (typeof fields[name] === 'string' ? fields[name] : undefined);
  const named = ['DOI', 'URL', 'number', 'archive_location', 'container-title', 'note', 'id'];
  const places = named.flatMap((name) => textOf(name) ?? []);
  return { title: textOf('title'), abstract: textOf('abstract'), places, name: textOf('id') };
}
