import type { FilterTopic } from '../../../shared/domain/subscriber/topic.js';

/** How an edition is to be shown. */
export interface EditionView {
  /** Only papers of this topic. */
  readonly topic?: FilterTopic;
  /** A line for each paper. */
  readonly isCompact: boolean;
  /** From 1; beyond the last page it is the last. */
  readonly page: number;
}

/** Reads `topic`, an id of the catalogue; `view`, which may be `compact`; and `page`. What is unknown counts as not given. */
export function readView(query: Readonly<Record<string, string>>, catalogue: readonly FilterTopic[]): EditionView {
  const topic = catalogue.find(({ id }) => id === query.topic);
  const page = /^[1-9]\d{0,5}$/.test(query.page ?? '') ? Number(query.page) : 1;
  return { ...(topic && { topic }), isCompact: query.view === 'compact', page };
}

/** What of a view an address says besides the edition's date; empty for the plain view. */
export function viewQuery({ topic, isCompact, page }: EditionView): string {
  const fields = {
    ...(topic && { topic: topic.id }),
    ...(isCompact && { view: 'compact' }),
    ...(page > 1 && { page: String(page) }),
  };
  const query = new URLSearchParams(fields).toString();
  return query === '' ? '' : `?${query}`;
}
