import { dateOf, dayMs, hourMs, type Instant, startOf } from '../../shared/domain/calendar-date.js';
import { type HouseClock, realClock, virtualClock } from '../local/clock.js';
import { savedTime, saveTime } from '../local/data-folder.js';
import type { PlayedApis } from '../local/sources/played-apis.js';
import { serveRecorded, serveSample } from '../local/sources/recorded-sources.js';
import { CliError, readDate, readOptions } from './command-line.js';
import { liveOn } from './lived-time.js';
import { configured, noStars, openPaperboy, type PaperboyHouse, playedSources } from './paperboy-house.js';
import { demonstrationSubscriber } from './subscribers.js';

const options = { recorded: { type: 'string' }, date: { type: 'string' }, data: { type: 'string' } } as const;

const say = (line: string) => process.stdout.write(`${line}\n`);

/**
 * Runs the whole service on this machine: a first edition at once, a mail to look at, then the template's schedules.
 */
export async function start(args: readonly string[]): Promise<void> {
  const { recorded, date, data } = readOptions(args, options);
  if (recorded !== undefined) {
    const day = readDate(date);
    const begin = startOf(day) + configured().publishHour * hourMs;
    return startPlayed(() => serveRecorded({ dir: recorded, date: day }), begin, data);
  }
  if (date !== undefined) throw new CliError('--date: only with --recorded DIR; without it the live sources are read');
  if (await startLive(data)) return;
  say('No source answered. Continuing with a bundled sample: its papers are made up.');
  const now = Date.now();
  await startPlayed((clock) => serveSample(dateOf(now), clock.now), now, data, atOnce);
}

/** Publishes today's papers at once, whatever the publish hour: nobody wants to wait when trying Paperboy. */
const atOnce = { PUBLISH_HOUR: '0' };

/** Reads the live sources, on the machine's own time; `false` when none of them answers. */
async function startLive(dataDir: string | undefined): Promise<boolean> {
  say('Reading the template, then the sources …');
  const clock = realClock();
  const githubToken = process.env.PAPERBOY_GITHUB_TOKEN;
  const stars = githubToken ? { githubToken, environment: atOnce } : { environment: { ...atOnce, ...noStars } };
  const paperboy = await openPaperboy({ clock, ...stars, ...folder(dataDir) });
  try {
    await readSources(paperboy, clock.now());
    if (await everySourceIsDown(paperboy)) return false;
    await look(paperboy, clock, dataDir);
    return true;
  } finally {
    await paperboy.close();
  }
}

/** Reads played sources, on a virtual clock that can skip to the next day. */
async function startPlayed(
  serve: (clock: HouseClock) => Promise<PlayedApis>,
  begin: Instant,
  dataDir: string | undefined,
  environment: Readonly<Record<string, string>> = {},
): Promise<void> {
  const clock = virtualClock(Math.max(begin, (dataDir && savedTime(dataDir)) || begin));
  const sources = await serve(clock);
  const settings = { clock, environment: { ...environment, ...playedSources(sources.url) }, ...folder(dataDir) };
  try {
    const paperboy = await openPaperboy(settings);
    try {
      await readSources(paperboy, clock.now());
      await look(paperboy, clock, dataDir);
    } finally {
      await paperboy.close();
    }
  } finally {
    await sources.close();
  }
}

function folder(dataDir: string | undefined) {
  return dataDir === undefined ? {} : { dataDir };
}

/** Makes the demonstration subscriber due now; topics changed on the pages stay changed. */
async function welcomeDemonstration({ subscribers, subscribe, idOf }: PaperboyHouse, now: Instant): Promise<void> {
  const demonstration = demonstrationSubscriber(now);
  const [known] = await subscribers.load([idOf(demonstration.address)]);
  const { topics, maxPapers } = known?.profile ?? demonstration;
  await subscribe({ ...demonstration, topics, maxPapers }, now);
}

/** Reads the sources and publishes the edition; says which source did not answer. */
async function readSources(paperboy: PaperboyHouse, now: Instant): Promise<void> {
  await welcomeDemonstration(paperboy, now);
  await paperboy.house.fire('IngestPapers');
  await paperboy.house.settle();
  for (const { source, status, note } of await paperboy.papers.health()) {
    if (status === 'down') say(note ?? `${source} did not answer.`);
  }
}

async function everySourceIsDown({ papers }: PaperboyHouse): Promise<boolean> {
  return (await papers.health()).every(({ status }) => status === 'down');
}

/** Delivers the first digest, says where to look, and keeps running until a key or a signal ends it. */
async function look({ house }: PaperboyHouse, clock: HouseClock, dataDir: string | undefined): Promise<void> {
  const tick = async () => {
    await house.fire('PlanDigests');
    await house.settle();
    reportMails(house);
  };
  await tick();
  const isPlayed = clock.shared !== undefined;
  say(`Inbox            ${house.inboxUrl}`);
  say(`Today's edition  ${house.pagesUrl}/`);
  say(`Press t to run the tick now, ${isPlayed ? 'n to skip to the next day, ' : ''}q to end.`);
  const time = liveOn(house, clock, (at) => isPlayed && dataDir !== undefined && saveTime(dataDir, at));
  const nextDay = async () => {
    await time.liveUntil(clock.now() + dayMs);
    say(`It is ${new Date(clock.now()).toISOString().slice(0, 16)} UTC.`);
    reportMails(house);
  };
  const keys = listenToKeys({ t: () => void tick(), ...(isPlayed ? { n: () => void nextDay() } : {}) });
  await Promise.race([keys, time.broken]).finally(time.stop);
}

function reportMails(house: PaperboyHouse['house']): void {
  const count = house.mails().length;
  say(`${count} ${count === 1 ? 'mail' : 'mails'} in the inbox.`);
  for (const failure of house.failures()) say(`failed: ${failure}`);
  for (const { description } of house.alarms()) say(`in alarm: ${description}`);
}

/** Runs the action of each key that is pressed in a terminal; resolves on `q`, Ctrl-C or a signal to stop. */
function listenToKeys(actions: Readonly<Record<string, () => void>>): Promise<void> {
  return new Promise((resolve) => {
    const { stdin } = process;
    const end = () => {
      if (stdin.isTTY) stdin.setRawMode(false);
      stdin.pause();
      resolve();
    };
    process.once('SIGINT', end);
    process.once('SIGTERM', end);
    if (!stdin.isTTY) return;
    stdin.setRawMode(true);
    stdin.resume();
    stdin.on('data', (data) => {
      const key = data.toString();
      if (key === 'q' || key === '\u0003') end();
      else actions[key]?.();
    });
  });
}
