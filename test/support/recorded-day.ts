import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarDate } from '../../shared/domain/calendar-date.js';
import { day } from './builders.js';

/** A paper as a recorded day lists it. */
export interface ListedPaper {
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly upvotes: number;
  readonly comments?: number;
  readonly stars?: number;
}

const first: readonly ListedPaper[] = [
  {
    id: '2608.04001',
    title: 'Slow Lanterns: Memory for Long Walks of Agents',
    summary: 'Agents forget where they began. We give each agent a lantern of notes and study what it keeps.',
    upvotes: 31,
    comments: 3,
  },
  {
    id: '2608.04002',
    title: 'Harbour: Weather Maps From Twelve Buoys',
    summary: 'We learn weather maps from few buoys. The network is small and its errors are told honestly.',
    upvotes: 4,
  },
  {
    id: '2608.04003',
    title: 'A Grammar of Knots\nfor Robot Hands',
    summary: 'Robot hands tie knots by a grammar. Learning takes one evening on one machine.',
    upvotes: 12,
    comments: 1,
    stars: 40,
  },
];

const second: readonly ListedPaper[] = [
  {
    id: '2608.05001',
    title: 'Ferry: Agents That Wait for One Another',
    summary: 'A team of agents crosses a river of tasks. Waiting is learned, and it pays. Code is published.',
    upvotes: 58,
    comments: 6,
    stars: 120,
  },
  {
    id: '2608.05002',
    title: 'Orchard Bench: Counting Apples in the Rain',
    summary: 'A benchmark of wet orchards. Detectors that count well in the sun count badly in the rain.',
    upvotes: 9,
  },
  {
    id: '2608.05003',
    title: 'The <em>Quiet</em> Optimiser & Its Noise',
    summary: 'An optimiser whose noise falls with the loss. We prove that learning ends, and measure when.',
    upvotes: 22,
    comments: 2,
  },
  {
    id: '2608.05004',
    title: 'Paper Boats: Small Language Models on Streams',
    summary: 'Small language models read a stream of news and keep up. Memory stays below one gigabyte.',
    upvotes: 17,
    stars: 8,
  },
];

const third: readonly ListedPaper[] = [
  {
    id: '2608.06001',
    title: 'Night Market: Agents Trade Their Tools',
    summary: 'Agents lend tools at night and earn by day. Learning a price is easier than learning a tool.',
    upvotes: 44,
    comments: 5,
    stars: 66,
  },
  {
    id: '2608.06002',
    title: 'Weather by Ear: Rain From Microphones',
    summary: 'Microphones hear how hard it rains. A weather network listens to a thousand roofs.',
    upvotes: 15,
    comments: 1,
  },
  {
    id: '2608.06003',
    title: 'Folding $\\mathbb{R}^3$: Origami for Protein Models',
    summary: 'Protein models fold space as paper is folded. Learning the creases gives the shape.',
    upvotes: 27,
    comments: 2,
  },
  {
    id: '2608.06004',
    title: 'Slate: Erasing What a Language Model Was Told',
    summary:
      'A language model forgets on request. We test what is left on the slate afterwards. Code: https://github.com/fjordlab/slate.',
    upvotes: 6,
  },
  {
    id: '2608.06005',
    title: 'Gulls: Swarms Without a Leader',
    summary: 'Swarms of cheap robots find a shore without a leader. Learning happens in each robot alone.',
    upvotes: 3,
    stars: 2,
  },
];

/** The days that `writeRecordedDays` writes, each with its list: twelve papers over three days. */
export const recordedDays: ReadonlyMap<CalendarDate, readonly ListedPaper[]> = new Map([
  [day('2026-08-05'), first],
  [day('2026-08-06'), second],
  [day('2026-08-07'), third],
]);

/**
 * Writes `hf-daily-papers/YYYY-MM-DD.json` for each day into `dir`, in the shape that the API answers; three days, or
 * those given.
 */
export function writeRecordedDays(dir: string, days = recordedDays): void {
  const folder = join(dir, 'hf-daily-papers');
  mkdirSync(folder, { recursive: true });
  for (const [date, papers] of days) {
    writeFileSync(join(folder, `${date}.json`), JSON.stringify(papers.map((paper) => listItem(paper, date))));
  }
}

function listItem({ id, title, summary, upvotes, comments, stars }: ListedPaper, date: CalendarDate): object {
  const submitter = { _id: `user-${id}`, avatarUrl: '/avatars/1.svg', fullname: 'Ines Vale', name: 'invale' };
  const published = new Date(Date.parse(date) - 30 * 3_600_000).toISOString();
  return {
    paper: {
      id,
      title,
      summary,
      upvotes,
      authors: ['Liv Aas', 'Per Ek'].map((name) => ({ _id: `author-${id}-${name}`, name, hidden: false })),
      publishedAt: published,
      submittedOnDailyAt: `${date}T00:00:00.000Z`,
      submittedOnDailyBy: { ...submitter, user: submitter.name, type: 'user' },
      ...(stars === undefined ? {} : { githubRepo: `https://github.com/fjordlab/p${id}`, githubStars: stars }),
    },
    title,
    summary,
    publishedAt: published,
    thumbnail: `https://cdn-thumbnails.huggingface.co/social-thumbnails/papers/${id}.png`,
    numComments: comments ?? 0,
    submittedBy: submitter,
    isAuthorParticipating: false,
  };
}
