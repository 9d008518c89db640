import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { PaperId } from '../../../../shared/domain/paper/paper-id.js';
import { isExcluded } from '../../../../shared/domain/subscriber/exclusions/exclusions.js';
import type { Press } from '../../../../shared/domain/subscriber/exclusions/presses.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { Layout } from '../../frame/pages/layout.js';
import { TakeBack } from './left-out.js';

/** A paper of a mail, with what can be left out because of it. */
export interface PressedPaper {
  readonly id: PaperId;
  readonly title: string;
  readonly presses: readonly Press[];
}

interface LessPageProps {
  /** Where `never` and `again` are posted. */
  readonly action: string;
  readonly date: CalendarDate;
  readonly papers: readonly PressedPaper[];
  /** All that the reader leaves out; only what these papers offer is shown of it. */
  readonly never: readonly string[];
  readonly problem?: string | undefined;
}

/** What a reader can leave out because of the papers in a day's mail, and what of that they do. */
export function LessPage({ action, date, papers, never, problem }: LessPageProps) {
  const offered = papers.flatMap(({ presses }) => presses.map(({ filter }) => filter));
  const left = offered.filter((filter, at) => isExcluded(never, filter) && !isExcluded(offered.slice(0, at), filter));
  return (
    <Layout title={problem === undefined ? 'Less of something' : 'Error: Less of something'}>
      <h1>Less of something?</h1>
      {problem === undefined ? null : (
        <p class="problems" role="alert">
          {problem}
        </p>
      )}
      <p class="lead">
        Choose a paper from your mail of {dayInWords(date)}, then press what should no longer come, whatever your topics
        say.
      </p>
      <section id="left-out" tabindex={-1} class={left.length > 0 ? 'done' : 'soft'}>
        {left.length === 0 ? (
          <p>You leave out nothing of this mail so far.</p>
        ) : (
          <>
            <h2>Left out from now on</h2>
            <TakeBack never={left} action={action} label="Undo" />
          </>
        )}
      </section>
      <h2>The papers of that mail</h2>
      {papers.length === 0 ? (
        <p>We no longer know which papers that mail showed. Use the link in a newer one.</p>
      ) : (
        papers.map((paper) => <Paper paper={paper} action={action} never={never} isOpen={papers.length === 1} />)
      )}
      <p class="soft small">
        All that you leave out is listed in your preferences, to which every mail has a link. There you can take it back
        at any time.
      </p>
    </Layout>
  );
}

const groups: readonly (readonly [kind: Press['kind'], legend: string])[] = [
  ['word', 'No more papers about'],
  ['author', 'No more papers by'],
  ['organisation', 'No more papers from'],
];

interface PaperProps {
  readonly paper: PressedPaper;
  readonly action: string;
  readonly never: readonly string[];
  readonly isOpen: boolean;
}

function Paper({ paper: { title, presses }, action, never, isOpen }: PaperProps) {
  const open = presses.filter(({ filter }) => !isExcluded(never, filter));
  return (
    <details class="less" open={isOpen}>
      <summary>{title}</summary>
      {open.length === 0 ? <p>There is nothing more to leave out because of this paper.</p> : null}
      <form method="post" action={action}>
        {groups.map(([kind, legend]) => {
          const ofKind = open.filter((press) => press.kind === kind);
          return ofKind.length === 0 ? null : (
            <fieldset>
              <legend>{legend}</legend>
              <div class="actions">
                {ofKind.map(({ name, filter }) => (
                  <button type="submit" class="quiet" name="never" value={filter}>
                    {name}
                  </button>
                ))}
              </div>
            </fieldset>
          );
        })}
      </form>
    </details>
  );
}
