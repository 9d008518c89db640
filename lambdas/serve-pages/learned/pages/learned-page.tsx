import { ErrorSummary, type FieldErrors } from '../../frame/pages/field-parts.js';
import { Layout } from '../../frame/pages/layout.js';
import type { PressablePaper } from '../../like/pages/pressable.js';
import { PapersField } from '../../subscribe/pages/papers-field.js';
import type { LearnedView } from '../learned-view.js';
import { LearnedMatches } from './learned-matches.js';
import { LearnedSteps } from './learned-steps.js';
import { LearnedWords } from './learned-words.js';

interface LearnedPageProps {
  readonly view: LearnedView;
  /** The paper of which something was just said. */
  readonly pressed: PressablePaper | undefined;
  /** Where every form of this page is posted. */
  readonly action: string;
  readonly preferencesUrl: string;
  readonly errors: FieldErrors;
  /** What was typed into the field for papers. */
  readonly papers: string;
  /** Whether somebody is striking and pinning words. */
  readonly isAtWords: boolean;
}

/** What was learned from the papers that a reader named or pressed: to be read, and changed word by word. */
export function LearnedPage(props: LearnedPageProps) {
  const { view, pressed, action, preferencesUrl, errors, papers, isAtWords } = props;
  return (
    <Layout title={Object.keys(errors).length > 0 ? `Error: ${view.name}` : view.name} hasForm>
      <h1>{view.name}</h1>
      <ErrorSummary errors={errors} />
      <Standing view={view} />
      <LearnedMatches view={view} pressed={pressed} action={action} />
      <LearnedWords view={view} action={action} isOpen={isAtWords} />
      {view.examples.length === 0 ? null : <LearnedSteps view={view} action={action} />}
      <Examples view={view} action={action} />
      <form class="coupon" method="post" action={`${action}#papers`}>
        <PapersField papers={papers} errors={errors} label="Name more papers" />
        <div class="actions">
          <button type="submit" name="do" value="like">
            More like these
          </button>
          <button type="submit" class="quiet" name="do" value="dislike">
            Less like these
          </button>
        </div>
      </form>
      <Offered view={view} action={action} />
      <Whole view={view} action={action} />
      <p>
        <a class="standalone" href={preferencesUrl}>
          Back to your digest
        </a>
      </p>
    </Layout>
  );
}

function learnedInWords({ examples, notFound }: Pick<LearnedView, 'examples' | 'notFound'>): string {
  const known = examples.filter(({ isWaiting }) => !isWaiting);
  if (known.some(({ liked }) => liked)) return `Learned from ${papersInWords(known.length)}.`;
  if (known.length > 0) {
    return 'Of these papers you want less. That counts once there are papers here that you like: press “More like this” on one, or name some below.';
  }
  if (examples.length > 0) return 'Nothing is learned yet.';
  return notFound.length > 0
    ? 'None of the papers that you named could be found, so nothing is learned. Name others below.'
    : 'Nothing is learned. Name papers that you like below.';
}

interface PartProps {
  readonly view: LearnedView;
  readonly action: string;
}

const papersInWords = (count: number) => (count === 1 ? 'one paper' : `${count} papers`);

function Standing({ view: { examples, notFound } }: Pick<PartProps, 'view'>) {
  const waiting = examples.filter(({ isWaiting }) => isWaiting).length;
  return (
    <>
      <p class="lead">
        {learnedInWords({ examples, notFound })}
        {waiting > 0
          ? ` arXiv is being asked for ${papersInWords(waiting)}; that takes a few minutes, on busy days some hours.`
          : ''}
      </p>
      {notFound.length === 0 ? null : (
        <div class="note">
          <p>These could not be found:</p>
          <ul>
            {notFound.map((name) => (
              <li>{name}</li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}

function Examples({ view: { examples }, action }: PartProps) {
  if (examples.length === 0) return null;
  const groups = [
    { legend: 'More like', liked: true },
    { legend: 'Less like', liked: false },
  ].map((group) => ({ ...group, papers: examples.filter(({ liked }) => liked === group.liked) }));
  return (
    <section id="examples" tabindex={-1}>
      <h2>The papers</h2>
      {groups.map(({ legend, papers }) =>
        papers.length === 0 ? null : (
          <form method="post" action={`${action}#examples`}>
            <input type="hidden" name="do" value="remove" />
            <h3>{legend}</h3>
            <ul class="left-out">
              {papers.map(({ id, title, isWaiting }) => (
                <li>
                  <span>
                    {title}
                    {isWaiting ? <span class="hint">arXiv is being asked</span> : null}
                  </span>
                  <button type="submit" class="quiet" name="value" value={id} aria-label={`Remove: ${title}`}>
                    Remove
                  </button>
                </li>
              ))}
            </ul>
          </form>
        ),
      )}
    </section>
  );
}

function Offered({ view: { offered }, action }: PartProps) {
  if (!offered) return null;
  return (
    <section id="filter" tabindex={-1}>
      <h2>As a filter</h2>
      <p>
        <code>{offered.filter}</code>
      </p>
      <p>
        A filter of your own says exactly what it finds. This one finds {Math.round(100 * offered.share)}% of the papers
        that count for this topic.
      </p>
      <form method="post" action={`${action}#filter`} class="actions">
        <input type="hidden" name="value" value={offered.filter} />
        <button type="submit" class="quiet" name="do" value="use-filter">
          Add this filter to my topics
        </button>
      </form>
    </section>
  );
}

function Whole({ view: { name }, action }: PartProps) {
  return (
    <form method="post" action={action}>
      <h2>The topic</h2>
      <label for="name">Its name in your digest</label>
      <input id="name" name="name" maxlength={60} value={name} autocomplete="off" />
      <div class="actions">
        <button type="submit" class="quiet" name="do" value="rename">
          Rename
        </button>
        <button type="submit" class="quiet" name="do" value="drop">
          Remove this topic
        </button>
      </div>
    </form>
  );
}
