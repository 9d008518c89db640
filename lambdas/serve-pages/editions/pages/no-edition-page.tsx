import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { MessagePage } from '../../frame/pages/layout.js';

interface NoEditionPageProps {
  readonly date: CalendarDate;
  /** Dates of the editions that are offered instead. */
  readonly nearest: readonly CalendarDate[];
}

/** Answers for a day that has no edition: leads on to those nearest to it. */
export function NoEditionPage({ date, nearest }: NoEditionPageProps) {
  return (
    <MessagePage title={`No edition on ${dayInWords(date)}`}>
      <p>There is no edition of that day.{nearest.length > 0 ? ' The nearest are:' : ''}</p>
      {nearest.length > 0 ? (
        <ul>
          {nearest.map((each) => (
            <li>
              <a class="standalone" href={`/editions/${each}`}>
                Edition of {dayInWords(each)}
              </a>
            </li>
          ))}
        </ul>
      ) : null}
      <p>
        <a class="button" href="/editions">
          All editions
        </a>
      </p>
    </MessagePage>
  );
}
