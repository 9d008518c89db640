import type { LearnedView } from '../learned-view.js';

interface LearnedStepsProps {
  readonly view: Pick<LearnedView, 'strictness' | 'perWeek' | 'order'>;
  readonly action: string;
}

const steps = ['Few and sure', 'Fewer', 'In between', 'More', 'More and wider'] as const;

/** How wide a topic reaches, with what each step brings a week, and which of its papers come first. */
export function LearnedSteps({ view: { strictness, perWeek, order }, action }: LearnedStepsProps) {
  return (
    <form class="coupon" method="post" action={`${action}#strictness`}>
      <fieldset id="strictness" class="ticks" tabindex={-1}>
        <legend>How wide</legend>
        {steps.map((name, at) => (
          <label>
            <input type="radio" name="strictness" value={at + 1} checked={strictness === at + 1} />
            <span>
              {name}
              {perWeek[at] === undefined ? null : <span class="hint">{weekInWords(perWeek[at])}</span>}
            </span>
          </label>
        ))}
      </fieldset>
      <fieldset class="ticks">
        <legend>Which come first</legend>
        <label>
          <input type="radio" name="order" value="trend" checked={order === 'trend'} />
          <span>Those that rise fastest</span>
        </label>
        <label>
          <input type="radio" name="order" value="likeness" checked={order === 'likeness'} />
          <span>Those most like your papers</span>
        </label>
      </fieldset>
      <button type="submit" name="do" value="set">
        Save
      </button>
    </form>
  );
}

function weekInWords(count: number): string {
  if (count === 0) return 'Nothing: too few papers are known to be sure.';
  return `About ${count === 1 ? 'one paper' : `${count} papers`} a week`;
}
