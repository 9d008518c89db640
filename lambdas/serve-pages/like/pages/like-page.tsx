import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { Layout } from '../../frame/pages/layout.js';

/** What a reader can say of one paper of a mail. */
export type Want = 'more' | 'less' | 'read';

interface PressablePaper {
  readonly id: PaperId;
  readonly title: string;
  /** What the reader has said of it. */
  readonly said: readonly Want[];
  /** Less was asked for, but there is nothing yet of which it could be less. */
  readonly isWithoutLikes: boolean;
}

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

const buttons: Readonly<Record<Want, string>> = {
  more: 'More like this',
  less: 'Less like this',
  read: 'I have read it',
};

const done: Readonly<Record<Want, string>> = {
  more: 'Papers like this one will come more often, starting with your next email.',
  less: 'Papers like this one will come less often, starting with your next email. This changes your topics like papers, not what your other topics find.',
  read: 'This paper will not come again.',
};

const withoutLikes =
  'Noted. This counts once you press “More like this” on another paper. To leave a word, an author or an organisation out of your digests now, use “Less of something?” in your email.';

const wants = Object.keys(buttons) as Want[];

/** What a link or a button says; `undefined` for anything else. */
export function wantOf(text: unknown): Want | undefined {
  return wants.find((want) => want === text);
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

interface PressableProps {
  readonly paper: PressablePaper;
  readonly action: string;
  readonly want: Want | undefined;
  readonly level: 'lead' | 'other';
}

function Pressable({ paper: { id, title, said, isWithoutLikes }, action, want, level }: PressableProps) {
  return (
    <section class="press" id={`paper-${id}`} tabindex={-1} aria-label={title}>
      {level === 'lead' ? <p class="lead">{title}</p> : <h3>{title}</h3>}
      {said.map((each) => (
        <form method="post" action={action} class="done">
          <input type="hidden" name="paper" value={id} />
          <p role="status">{each === 'less' && isWithoutLikes ? withoutLikes : done[each]}</p>
          <button type="submit" class="quiet" name="undo" value={each} aria-label={`Undo “${buttons[each]}”: ${title}`}>
            Undo
          </button>
        </form>
      ))}
      <form method="post" action={action}>
        <input type="hidden" name="paper" value={id} />
        <div class="actions">
          {wants
            .filter((each) => !said.includes(each))
            .map((each) => (
              <button
                type="submit"
                class={each === want ? undefined : 'quiet'}
                name="want"
                value={each}
                aria-label={level === 'lead' ? undefined : `${buttons[each]}: ${title}`}
              >
                {buttons[each]}
              </button>
            ))}
        </div>
      </form>
    </section>
  );
}
