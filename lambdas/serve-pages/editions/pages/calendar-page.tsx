import { addDays, type CalendarDate, startOf } from '../../../../shared/domain/calendar-date.js';
import { monthInWords, weekdayOf } from '../../../../shared/domain/text/day-in-words.js';
import type { EditionSummary } from '../../../../shared/storage/editions-repository.js';
import { feedOfEdition } from '../../feeds/feed-addresses.js';
import { Layout } from '../../frame/pages/layout.js';

interface CalendarPageProps {
  /** The days of each month, ascending; the newest month first. */
  readonly months: readonly (readonly CalendarDate[])[];
  readonly today: CalendarDate;
  readonly editions: ReadonlyMap<CalendarDate, EditionSummary>;
  /** How many papers Hugging Face listed on days that have an edition and are over, as far as that is known. */
  readonly listed: ReadonlyMap<CalendarDate, number>;
  readonly pagesUrl: string;
}

const description = 'Every edition of Paperboy in a calendar, with the number of papers that it ranks.';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** The editions of a month, or of this month and the one before. */
export function CalendarPage({ months, pagesUrl, ...known }: CalendarPageProps) {
  const { today, editions } = known;
  const first = months.at(-1)?.[0] ?? today;
  const last = months[0]?.at(-1) ?? today;
  const isNewest = last >= today;
  const url = `${pagesUrl}/editions${isNewest ? '' : monthQuery(first)}`;
  return (
    <Layout
      title={isNewest ? 'Editions' : `Editions of ${monthInWords(first)}`}
      about={{ description, url, feed: feedOfEdition(pagesUrl) }}
    >
      <h1>Editions</h1>
      <p class="lead">
        An edition comes out once a day and ranks the papers of the last seven. The number below a day is how many
        papers its edition ranks.
      </p>
      {months.map((days) => (
        <Month days={days} {...known} />
      ))}
      {editions.size === 0 ? (
        <p>No edition came out {months.length > 1 ? 'in these months' : `in ${monthInWords(first)}`}.</p>
      ) : null}
      <p class="soft small">
        “No list” marks days on which Hugging Face published no list, most of them at weekends: their editions rank the
        papers of the days before. “None” marks days without an edition.
      </p>
      <nav class="links" aria-label="Other months">
        {editions.size > 0 ? <MonthLink rel="prev" day={addDays(first, -1)} /> : null}
        {isNewest ? null : <MonthLink rel="next" day={addDays(last, 1)} />}
        {isNewest ? null : <a href="/editions">This month</a>}
      </nav>
    </Layout>
  );
}

const monthQuery = (date: CalendarDate) => `?month=${date.slice(0, 7)}`;

function MonthLink({ rel, day }: { rel: 'prev' | 'next'; day: CalendarDate }) {
  return (
    <a rel={rel} href={`/editions${monthQuery(day)}`}>
      {monthInWords(day)}
    </a>
  );
}

type Known = Omit<CalendarPageProps, 'months' | 'pagesUrl'>;

function Month({ days, ...known }: Known & { readonly days: readonly CalendarDate[] }) {
  const [first] = days;
  if (!first) return null;
  // Weeks begin on Monday.
  const before = (new Date(startOf(first)).getUTCDay() + 6) % 7;
  const cells = [...Array<undefined>(before).fill(undefined), ...days];
  const all = Array.from({ length: Math.ceil(cells.length / 7) }, (_, week) =>
    Array.from({ length: 7 }, (_, weekday) => cells[7 * week + weekday]),
  );
  // Weeks to come have nothing to show.
  const weeks = all.filter((week) => week.some((date) => date !== undefined && date <= known.today));
  return (
    <table class="calendar">
      <caption>{monthInWords(first)}</caption>
      <thead>
        <tr>
          {weekdays.map((name) => (
            <th scope="col">
              <abbr title={name}>{name.slice(0, 3)}</abbr>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>{week.map((date) => (date ? <Day date={date} {...known} /> : <td />))}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ date, today, editions, listed }: { date: CalendarDate } & Known) {
  const edition = editions.get(date);
  const number = Number(date.slice(8));
  if (!edition) {
    return (
      <td class="soft">
        {number}
        {date < today ? <span>none</span> : null}
      </td>
    );
  }
  return (
    <td>
      <a href={`/editions/${date}`}>
        <span class="skip">{weekdayOf(date)} </span>
        {number}
        <span>
          {edition.papers}
          <span class="skip">{edition.papers === 1 ? ' paper' : ' papers'}</span>
        </span>
        {listed.get(date) === 0 ? <span class="soft">no list</span> : null}
      </a>
    </td>
  );
}
