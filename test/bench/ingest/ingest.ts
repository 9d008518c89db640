import { ingestHourly } from '../../../lambdas/ingest-papers/ingest-hourly.js';
import { ingestPapers } from '../../../lambdas/ingest-papers/ingest-papers.js';
import { type CalendarDate, daysUpTo, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import { paperRepository } from '../../../shared/storage/papers/papers-repository.js';
import { playSources } from '../../eval/cases/played-sources.js';
import { day, paperId } from '../../support/builders.js';
import { type BenchReport, round, timed } from '../figures.js';
import { corpusOf, mixedDay } from '../match-day.js';
import { interleave, middleOf, type Rounds } from '../rounds.js';
import { type MeteredTables, startMeteredTables, type Units } from './metered-tables.js';
import { scoreWindow } from './score-window.js';

const today = day('2026-08-07');
const papersListed = 350;
const scoredPapers = 10_000;

/** Seven lists of fifty papers; `upvotesOf` says how many a paper has now. */
function listsOf(corpusFile: string | undefined, upvotesOf: (index: number) => number) {
  const papers = mixedDay(corpusOf(corpusFile), papersListed).papers.map(({ paper }) => paper);
  const days = daysUpTo(today, 7);
  return (date: CalendarDate) =>
    papers.flatMap(({ title, abstract }, index) => {
      if (days[index % days.length] !== date) return [];
      const publishedAt = new Date(startOf(date) - 12 * hourMs).toISOString();
      const authors = [{ name: 'Ada Quill' }, { name: 'Ben Okafor' }];
      const counts = { upvotes: upvotesOf(index), githubRepo: `https://github.com/quill/p${index}`, githubStars: 40 };
      const paper = { id: paperId(index + 1), title, summary: abstract, publishedAt, authors, ...counts };
      return [{ paper, title, publishedAt, numComments: 2 }];
    });
}

const described = (ids: readonly string[]) => {
  const entries = ids.map(
    (id) =>
      `<entry><id>http://arxiv.org/abs/${id}v1</id><title>Paper ${id}</title><summary>We describe paper ${id}.</summary>` +
      '<published>2026-08-01T12:00:00Z</published><updated>2026-08-01T12:00:00Z</updated>' +
      '<author><name>Ada Quill</name></author><category term="cs.CL"/></entry>',
  );
  return `<feed xmlns="http://www.w3.org/2005/Atom"><id>played</id>${entries.join('')}</feed>`;
};

/** A house whose lists rise by one upvote for three papers in ten before every run that is `busy`. */
async function openHouse({ client, createTable, consumed }: MeteredTables, corpusFile: string | undefined) {
  const papers = paperRepository(client, await createTable('papers'));
  const upvotes = new Uint32Array(papersListed).fill(3);
  const sources = playSources({ listOf: listsOf(corpusFile, (index) => upvotes[index] ?? 0), describe: described });
  let hour = 0;
  const run = async (kind: 'quiet' | 'busy'): Promise<Units> => {
    hour += 1;
    const now: Instant = startOf(today) + hour * hourMs;
    if (kind === 'busy') {
      for (const index of upvotes.keys()) if ((7 * index + hour) % 10 < 3) upvotes[index] = (upvotes[index] ?? 0) + 1;
    }
    consumed();
    const ingest = () =>
      ingestPapers({
        sources: [sources.huggingFace, sources.arxiv],
        describe: sources.arxiv.describe,
        papers,
        publish: async () => undefined,
        warn: () => undefined,
        countDown: () => undefined,
        countStarsMissing: () => undefined,
        now: () => now,
      });
    await ingestHourly(now, { ingest, papers, countHoursSinceIngest: () => undefined, now: () => now });
    return consumed();
  };
  return run;
}

const mostOf = (units: readonly Units[], kind: keyof Units) => Math.max(...units.map((one) => one[kind]));

/**
 * Hourly runs over 350 papers listed in seven days, all described, none of them new: hours without a change beside hours in which 30 % of
 * the papers gain an upvote, through the deployed use case over answers as the sources give them. Units are those that
 * the requests consumed, the most of any round (a paper that moves in the index would cost one more; none does). Then
 * an edition of 10,000 papers, from the items of the tables to its announcement. Tables are in another process.
 * `--papers FILE` gives the texts.
 */
export async function benchIngest(args: readonly string[]): Promise<BenchReport> {
  const corpusFile = args[0] === '--papers' ? args[1] : undefined;
  const tables = await startMeteredTables();
  try {
    const run = await openHouse(tables, corpusFile);
    await run('quiet');
    const units: Record<'quiet' | 'busy', Units[]> = { quiet: [], busy: [] };
    const times = await interleave({
      quiet: async () => void units.quiet.push(await run('quiet')),
      busy: async () => void units.busy.push(await run('busy')),
    });
    const scored = await scoreWindow(tables, scoredPapers, corpusFile);
    return reportOf(units, times, scored);
  } finally {
    await tables.stop();
  }
}

function reportOf(
  units: Record<'quiet' | 'busy', readonly Units[]>,
  times: Record<'quiet' | 'busy', Rounds>,
  { edition, everything, observations }: Awaited<ReturnType<typeof scoreWindow>>,
): BenchReport {
  const hourOf = (kind: 'quiet' | 'busy') => ({
    writeUnits: mostOf(units[kind], 'writeUnits'),
    readUnits: mostOf(units[kind], 'readUnits'),
    cpuMs: round(middleOf(times[kind].cpuMs).value),
  });
  const [quiet, busy] = [hourOf('quiet'), hourOf('busy')];
  return {
    json: { quiet, busy, score10k: { cpuMs: round(edition.value) } },
    figures: [
      // Two sources, and a row of health for each.
      { name: 'write units of an hour without changes', value: quiet.writeUnits, limit: { atMost: 2 } },
      { name: 'read units of it', value: quiet.readUnits },
      timed('CPU ms of it', middleOf(times.quiet.cpuMs)),
      {
        name: 'write units of an hour in which 30 % of 350 papers change',
        value: busy.writeUnits,
        limit: { atMost: 40 },
      },
      { name: 'read units of it', value: busy.readUnits },
      timed('CPU ms of it', middleOf(times.busy.cpuMs)),
      timed(`CPU ms of an edition of 10,000 papers, ${round(observations)} observations each`, edition, {
        atMost: 2000,
      }),
      timed('CPU ms of all that score-trends does for it', everything),
    ],
  };
}
