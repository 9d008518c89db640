import type { LikenessChoice } from '../../../../shared/domain/subscriber/subscriber.js';
import { mostLearned } from '../../../../shared/storage/examples/learned-topics.js';
import { PapersField } from '../../subscribe/pages/papers-field.js';

interface LearnedTopicsProps {
  readonly learned: readonly Pick<LikenessChoice, 'name' | 'n'>[];
  /** Address of the page of a learned topic, or of none yet. */
  readonly to: (n?: number) => string;
}

/** The topics like papers that a reader named or pressed, and a form to begin one. */
export function LearnedTopics({ learned, to }: LearnedTopicsProps) {
  return (
    <section id="learned" tabindex={-1}>
      <h2>Topics like papers</h2>
      <p>
        {learned.length === 0
          ? 'Name a few papers, and papers like them come beside your topics. You can read and change every word of what was learned.'
          : 'Learned from papers that you named or pressed. Every word of it can be read and changed.'}
      </p>
      {learned.length === 0 ? null : (
        <ul class="latest">
          {learned.map(({ name, n }) => (
            <li>
              <a href={to(n)}>{name}</a>
            </li>
          ))}
        </ul>
      )}
      {learned.length >= mostLearned ? null : (
        <details class="name-papers">
          <summary>Name papers for a new topic</summary>
          <form class="coupon" method="post" action={to()}>
            <PapersField papers="" errors={{}} label="Papers like these" />
            <button type="submit" name="do" value="begin">
              Learn from these
            </button>
          </form>
        </details>
      )}
    </section>
  );
}
