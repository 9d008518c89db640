import {
  addDays,
  type CalendarDate,
  dateOf,
  hourMs,
  type Instant,
  startOf,
} from '../../../shared/domain/calendar-date.js';
import papers from './sample-papers.json';

type SamplePaper = (typeof papers)[number];

/** How many days bring new papers, the first one included. */
export const sampleDays = 1 + Math.max(...papers.map(({ day }) => day));

/** After so many hours a paper has half of its votes. */
const halfHours = 18;

/** Made-up papers in Hugging Face's shape by their list's day, marked in title and id; votes rise from 0 to `now`. */
export function bundledSample(first: CalendarDate, now: Instant): ReadonlyMap<CalendarDate, readonly unknown[]> {
  const days = new Map<CalendarDate, unknown[]>();
  for (const [index, paper] of papers.entries()) {
    const date = addDays(first, paper.day);
    if (date > dateOf(now)) continue;
    const hours = Math.max(0, now - startOf(date)) / hourMs;
    const risen = (count: number) => Math.round(count * (1 - 2 ** (-hours / halfHours)));
    days.set(date, [...(days.get(date) ?? []), itemOf(paper, index, first, risen)]);
  }
  return days;
}

function itemOf(paper: SamplePaper, index: number, first: CalendarDate, risen: (count: number) => number) {
  const title = `Sample: ${paper.title}`;
  const publishedAt = `${addDays(first, paper.day - 1)}T00:00:00.000Z`;
  // arXiv numbers a month's papers from 00001 and has never come near 99900.
  const id = `${first.slice(2, 4)}${first.slice(5, 7)}.999${String(index + 1).padStart(2, '0')}`;
  return {
    paper: {
      id,
      authors: paper.authors.map((name) => ({ name, hidden: false })),
      publishedAt,
      title,
      summary: paper.summary,
      upvotes: risen(paper.upvotes),
      ai_keywords: paper.keywords,
      ...(paper.stars === undefined ? {} : { githubStars: risen(paper.stars) }),
      ...(paper.organization === undefined ? {} : { organization: { fullname: paper.organization } }),
    },
    publishedAt,
    title,
    numComments: risen(paper.comments),
  };
}
