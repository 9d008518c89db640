import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { TopicGroup } from '../../../../shared/domain/subscriber/catalogue.js';
import type { FilterTopic } from '../../../../shared/domain/subscriber/topic.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import type { Neighbours } from '../edition-calendar.js';
import { type EditionView, viewQuery } from '../read-view.js';

/** To the editions before and after, where there are any, and to the calendar. */
export function EditionNav({ neighbours, label }: { readonly neighbours: Neighbours; readonly label: string }) {
  const { previous, next } = neighbours;
  return (
    <nav class="links" aria-label={label}>
      {previous ? (
        <a rel="prev" href={`/editions/${previous}`}>
          ← {dayInWords(previous)}
        </a>
      ) : null}
      {next ? (
        <a rel="next" href={`/editions/${next}`}>
          {dayInWords(next)} →
        </a>
      ) : null}
      <a href="/editions">All editions</a>
    </nav>
  );
}

interface PageNavProps {
  readonly date: CalendarDate;
  readonly view: EditionView;
  readonly pages: number;
}

/** To the other pages of an edition. */
export function PageNav({ date, view, pages }: PageNavProps) {
  if (pages === 1) return null;
  const pageUrl = (page: number) => `/editions/${date}${viewQuery({ ...view, page })}`;
  return (
    <nav class="links" aria-label="Pages of this edition">
      {view.page > 1 ? (
        <a rel="prev" href={pageUrl(view.page - 1)}>
          Previous page
        </a>
      ) : null}
      {view.page < pages ? (
        <a rel="next" href={pageUrl(view.page + 1)}>
          Next page
        </a>
      ) : null}
    </nav>
  );
}

interface ViewFormProps {
  readonly date: CalendarDate;
  readonly view: EditionView;
  readonly catalogue: readonly FilterTopic[];
  readonly groups: readonly TopicGroup[];
}

/** Which papers of an edition are shown, and how: a form that is its own address. */
export function ViewForm({ date, view, catalogue, groups }: ViewFormProps) {
  const grouped = new Set(groups.flatMap(({ topics }) => topics));
  const others = catalogue.filter(({ id }) => !grouped.has(id));
  const option = ({ id, name }: FilterTopic) => (
    <option value={id} selected={view.topic?.id === id}>
      {name}
    </option>
  );
  const other = { ...view, isCompact: !view.isCompact, page: 1 };
  return (
    <form class="view" action={`/editions/${date}`}>
      <label for="topic">Topic</label>
      <select id="topic" name="topic">
        <option value="">All topics</option>
        {groups.map((group) => (
          <optgroup label={group.name}>{catalogue.filter(({ id }) => group.topics.includes(id)).map(option)}</optgroup>
        ))}
        {others.map(option)}
      </select>
      {view.isCompact ? <input type="hidden" name="view" value="compact" /> : null}
      <button type="submit" class="quiet">
        Show
      </button>
      <a class="standalone" href={`/editions/${date}${viewQuery(other)}`}>
        {view.isCompact ? 'Full view' : 'Compact view'}
      </a>
    </form>
  );
}
