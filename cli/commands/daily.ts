import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CalendarDate, hourMs, type Instant, startOf } from '../../shared/domain/calendar-date.js';
import type { SubscriberProfile } from '../../shared/domain/subscriber/subscriber.js';
import { virtualClock } from '../local/clock.js';
import { savedTime, saveTime } from '../local/data-folder.js';
import { serveRecorded } from '../local/sources/recorded-sources.js';
import { CliError, readDate, readOptions } from './command-line.js';
import { configured, type PaperboyHouse, playedSources, withPaperboy } from './paperboy-house.js';
import { minutesOf, playDay, progressBar } from './play-day.js';
import { bundledSubscribers, readSubscribersFile } from './subscribers.js';
import { type PlayedDay, runOf, summarize, writeDay } from './write-day.js';

const options = {
  recorded: { type: 'string' },
  date: { type: 'string' },
  subscribers: { type: 'string' },
  data: { type: 'string' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Plays one recorded day to its end and writes the results. */
export async function daily(args: readonly string[]): Promise<void> {
  const given = readOptions(args, options);
  const date = readDate(given.date);
  if (given.recorded === undefined) throw new CliError('--recorded: give the folder of recorded answers');
  if (given.out === undefined) throw new CliError('--out: give the folder to write to');
  const subscribers = given.subscribers === undefined ? bundledSubscribers : readSubscribersFile(given.subscribers);
  prepareFolder(join(given.out, 'mails'), '--out');
  if (given.data !== undefined) prepareFolder(given.data, '--data');

  const recorded = await serveRecorded({ dir: given.recorded, date });
  try {
    const plan = { date, subscribers, dataDir: given.data, quiet: given.json };
    const day = await playRecorded(plan, recorded.url);
    writeDay(given.out, day);
    process.stdout.write(given.json ? `${JSON.stringify(runOf(day))}\n` : summarize(day));
  } finally {
    await recorded.close();
  }
}

function prepareFolder(path: string, option: string): void {
  try {
    mkdirSync(path, { recursive: true });
  } catch (error) {
    throw new CliError(`${option}: ${path} cannot be created as a folder (${(error as NodeJS.ErrnoException).code})`);
  }
}

interface RecordedDay {
  readonly date: CalendarDate;
  readonly subscribers: readonly SubscriberProfile[];
  readonly dataDir: string | undefined;
  readonly quiet: boolean;
}

async function playRecorded(plan: RecordedDay, sourcesUrl: string): Promise<PlayedDay> {
  const { date, subscribers, dataDir } = plan;
  const publishHour = configured().publishHour;
  const begin = startOf(date) + publishHour * hourMs;
  const clock = virtualClock(Math.max(begin, (dataDir && savedTime(dataDir)) || begin));
  const settings = { clock, environment: playedSources(sourcesUrl), ...(dataDir === undefined ? {} : { dataDir }) };
  return withPaperboy(settings, async (paperboy) => {
    if (clock.now() > begin) await refusePastDay(paperboy, date, clock.now(), dataDir ?? '');
    for (const subscriber of subscribers) await paperboy.subscribe(subscriber, clock.now());
    const progress = progressBar(minutesOf({ date, publishHour, subscribers }), plan);
    const keepTime = (at: Instant) => dataDir !== undefined && saveTime(dataDir, at);
    const day = { date, publishHour, subscribers, clock, progress, saveTime: keepTime };
    const balance = await playDay(paperboy, day).finally(progress.stop);
    const edition = await paperboy.editions.find(date);
    if (!edition) throw new Error(`the edition of ${date} vanished`);
    return { date, edition, balance, mails: paperboy.house.mails() };
  });
}

/** A house whose clock is past a day can no longer play it, only show how it went. */
async function refusePastDay(
  paperboy: PaperboyHouse,
  date: CalendarDate,
  now: Instant,
  dataDir: string,
): Promise<void> {
  if (await paperboy.editions.isPublished(date)) return;
  const reached = new Date(now).toISOString().slice(0, 16);
  throw new CliError(
    `--data: ${dataDir} has already played until ${reached} without an edition of ${date}; use a new folder`,
  );
}
