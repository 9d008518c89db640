import { type CalendarDate, dateOf, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command } from '../../command/command.js';
import { prepareFolder, readDate, textOf } from '../../command/read-given.js';
import { configured, noStars, type PaperboyHouse, playedSources, withPaperboy } from '../../house/paperboy-house.js';
import { type HouseClock, realClock, virtualClock } from '../../local/clock.js';
import { papersIn, sampleClock, savedTime, saveTime } from '../../local/data-folder.js';
import {
  checkRecorded,
  type PlayedDays,
  serveRecordedDays,
  serveSample,
} from '../../local/sources/recorded-sources.js';
import { listenToKeys } from './keyboard.js';
import { livedTime } from './lived-time.js';
import { describeDay, type LivedDay, liveNextDay, runTick } from './next-day.js';
import { probeSources } from './probe-sources.js';
import { everySourceIsDown, readSources, say } from './read-sources.js';

/** The whole service on this machine: a first edition at once, a mail to look at, then the schedules of the template. */
export const start: Command = {
  name: 'start',
  summary: 'runs the whole service on this machine, with an inbox page',
  options: {
    sample: { type: 'boolean', help: 'plays the bundled sample of made-up papers; contacts no source' },
    recorded: {
      type: 'string',
      value: 'DIR',
      help: 'plays the recorded days in this folder instead of the live sources',
    },
    date: { type: 'string', value: 'DAY', help: 'the first recorded day, such as 2026-08-07' },
    data: { type: 'string', value: 'DIR', help: 'keeps everything in this folder, and resumes where it left off' },
  },
  more: `Also: npm start -- [options]. A data folder that does not exist yet is created.

Keys: t runs the tick now, q quits, and with --sample or --recorded n moves on to the same time of the next day. They are read
from stdin, so a pipe works where there is no terminal. SIGTERM to the process named in DIR/lock quits as q does.

A form sent within two seconds of being opened is taken for a bot's: it is answered like any other, but no mail comes. One sent
without the proof of work, as from curl, gets its mail ten minutes later.`,
  async run(given, io) {
    const [recorded, date, data] = [textOf(given, 'recorded'), textOf(given, 'date'), textOf(given, 'data')];
    if (given.options.sample !== true) return io.json(await begin(recorded, date, data));
    if (recorded !== undefined || date !== undefined)
      throw new UsageError('--sample: goes without --recorded and --date; its first day is today');
    const held = papersIn(data);
    if (held !== undefined && held !== 'sample')
      throw new CliError(
        `--sample: ${data} holds ${held} papers, to which no made-up ones are added; name another folder`,
      );
    prepareFolder(data, '--data');
    say(`Using a bundled sample: ${madeUp}`);
    io.json(await startSample(data));
  },
};

const madeUp = 'its papers and their votes are made up.';

/** Where the house was to be seen, and how many mails it had sent when it was left. */
interface Shown {
  readonly inbox: string;
  readonly pages: string;
  readonly mails: number;
}

async function begin(recorded: string | undefined, date: string | undefined, data: string | undefined): Promise<Shown> {
  if (recorded !== undefined) return startRecorded(recorded, date, data);
  if (date !== undefined)
    throw new UsageError('--date: goes with --recorded DIR; without it the live sources are read');
  const held = papersIn(data);
  if (held === 'sample') {
    say(`Going on with the sample in ${data}: ${madeUp}`);
    return startSample(data);
  }
  prepareFolder(data, '--data');
  say('Asking Hugging Face and arXiv, for 10 s at most …');
  const probes = await probeSources();
  for (const { source, failure } of probes) if (failure !== undefined) say(`${source} does not answer: ${failure}.`);
  const isAnswered = probes.some(({ failure }) => failure === undefined);
  const shown = isAnswered || held ? await startLive(data, held !== undefined) : undefined;
  if (shown) return shown;
  say(`No source answers. Using a bundled sample instead: ${madeUp}`);
  return startSample(data);
}

/** Today's papers are published at once, whatever the publish hour: nobody who tries Paperboy wants to wait for it. */
const atOnce = { PUBLISH_HOUR: '0' };

/** Plays recorded days, the first one from its publish hour on; a folder that was used before resumes where it was. */
async function startRecorded(dir: string, given: string | undefined, dataDir: string | undefined): Promise<Shown> {
  say(`Reading the recordings in ${dir} …`);
  const saved = reopened(dataDir, given === undefined ? '' : `; --date ${given} is ignored`);
  const date = saved === undefined ? readDate(given) : dateOf(saved);
  if (saved === undefined) await checkRecorded(dir, date);
  prepareFolder(dataDir, '--data');
  const clock = virtualClock(saved ?? startOf(date) + configured().publishHour * hourMs);
  const sources = await serveRecordedDays({ dir, from: date, now: clock.now });
  say(
    'The lists and their morning votes are recorded. How the votes rise after that is simulated, and so is hindsight.',
  );
  return startPlayed({ clock, sources, dataDir });
}

