import { scoreTrends } from '../../../lambdas/score-trends/score-trends.js';
import { daysUpTo, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import { firstEditionDay } from '../../../shared/domain/edition/rank-edition.js';
import type { Observation, Paper } from '../../../shared/domain/paper/paper.js';
import { catalogue } from '../../../shared/domain/subscriber/catalogue.js';
import { editionRepository } from '../../../shared/storage/editions-repository.js';
import { highlightRepository } from '../../../shared/storage/highlights-repository.js';
import { monthRepository } from '../../../shared/storage/months-repository.js';
import type { KnownPaper } from '../../../shared/storage/papers/paper-changes.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { day, paperId } from '../../support/builders.js';
import { corpusOf, mixedDay } from '../match-day.js';
import { seeded } from '../measure.js';
import { bytesInUse } from '../memory.js';
import { type Measured, middleOf } from '../rounds.js';
import type { MeteredTables } from './metered-tables.js';

const date = day('2026-08-07');
const rounds = 5;
/** So many runs saw every count changed. */
const runs = 60;
const lastRun = startOf(date) + 5 * hourMs;

/** Papers of the last seven days, with the texts of the corpus. */
function aWindow(papers: number, corpusFile: string | undefined): readonly Paper[] {
  const days = daysUpTo(date, 7);
  return mixedDay(corpusOf(corpusFile), papers).papers.map(({ paper }, index) => {
    const listed = days[index % days.length] ?? date;
    const firstSeenAt = Math.min(startOf(listed), runAt(0));
    return {
      ...paper,
      id: paperId(index),
      listedDays: [listed],
      firstSeenAt,
      publishedAt: startOf(listed) - 12 * hourMs,
    };
  });
}

const runAt = (run: number) => lastRun - (runs - 1 - run) * hourMs;

/** Keeps the window in a table as so many hourly runs would have kept it. */
async function fill(papers: ReturnType<typeof paperRepository>, window: readonly Paper[]): Promise<void> {
  const random = seeded(1);
  const latest: (Observation | undefined)[] = [];
  const known = (index: number, paper: Paper): KnownPaper => {
    const newest = latest[index];
    return { paper, ...(newest && { latest: newest }) };
  };
  await papers.keep(
    window.map((paper) => ({ before: undefined, after: { paper } })),
    runAt(0),
  );
  for (let run = 0; run < runs; run += 1) {
    const changes = window.map((paper, index) => {
      const before = known(index, paper);
      const { upvotes = 0, comments = 0, stars = 0 } = before.latest ?? {};
      latest[index] = {
        at: runAt(run),
        upvotes: upvotes + 1 + Math.floor(random() * 3),
        comments: comments + Number(random() < 0.1),
        stars: stars + Math.floor(random() * 2),
      };
      return { before, after: known(index, paper) };
    });
    await papers.keep(changes, runAt(run));
  }
}

/** CPU time of one edition, from the items of the tables to its announcement, and of all that score-trends does. */
export interface Scored {
  readonly edition: Measured;
  readonly everything: Measured;
  readonly observations: number;
}

/** Publishes the same edition of `papers` papers several times, each into a new table, as score-trends is deployed. */
export async function scoreWindow(tables: MeteredTables, papers: number, corpusFile?: string): Promise<Scored> {
  const { client } = tables;
  const repository = paperRepository(client, await tables.createTable('papers'));
  await fill(repository, aWindow(papers, corpusFile));
  const [edition, everything]: [number[], number[]] = [[], []];
  for (let round = -1; round < rounds; round += 1) {
    const table = await tables.createTable('editions');
    const score = (at: Instant, announce: () => Promise<void>) =>
      scoreTrends(
        { at, sources: [{ name: 'hugging-face', status: 'fresh' }] },
        {
          papers: repository,
          editions: editionRepository(client, table),
          months: monthRepository(client, table),
          highlights: highlightRepository(client, table),
          catalogue,
          announce,
          publishHour: 5,
          now: () => at + 1000,
        },
      );
    // The hour before, too early for an edition, leaves what every hour leaves.
    await score(lastRun - hourMs, async () => undefined);
    // A function begins with little to collect.
    bytesInUse();
    const began = process.cpuUsage();
    const cpuMs = () => {
      const { user, system } = process.cpuUsage(began);
      return (user + system) / 1000;
    };
    let announcedMs = Number.NaN;
    await score(lastRun, async () => {
      announcedMs = cpuMs();
    });
    if (round >= 0) {
      edition.push(announcedMs);
      everything.push(cpuMs());
    }
  }
  const window = await repository.activeBetween(firstEditionDay(date), date);
  const observations = window.reduce((sum, { history }) => sum + history.length, 0) / papers;
  return { edition: middleOf(edition), everything: middleOf(everything), observations };
}
