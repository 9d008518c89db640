import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { Hindsight } from '../../../../shared/domain/edition/hindsight.js';
import { dayInWords, shortDay } from '../../../../shared/domain/text/day-in-words.js';

/** How many editions are shown one by one. */
const shownEditions = 7;

/** Fewer say little about the next one. */
const fewestToTrust = 7;

interface Judged {
  readonly date: CalendarDate;
  /** How many of the ten that gained the most were in the top ten. */
  readonly hits: number;
  /** The same for the order of upvotes alone, where that is known. */
  readonly rawHits: number | undefined;
}

/** Says of past editions, the newest first, how many of the ten that won the week they had in their top ten. */
export function HindsightVerdict({ hindsights }: { hindsights: readonly Hindsight[] }) {
  const judged = hindsights.flatMap(({ date, ours, rawUpvotes }): Judged[] =>
    ours ? [{ date, hits: 10 * ours.p10, rawHits: rawUpvotes && 10 * rawUpvotes.p10 }] : [],
  );
  const [newest] = judged;
  const unjudged = hindsights.length - judged.length;
  if (!newest) return <p>No edition could be judged yet: no upvotes were seen after any of them.</p>;
  return (
    <>
      <p class="verdict">
        <strong>{Math.round(newest.hits)} of the 10</strong> that won the week were in our top ten.
      </p>
      <p class="soft">
        That was the <a href={`/editions/${newest.date}`}>edition of {dayInWords(newest.date)}</a>, the newest that is a
        week old.
      </p>
      <p>{averageInWords(judged)}</p>
      {judged.length > 1 ? <Tenths judged={judged.slice(0, shownEditions)} /> : null}
      {unjudged > 0 ? (
        <p class="soft small">
          {unjudged === 1 ? 'One edition is' : `${unjudged} editions are`} left out, since no upvotes were seen after{' '}
          {unjudged === 1 ? 'it' : 'them'}.
        </p>
      ) : null}
    </>
  );
}

function averageInWords(judged: readonly Judged[]): string {
  const count = judged.length;
  if (count === 1) return 'It is the only one so far: one edition says little about the next.';
  const compared = judged.flatMap(({ hits, rawHits }) => (rawHits === undefined ? [] : [{ hits, rawHits }]));
  const ours = `Over ${count} editions it was ${mean(judged.map(({ hits }) => hits))} of 10 on average.`;
  const raw =
    compared.length === count
      ? ` Ranking by upvotes alone would have had ${mean(compared.map(({ rawHits }) => rawHits))}.`
      : '';
  const caution = count < fewestToTrust ? ' These are few editions yet: expect the average to move.' : '';
  return ours + raw + caution;
}

const mean = (values: readonly number[]) =>
  (values.reduce((sum, value) => sum + value, 0) / values.length).toFixed(1).replace('.0', '');

function Tenths({ judged }: { judged: readonly Judged[] }) {
  return (
    <table class="figures">
      <caption class="skip">How many of the ten that won the week were in our top ten</caption>
      <thead>
        <tr>
          <th scope="col">Edition</th>
          <th scope="col">In our top ten</th>
        </tr>
      </thead>
      <tbody>
        {judged.map(({ date, hits }) => (
          <tr>
            <th scope="row">
              <a href={`/editions/${date}`}>{shortDay(date)}</a>
            </th>
            <td class="tenths">
              <span aria-hidden="true">{'●'.repeat(Math.round(hits)) + '○'.repeat(10 - Math.round(hits))}</span>{' '}
              {Math.round(hits)} of 10
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
