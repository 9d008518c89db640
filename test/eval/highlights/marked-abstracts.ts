import * as z from 'zod/mini';
import { type HighlightLabel, highlightLabels } from '../../../shared/domain/highlights/highlights.js';
import { abstractSentences, type Sentence } from '../../../shared/domain/highlights/sentences.js';
import type { TextRange } from '../../../shared/domain/text/excerpt.js';
import { shownText } from '../../../shared/domain/text/shown-text.js';
import { parseInput, readInput } from '../../support/read-input.js';

const markedLine = z.object({
  id: z.string(),
  abstract: z.string(),
  spans: z.array(z.object({ start: z.number(), end: z.number(), label: z.enum(highlightLabels) })),
});

/** An abstract in which people marked what tells of each label. */
export interface MarkedAbstract {
  readonly id: string;
  readonly abstract: string;
  readonly sentences: readonly Sentence[];
  /** The sentences that bear a label; absent where nothing in the text is marked with it. */
  readonly bearers: ReadonlyMap<HighlightLabel, ReadonlySet<number>>;
}

/** Where an offset of an abstract is in the abstract as shown. */
function shownOffset(abstract: string, at: number): number {
  const before = abstract.slice(0, at);
  return shownText(before).length + (/\S\s+$/.test(before) ? 1 : 0);
}

/** Whether two ranges share at least half of the shorter one. */
function overlap(a: TextRange, b: TextRange): boolean {
  const shared = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  return shared > 0 && 2 * shared >= Math.min(a.end - a.start, b.end - b.start);
}

function marked({ id, abstract, spans }: z.infer<typeof markedLine>): MarkedAbstract {
  const sentences = abstractSentences(abstract);
  const end = sentences.at(-1)?.end ?? 0;
  const bearers = new Map<HighlightLabel, Set<number>>();
  for (const { label, ...span } of spans) {
    const range = { start: shownOffset(abstract, span.start), end: Math.min(end, shownOffset(abstract, span.end)) };
    // Some marks lie behind the end of their text, or end before they begin.
    if (range.end <= range.start) continue;
    const bearing = bearers.get(label) ?? new Set();
    bearers.set(label, bearing);
    for (const [index, sentence] of sentences.entries()) if (overlap(sentence, range)) bearing.add(index);
  }
  return { id, abstract, sentences, bearers };
}

/** Reads `{"id","abstract","spans":[{"start","end","label"}]}` a line; offsets are into the abstract as it is written. */
export function readMarkedAbstracts(path: string): readonly MarkedAbstract[] {
  const lines = readInput(path).split('\n');
  return lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [marked(parseInput(line, markedLine, `${path}:${index + 1}`))],
  );
}
