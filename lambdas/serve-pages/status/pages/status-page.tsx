import {
  type CalendarDate,
  dateOf,
  dayMs,
  hourMs,
  type Instant,
  startOf,
} from '../../../../shared/domain/calendar-date.js';
import type { SourceHealth } from '../../../../shared/domain/paper/source-health.js';
import { dayInWords } from '../../../../shared/domain/text/day-in-words.js';
import type { EditionSummary } from '../../../../shared/storage/editions-repository.js';
import type { RunProgress } from '../../../../shared/storage/run-progress.js';
import type { PublishingTime } from '../../editions/pages/edition-page.js';
import { Layout } from '../../frame/pages/layout.js';

/** A day, and what became of its edition and its digests, where there was one. */
export interface DayStatus {
  readonly date: CalendarDate;
  readonly edition?: EditionSummary;
  readonly run?: RunProgress;
}

export interface StatusPageProps {
  readonly sources: readonly SourceHealth[];
  /** The newest day first; today is among them. */
  readonly week: readonly DayStatus[];
  /** Why digests wait for the admin, if they do: after bounces or complaints, or by the admin's own word. */
  readonly halt: 'halted' | 'paused' | undefined;
  /** What is not as it should be, in sentences. */
  readonly faults: readonly string[];
  readonly time: PublishingTime;
  readonly pagesUrl: string;
}

const description =
  "Whether Paperboy's sources answer, when the last editions came out, and whether their digests went out.";

/** How everything is going, in words. */
export function StatusPage({ sources, week, halt, faults, time, pagesUrl }: StatusPageProps) {
  const today = dateOf(time.now);
  return (
    <Layout title="Status" about={{ description, url: `${pagesUrl}/status` }}>
      <h1>Status</h1>
      <p class="lead">{faults.length === 0 ? 'Everything is working.' : 'Something is not working as it should.'}</p>
      {faults.length > 0 ? (
        <ul>
          {faults.map((fault) => (
            <li>{fault}</li>
          ))}
        </ul>
      ) : null}
      <h2>Sources</h2>
      {sources.length === 0 ? <p>No source has been asked yet.</p> : null}
      <dl>
        {sources.map((health) => (
          <>
            <dt>{sourceNames[health.source]}</dt>
            <dd>{sourceInWords(health, today)}</dd>
          </>
        ))}
      </dl>
      <h2>The last seven days</h2>
      <dl>
        {week.map((day) => (
          <>
            <dt>{day.edition ? <a href={`/editions/${day.date}`}>{dayInWords(day.date)}</a> : dayInWords(day.date)}</dt>
            <dd>{dayStatusInWords(day, time, halt)}</dd>
          </>
        ))}
      </dl>
      <p class="soft small">As of {momentInWords(time.now)}. All times are UTC.</p>
    </Layout>
  );
}

/** Sources as people call them. */
export const sourceNames: Readonly<Record<SourceHealth['source'], string>> = {
  'hugging-face': 'Hugging Face',
  arxiv: 'arXiv',
};

function sourceInWords(health: SourceHealth, today: CalendarDate): string {
  const { status, at, lastAnswerAt, newestDay } = health;
  const newest = newestDay === undefined ? '' : ` Its newest papers are of ${dayInWords(newestDay)}.`;
  const asked = ` Last asked: ${momentInWords(at)}.`;
  switch (status) {
    case 'fresh':
      return `It answers, and ${newestDay === today ? 'has listed papers today' : 'had new papers when we last asked'}.${asked}`;
    case 'quiet':
      return `It answers; when last asked, it had nothing new for the day.${newest}${asked}`;
    case 'stale':
      return `It answers, but has listed nothing new for days.${newest}${asked}`;
    case 'down':
      return lastAnswerAt === undefined
        ? `It has not answered yet.${asked}`
        : `It does not answer. Its last answer came on ${momentInWords(lastAnswerAt)}.${asked}`;
  }
}

function dayStatusInWords(
  { date, edition, run }: DayStatus,
  time: PublishingTime,
  halt: StatusPageProps['halt'],
): string {
  const today = dateOf(time.now);
  if (!edition) {
    if (date < today) return 'No edition came out.';
    const hour = `${String(time.publishHour).padStart(2, '0')}:00`;
    return time.now < startOf(date) + time.publishHour * hourMs
      ? `The edition is due after ${hour}.`
      : `The edition, due after ${hour}, is not out yet.`;
  }
  const daysAgo = Math.round((startOf(today) - startOf(date)) / dayMs);
  const count = edition.papers === 1 ? '1 paper' : `${edition.papers} papers`;
  return `The edition came out at ${clockTime(edition.publishedAt)} with ${count}. ${runInWords(run, daysAgo, halt)}`;
}

function runInWords(run: RunProgress | undefined, daysAgo: number, halt: StatusPageProps['halt']): string {
  switch (run) {
    case 'open':
      if (halt !== undefined) return `Some digests are waiting, because sending is ${halt}.`;
      return daysAgo < 2 ? 'Some digests are still on their way.' : 'Not every digest went out.';
    case 'ended':
      return daysAgo === 0 ? 'Every digest due so far is done.' : 'Its digests are complete.';
    default:
      return daysAgo === 0 ? 'No digest has been due yet.' : 'No digest was due.';
  }
}

const clockTime = (at: Instant) => new Date(at).toISOString().slice(11, 16);

function momentInWords(at: Instant): string {
  return `${dayInWords(dateOf(at))}, ${clockTime(at)}`;
}
