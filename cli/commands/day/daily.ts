import { join } from 'node:path';
import { type CalendarDate, hourMs, type Instant, startOf } from '../../../shared/domain/calendar-date.js';
import type { SubscriberProfile } from '../../../shared/domain/subscriber/subscriber.js';
import { CliError, UsageError } from '../../command/cli-error.js';
import type { Command, Given, Io } from '../../command/command.js';
import { prepareFolder, readDate, textOf } from '../../command/read-given.js';
import { configured, type PaperboyHouse, playedSources, withPaperboy } from '../../house/paperboy-house.js';
import { virtualClock } from '../../local/clock.js';
import { savedTime, saveTime } from '../../local/data-folder.js';
import { serveRecorded } from '../../local/sources/recorded-sources.js';
import { minutesOf, playDay, showProgress } from './play-day.js';
import { bundledSubscribers, readSubscribersFile, subscribeWithConsent } from './subscribers.js';
import { type PlayedDay, runOf, summarize, writeDay } from './write-day.js';

/** Plays one recorded day to its end and writes the results. */
export const daily: Command = {
  name: 'daily',
  summary: 'runs one recorded day from start to finish and writes the results to files',
  options: {
    recorded: { type: 'string', value: 'DIR', help: 'the folder of recorded answers' },
    date: { type: 'string', value: 'DAY', help: 'the day to run, such as 2026-08-07' },
    out: { type: 'string', value: 'DIR', help: 'the folder to write to; it is created if need be' },
    subscribers: { type: 'string', value: 'FILE', help: 'the subscribers, as JSON; else four made-up ones' },
    data: { type: 'string', value: 'DIR', help: 'keeps everything in this folder; it is created if need be' },
  },
  more: 'Also: npm run daily -- [options]. --recorded, --date and --out are required.',
  run: playAndWrite,
};

async function playAndWrite(given: Given, io: Io): Promise<void> {
  const date = readDate(textOf(given, 'date'));
  const [dir, out, file] = [textOf(given, 'recorded'), textOf(given, 'out'), textOf(given, 'subscribers')];
  if (dir === undefined) throw new UsageError('--recorded: give the folder of recorded answers');
  if (out === undefined) throw new UsageError('--out: give the folder to write to');
  const subscribers = file === undefined ? bundledSubscribers : readSubscribersFile(file);
  const dataDir = textOf(given, 'data');
  prepareFolder(join(out, 'mails'), '--out');
  prepareFolder(dataDir, '--data');

  const recorded = await serveRecorded({ dir, date });
  try {
    const day = await playRecorded({ date, subscribers, dataDir }, recorded.url, io);
    writeDay(out, day);
    io.out(summarize(day));
    io.json(runOf(day));
  } finally {
    await recorded.close();
  }
}

interface RecordedDay {
  readonly date: CalendarDate;
  readonly subscribers: readonly SubscriberProfile[];
  readonly dataDir: string | undefined;
}

async function playRecorded(plan: RecordedDay, sourcesUrl: string, io: Io): Promise<PlayedDay> {
  const { date, subscribers, dataDir } = plan;
  const publishHour = configured().publishHour;
  const begin = startOf(date) + publishHour * hourMs;
  const clock = virtualClock(Math.max(begin, (dataDir && savedTime(dataDir)) || begin));
  const settings = { clock, environment: playedSources(sourcesUrl), ...(dataDir === undefined ? {} : { dataDir }) };
  return withPaperboy(settings, async (paperboy) => {
    if (clock.now() > begin) await refusePastDay(paperboy, date, clock.now(), dataDir ?? '');
    for (const subscriber of subscribers) {
      await subscribeWithConsent(subscriber, 'subscribers file', paperboy, clock.now());
    }
    const progress = showProgress(io, minutesOf({ date, publishHour, subscribers }));
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
