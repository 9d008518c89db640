import { addDays } from '../../shared/domain/calendar-date.js';
import { daysBefore, editionsCovering } from '../../shared/domain/edition/archive.js';
import type { Edition } from '../../shared/domain/edition/edition.js';
import { wordCounts } from '../../shared/domain/likeness/word-counts.js';
import type { PaperId } from '../../shared/domain/paper/paper-id.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';

export interface NoteFrequenciesDeps {
  readonly editions: Pick<EditionRepository, 'find' | 'publishedWithin' | 'noteFrequencies'>;
}

/** Notes in how many papers of the month up to an edition each of its words is: by that, learned topics are matched. */
export async function noteFrequencies(edition: Edition, { editions }: NoteFrequenciesDeps): Promise<void> {
  const span = daysBefore(edition.date);
  const earlier = await editions.publishedWithin({ from: span.from, to: addDays(edition.date, -1) });
  const met = new Set<PaperId>();
  const counts = new Map<string, number>();
  count(edition, 'every word');
  // One after the other: each takes much memory to be read.
  for (const date of editionsCovering(span, [...earlier, edition.date])) {
    const other = date === edition.date ? undefined : await editions.find(date);
    if (other) count(other, 'known words');
  }
  await editions.noteFrequencies(edition, { papers: met.size, counts });

  function count({ papers }: Edition, what: 'every word' | 'known words'): void {
    for (const { paper } of papers) {
      if (met.has(paper.id)) continue;
      met.add(paper.id);
      for (const word of wordCounts(paper.title, paper.abstract).keys()) {
        const known = counts.get(word);
        // The frequency of a pair follows from its words'.
        if (word.includes(' ') || (known === undefined && what === 'known words')) continue;
        counts.set(word, (known ?? 0) + 1);
      }
    }
  }
}
