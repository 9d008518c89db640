import type { LearnedView, LearnedWord } from '../learned-view.js';

interface LearnedWordsProps {
  readonly view: LearnedView;
  readonly action: string;
  /** Whether somebody is at the words. */
  readonly isOpen: boolean;
}

const barWidth = 60;

/** How many words are named before they are told one by one. */
const named = 8;

/** The words that count in a line; then each, with how much and because of which papers, to be struck or pinned. */
export function LearnedWords({ view: { words, struck }, action, isOpen }: LearnedWordsProps) {
  const groups = [
    { legend: 'More of', words: words.filter(({ weight }) => weight > 0) },
    { legend: 'Less of', words: words.filter(({ weight }) => weight < 0) },
  ];
  return (
    <section id="words" tabindex={-1}>
      <h2>Words that count</h2>
      <p>{inWords(groups.map((group) => group.words)) || 'None so far.'}</p>
      {words.length === 0 ? null : (
        <details open={isOpen}>
          <summary>Word by word: strike or pin</summary>
          {groups.map(({ legend, words: shown }) =>
            shown.length === 0 ? null : (
              <form method="post" action={`${action}&edit=words#words`}>
                <h3>{legend}</h3>
                <ul class="words">
                  {shown.map((word) => (
                    <Word word={word} />
                  ))}
                </ul>
              </form>
            ),
          )}
        </details>
      )}
      <form method="post" action={`${action}#words`}>
        <label for="word">Add a word that counts</label>
        <div class="ask">
          <input id="word" name="value" maxlength={60} autocomplete="off" autocapitalize="none" />
          <button type="submit" class="quiet" name="do" value="pin">
            Add
          </button>
        </div>
      </form>
      {struck.length === 0 ? null : (
        <form method="post" action={`${action}#words`}>
          <h3>Words that do not count any more</h3>
          <ul class="left-out">
            {struck.map(({ word, shown }) => (
              <li>
                <span>{shown}</span>
                <button
                  type="submit"
                  class="quiet"
                  name="release"
                  value={word}
                  aria-label={`Let it count again: ${shown}`}
                >
                  Let it count again
                </button>
              </li>
            ))}
          </ul>
        </form>
      )}
    </section>
  );
}

/** `wax, lamp, candle; less: harbour`. */
function inWords([more = [], less = []]: readonly (readonly LearnedWord[])[]): string {
  const listed = (words: readonly LearnedWord[]) =>
    words
      .slice(0, named)
      .map(({ shown }) => shown)
      .join(', ');
  return [listed(more), ...(less.length > 0 ? [`less: ${listed(less)}`] : [])].filter((part) => part !== '').join('; ');
}

function Word({ word: { shown, key, weight, from, isPinned } }: { word: LearnedWord }) {
  const width = Math.max(2, Math.round(Math.abs(weight) * barWidth));
  return (
    <li>
      <span>
        <b>{shown}</b>{' '}
        <svg width={barWidth} height="8" aria-hidden="true">
          <rect width={width} height="8" class={weight < 0 ? 'bar less' : 'bar'} />
        </svg>
        {from.length === 0 ? null : <span class="hint">{from.join(' · ')}</span>}
      </span>
      <span class="actions">
        <button type="submit" class="quiet" name="strike" value={key} aria-label={`Strike: ${shown}`}>
          Strike
        </button>
        {isPinned ? (
          <button type="submit" class="quiet" name="release" value={key} aria-label={`No longer pinned: ${shown}`}>
            Unpin
          </button>
        ) : (
          <button type="submit" class="quiet" name="pin" value={key} aria-label={`Pin: ${shown}`}>
            Pin
          </button>
        )}
      </span>
    </li>
  );
}
