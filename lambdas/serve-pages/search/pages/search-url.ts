import type { SearchFields } from '../read-search.js';

/** The address of a search with some of its fields changed; it begins on the first page unless that is one of them. */
export function searchUrl(
  { q, from, to, sort }: SearchFields,
  change: Partial<SearchFields> & { readonly page?: number } = {},
): string {
  const { page, ...fields } = { q, from, to, sort, ...change };
  return `/search?${new URLSearchParams({ ...fields, ...(page !== undefined && { page: String(page) }) })}`;
}
