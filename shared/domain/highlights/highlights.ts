/** What a sentence of an abstract may tell of. */
export const highlightLabels = ['task', 'problem', 'idea', 'result'] as const;

export type HighlightLabel = (typeof highlightLabels)[number];

/**
 * The sentences of an abstract that tell of its task, problem, idea and result, by their places among the sentences
 * that `abstractSentences` gives; one sentence may tell of several, and a label that none tells of is absent.
 */
export interface Highlights extends Readonly<Partial<Record<HighlightLabel, number>>> {
  /** How many sentences there were: with another number now, the places mean nothing. */
  readonly of: number;
  /** Other sentences that tell of idea or result, the surest first; absent if there are none. */
  readonly others?: readonly number[];
}
