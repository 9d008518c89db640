import type { RankedPaper } from '../../../../shared/domain/edition/edition.js';
import { highlightsAmong } from '../../../../shared/domain/highlights/authors-words.js';
import { type Highlights, highlightLabels } from '../../../../shared/domain/highlights/highlights.js';
import { abstractSentences } from '../../../../shared/domain/highlights/sentences.js';
import type { Paper } from '../../../../shared/domain/paper/paper.js';
import { shownText } from '../../../../shared/domain/text/shown-text.js';

interface MarkedAbstractProps {
  readonly paper: Pick<Paper, 'abstract'>;
  readonly ranked?: RankedPaper | undefined;
}

/** The whole abstract, with the sentences marked of which digests are made. */
export function MarkedAbstract({ paper: { abstract }, ranked }: MarkedAbstractProps) {
  const text = shownText(abstract);
  if (text === '') return <p class="soft">No source has given its abstract yet.</p>;
  const sentences = abstractSentences(abstract);
  // Those of another version of the abstract say nothing of this one.
  const chosen = ranked?.paper.abstract === abstract ? ranked.highlights : undefined;
  const labels = labelsOf(highlightsAmong(sentences, chosen));
  const end = sentences.at(-1)?.end ?? 0;
  return (
    <>
      <p class="abstract">
        {sentences.map((sentence, place) => {
          const before = text.slice(sentences[place - 1]?.end ?? 0, sentence.start);
          const label = labels.get(place)?.join(', ');
          if (label === undefined) return before + sentence.text;
          return (
            <>
              {before}
              <mark>
                <b>{label.charAt(0).toUpperCase() + label.slice(1)}:</b> {sentence.text}
              </mark>
            </>
          );
        })}
        {text.slice(end)}
      </p>
      {labels.size > 0 ? (
        <p class="soft small">The words are the authors’ own. A program chose and named the marked sentences.</p>
      ) : null}
    </>
  );
}

/** What each chosen sentence tells of, by its place. */
function labelsOf(highlights: Highlights): ReadonlyMap<number, readonly string[]> {
  const labels = new Map<number, string[]>();
  for (const label of highlightLabels) {
    const place = highlights[label];
    if (place !== undefined) labels.set(place, [...(labels.get(place) ?? []), label]);
  }
  return labels;
}
