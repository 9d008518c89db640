import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { Layout } from '../../frame/pages/layout.js';
import { Pressable, type PressablePaper, type Want } from './pressable.js';

interface LikePageProps {
  /** Where `want` or `undo`, and `paper`, are posted. */
  readonly action: string;
  readonly date: CalendarDate;
  /** Of the mail, in its order. */
  readonly papers: readonly PressablePaper[];
  /** The paper whose link was followed, and what that link said. */
  readonly asked: { readonly paper: PaperId | undefined; readonly want: Want | undefined };
  readonly problem?: string | undefined;
}

/** What a reader wants more or less of because of the papers in a day's mail. Nothing changes until a button is pressed. */
export function LikePage({ action, date, papers, asked, problem }: LikePageProps) {
  const first = papers.find(({ id }) => id === asked.paper);
  const others = papers.filter((paper) => paper !== first);
  return (
    <Layout title={problem === undefined ? 'More or less like this' : 'Error: More or less like this'}>
      <h1>More or less like this?</h1>
      {problem === undefined ? null : (
        <p class="problems" role="alert">
          {problem}
        </p>
      )}
      {papers.length === 0 ? (
        <p>We no longer know which papers that mail showed. Use the link in a newer one.</p>
      ) : null}
      {first ? <Pressable paper={first} action={action} want={asked.want} level="lead" /> : null}
      <p class="soft small">
        What was learned, word by word, can be read and changed in your preferences, to which every mail has a link.
      </p>
      {others.length > 0 ? (
        <>
          <h2>
            {first ? 'The other papers of' : 'The papers of'} your mail of {dayInWords(date)}
          </h2>
          {others.map((paper) => (
            <Pressable paper={paper} action={action} want={undefined} level="other" />
          ))}
        </>
      ) : null}
    </Layout>
  );
}
