import type { CalendarDate } from '../../../../shared/domain/calendar-date.js';
import type { TopicCounts } from '../../../../shared/domain/edition/backtest.js';
import type { TopicGroup } from '../../../../shared/domain/subscriber/catalogue.js';
import type { FilterTopic } from '../../../../shared/domain/subscriber/topic.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import { Layout } from '../../frame/pages/layout.js';

interface TopicsPageProps {
  readonly catalogue: readonly FilterTopic[];
  readonly groups: readonly TopicGroup[];
  /** How many papers each topic found in so many days up to a day; absent before the first edition. */
  readonly counted: { readonly counts: TopicCounts; readonly to: CalendarDate; readonly days: number } | undefined;
  readonly pagesUrl: string;
}

const description = 'The topics that Paperboy follows, each with how many papers it found in the last 30 days.';

/** The catalogue in its groups. */
export function TopicsPage({ catalogue, groups, counted, pagesUrl }: TopicsPageProps) {
  const grouped = new Set(groups.flatMap(({ topics }) => topics));
  const others = catalogue.filter(({ id }) => !grouped.has(id));
  return (
    <Layout title="Topics" about={{ description, url: `${pagesUrl}/topics` }}>
      <h1>Topics</h1>
      <p class="lead">
        Choose any of these for your digest, or write <a href="/search">a filter of your own</a>. One paper can be on
        several topics.
      </p>
      {counted ? (
        <p class="soft">
          The numbers count the papers of the {counted.days === 1 ? 'day' : `${counted.days} days`} up to{' '}
          {dayInWords(counted.to)}.
        </p>
      ) : null}
      {groups.map(({ id, name, topics }) => (
        <Group id={id} name={name} topics={catalogue.filter((topic) => topics.includes(topic.id))} counted={counted} />
      ))}
      {others.length > 0 ? <Group id="others" name="More topics" topics={others} counted={counted} /> : null}
    </Layout>
  );
}

interface GroupProps extends Pick<TopicsPageProps, 'counted'> {
  readonly id: string;
  readonly name: string;
  readonly topics: readonly FilterTopic[];
}

function Group({ id, name, topics, counted }: GroupProps) {
  return (
    <section aria-labelledby={`group-${id}`}>
      <h2 id={`group-${id}`}>{name}</h2>
      <ul class="catalogue">
        {topics.map((topic) => (
          <li>
            <a href={`/topics/${topic.id}`}>{topic.name}</a>
            <Count of={counted?.counts[topic.id]} />
            <span class="hint">{topic.description}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count({ of }: { readonly of: number | undefined }) {
  return of === undefined ? null : <span class="count">{of === 1 ? '1 paper' : `${of} papers`}</span>;
}
