import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { Pressable, type PressablePaper, PressButtons } from '../../like/pages/pressable.js';
import type { LearnedView } from '../learned-view.js';

interface LearnedMatchesProps {
  readonly view: Pick<LearnedView, 'today'>;
  /** The paper of which something was just said. */
  readonly pressed: PressablePaper | undefined;
  readonly action: string;
}

/** What the newest edition has for a learned topic, each paper to be pressed; and above it what was just pressed. */
export function LearnedMatches({ view: { today }, pressed, action }: LearnedMatchesProps) {
  return (
    <>
      {pressed ? <Pressable paper={pressed} action={action} level="lead" /> : null}
      {today ? <Today today={today} action={action} /> : null}
    </>
  );
}

function Today({ today, action }: { today: NonNullable<LearnedView['today']> } & Pick<LearnedMatchesProps, 'action'>) {
  const { date, papers, matched, isSilent } = today;
  return (
    <section aria-labelledby="today">
      <h2 id="today">In the edition of {dayInWords(date)}</h2>
      {matched === 0 ? (
        <p>
          {isSilent
            ? 'These papers are too few, or too different, to be sure of anything. Name more, or choose a wider setting below.'
            : 'No paper of this edition is like these.'}
        </p>
      ) : (
        <>
          <p>{matched === 1 ? 'One paper is like these:' : `${matched} papers are like these. The best:`}</p>
          <ol class="latest">
            {papers.map(({ id, title, why }) => (
              <li>
                <a href={`/papers/${id}`}>{title}</a>
                {why === '' ? null : <span class="hint">{why}</span>}
                <PressButtons paper={{ id, title, said: [] }} action={action} isNamed />
              </li>
            ))}
          </ol>
        </>
      )}
    </section>
  );
}
