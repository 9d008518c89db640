import type { EditionPublished, RemakeAsked } from '../../shared/contract/events.js';
import { dateOf } from '../../shared/domain/calendar-date.js';
import type { EditionRepository } from '../../shared/storage/editions-repository.js';
import { type MakeEditionDeps, makeEdition } from './make-edition.js';
import { type NoteFrequenciesDeps, noteFrequencies } from './note-frequencies.js';
import { type NoteMonthDeps, noteMonth } from './note-month.js';

interface RemakeEditionDeps extends NoteMonthDeps {
  readonly papers: MakeEditionDeps['papers'];
  readonly highlights: MakeEditionDeps['highlights'];
  readonly editions: NoteMonthDeps['editions'] &
    NoteFrequenciesDeps['editions'] &
    Pick<EditionRepository, 'before' | 'isOpen' | 'newestDate' | 'remake'>;
  readonly announce: (event: EditionPublished) => Promise<void>;
}

interface RemakeReport {
  readonly outcome: 'remade' | 'sealed' | 'not-published' | 'not-the-newest' | 'no-papers';
  readonly edition: string;
}

/**
 * Makes the newest edition anew from what is known by now, as long as nobody has planned or claimed a digest by it, and
 * announces it. What is made of it for the pages is made anew in any case: an attempt that was interrupted may have left
 * that behind.
 */
export async function remakeEdition({ date }: RemakeAsked, deps: RemakeEditionDeps): Promise<RemakeReport> {
  // What was observed since would rank an older one.
  if (date !== (await deps.editions.newestDate(dateOf(deps.now()))))
    return { outcome: 'not-the-newest', edition: date };
  const outcome = await putAnother(date, deps);
  await noteMonth(date, deps, 'anew');
  if (outcome === 'remade') await deps.announce({ date });
  return { outcome, edition: date };
}

async function putAnother(date: RemakeAsked['date'], deps: RemakeEditionDeps): Promise<RemakeReport['outcome']> {
  if (!(await deps.editions.isOpen(date))) return 'sealed';
  const edition = await makeEdition(date, deps);
  if (!edition) return 'no-papers';
  const outcome = await deps.editions.remake(edition);
  if (outcome === 'remade') await noteFrequencies(edition, deps);
  return outcome;
}