/** Plays the bundled sample from now on; a folder that was used before resumes where it was. */
async function startSample(dataDir: string | undefined): Promise<Shown> {
  const begin = Date.now();
  const clock = virtualClock(reopened(dataDir, '') ?? begin);
  const beginDir = dataDir === undefined ? undefined : sampleClock(dataDir);
  const began = (beginDir === undefined ? undefined : savedTime(beginDir)) ?? clock.now();
  if (beginDir !== undefined) saveTime(beginDir, began);
  const sources = await serveSample(dateOf(began), clock.now);
  return startPlayed({ clock, sources, dataDir, environment: atOnce });
}

/** The instant at which a data folder was left, which it says with a note; `undefined` for a new one. */
function reopened(dataDir: string | undefined, note: string): Instant | undefined {
  const saved = dataDir === undefined ? undefined : savedTime(dataDir);
  if (saved !== undefined) say(`Resuming ${dataDir} at ${inWords(saved)}${note}.`);
  return saved;
}

const inWords = (at: Instant) => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

/** Reads the live sources, by the machine's own time; `undefined` when none answers and there is nothing to go on with. */
async function startLive(dataDir: string | undefined, isGoingOn: boolean): Promise<Shown | undefined> {
  const clock = realClock();
  const githubToken = process.env.PAPERBOY_GITHUB_TOKEN;
  const stars = githubToken ? { githubToken, environment: atOnce } : { environment: { ...atOnce, ...noStars } };
  say('Reading the template …');
  return withPaperboy({ clock, ...stars, ...folder(dataDir) }, async (paperboy) => {
    const first = await readSources(paperboy, clock);
    if (await everySourceIsDown(paperboy)) {
      if (!isGoingOn) return undefined;
      say(`Inbox            ${paperboy.house.inboxUrl}\nNewest edition   ${paperboy.house.pagesUrl}/`);
    }
    return look({ paperboy, clock, first, keepTime: () => undefined });
  });
}

interface Played {
  readonly clock: HouseClock;
  readonly sources: PlayedDays;
  readonly dataDir: string | undefined;
  readonly environment?: Readonly<Record<string, string>>;
}

/** Reads played sources, by a time of its own that may be moved on to the next day. */
async function startPlayed({ clock, sources, dataDir, environment }: Played): Promise<Shown> {
  try {
    say('Reading the template …');
    const settings = { clock, environment: { ...environment, ...playedSources(sources.url) }, ...folder(dataDir) };
    return await withPaperboy(settings, async (paperboy) => {
      const first = await readSources(paperboy, clock);
      const keepTime = (at: Instant) => dataDir !== undefined && saveTime(dataDir, at);
      return look({ paperboy, clock, first, keepTime, lastList: sources.last });
    });
  } finally {
    await sources.close();
  }
}

function folder(dataDir: string | undefined) {
  return dataDir === undefined ? {} : { dataDir };
}

interface Look {
  readonly paperboy: PaperboyHouse;
  readonly clock: HouseClock;
  readonly first: LivedDay;
  readonly keepTime: (at: Instant) => void;
  /** Where time is played, the last day that brings new papers. */
  readonly lastList?: CalendarDate;
}

/** Lives on until a key or a signal ends it. */
async function look({ paperboy, clock, first, keepTime, lastList }: Look): Promise<Shown> {
  const { house } = paperboy;
  const report = (day: LivedDay) => {
    for (const line of describeDay(day)) say(line);
    for (const { description } of house.alarms()) say(`in alarm: ${description}`);
    say(promptAt(clock.now(), lastList));
  };
  report(first);
  const time = livedTime(house, clock, keepTime);
  const nextDay = async () => {
    say('Running on to the next day …');
    report(await liveNextDay({ paperboy, clock, time }));
  };
  const keys = { t: async () => report(await runTick({ paperboy, clock })), ...(lastList && { n: nextDay }) };
  await Promise.race([listenToKeys(keys), time.failed]).finally(time.stop);
  return { inbox: house.inboxUrl, pages: house.pagesUrl, mails: house.mails().length };
}

function promptAt(at: Instant, lastList: CalendarDate | undefined): string {
  if (lastList === undefined) return 'Press t to run the tick now, q to quit.';
  const papers = dateOf(at) < lastList ? `new papers until ${lastList}` : `no new papers after ${lastList}`;
  return `[${inWords(at)}, simulated; ${papers}] Press n for the next day, t to run the tick now, q to quit.`;
}
