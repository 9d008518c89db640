import { exclusionInWords } from '../../../../shared/domain/subscriber/exclusions/exclusions.js';

interface LeftOutProps {
  /** The filters by which papers are left out. */
  readonly never: readonly string[];
  /** Where `again` is posted with the filter to take back. */
  readonly action: string;
}

/** Everything that a reader leaves out, each to be taken back; nothing where there is nothing. */
export function LeftOut({ never, action }: LeftOutProps) {
  if (never.length === 0) return null;
  return (
    <section id="left-out" tabindex={-1}>
      <h2>What you leave out</h2>
      <p>None of these comes in your digests, whatever your topics say.</p>
      <TakeBack never={never} action={action} label="Take back" />
    </section>
  );
}

/** A list of things left out, each with a button. */
export function TakeBack({ never, action, label }: LeftOutProps & { readonly label: string }) {
  return (
    <form method="post" action={action}>
      <ul class="left-out">
        {never.map((filter) => (
          <li>
            <span>{sentence(exclusionInWords(filter))}</span>
            <button
              type="submit"
              class="quiet"
              name="again"
              value={filter}
              aria-label={`${label}: ${exclusionInWords(filter)}`}
            >
              {label}
            </button>
          </li>
        ))}
      </ul>
    </form>
  );
}

const sentence = (words: string) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
